// The two programs that Waxwing's download over POP3 is compared with, each leaving everything on the server and putting
// what comes where it costs it least. Not here: what is measured.
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { lettersBelow, timed } from "./programs.mjs";

/** The user and the group of that name on Debian. */
const NOBODY = 65534;

// getmail has a process of its own for each delivery, and waits for a notice of its end which it misses where that comes
// first; a minute later it gives up. Here it looks before it waits.
const GETMAIL = `
import runpy, shutil, sys, time
from getmailcore.baseclasses import ForkingBase
prepare = ForkingBase._prepare_child
def looking(self):
    prepare(self)
    def wait(timeout=None):
        while self._ForkingBase__child_pid == 0:
            time.sleep(0.0002)
        return True
    self._ForkingBase__child_exited.wait = wait
ForkingBase._prepare_child = looking
sys.argv[0] = shutil.which("getmail")
runpy.run_path(sys.argv[0], run_name="__main__")
`;

/** One run of getmail into a Maildir in `folder`, with its memory of what it has seen beside it. */
export function getmail({ ca, ports, people }, folder, person = "lena") {
  const { email, password } = people[person];
  const mail = join(folder, "mail");
  for (const name of ["cur", "new", "tmp"]) mkdirSync(join(mail, name), { recursive: true });
  const authority = join(folder, "ca.pem");
  copyFileSync(ca, authority);
  const configuration = join(folder, "getmailrc");
  writeFileSync(
    configuration,
    `[retriever]
type = SimplePOP3SSLRetriever
server = localhost
port = ${ports.pop3s}
username = ${email}
password = ${password}
ca_certs = ${authority}

[destination]
type = Maildir
path = ${folder}/mail/

[options]
delete = false
read_all = false
delivered_to = false
received = false
verbose = 0
`,
  );
  chmodSync(configuration, 0o600);
  // It delivers nothing as root, so that root lets nobody run it, in a folder of their own.
  const asNobody = process.getuid() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if (asNobody.uid !== undefined) {
    chmodSync(dirname(folder), 0o711);
    const everything = readdirSync(folder, { recursive: true }).map((name) => join(folder, name));
    for (const path of [folder, ...everything]) chownSync(path, NOBODY, NOBODY);
  }
  const seconds = timed(() =>
    execFileSync("python3", ["-c", GETMAIL, "--getmaildir", folder, "--rcfile", configuration], {
      ...asNobody,
      env: { ...process.env, HOME: folder },
      stdio: ["ignore", "ignore", "inherit"],
    }),
  );
  return { seconds, count: lettersBelow(mail) };
}

/** One run of fetchmail that appends to a file as BSMTP, which spares it a program for each message. */
export function fetchmail({ ca, ports, people }, folder, person = "lena") {
  const { email, password } = people[person];
  mkdirSync(folder, { recursive: true });
  const configuration = join(folder, "fetchmailrc");
  const mail = join(folder, "mail.bsmtp");
  writeFileSync(
    configuration,
    `set no bouncemail
poll localhost service ${ports.pop3s} protocol pop3 uidl
  user "${email}" password "${password}" ssl sslcertck sslcertfile "${ca}" keep bsmtp "${mail}" is lena here
`,
  );
  chmodSync(configuration, 0o600);
  const words = ["--silent", "--fetchmailrc", configuration, "--idfile", join(folder, "ids")];
  const seconds = timed(() => {
    try {
      execFileSync("fetchmail", words, {
        env: { ...process.env, FETCHMAILHOME: folder, LC_ALL: "C" },
        stdio: ["ignore", "ignore", "inherit"],
      });
    } catch (error) {
      // 1: there was no new mail (fetchmail(1), EXIT CODES).
      if (error.status !== 1) throw error;
    }
  });
  const count = existsSync(mail) ? (readFileSync(mail, "latin1").match(/^MAIL FROM:/gmu) ?? []).length : 0;
  return { seconds, count };
}
