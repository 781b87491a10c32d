// The two programs that Waxwing's download over POP3 is compared with, each leaving everything on the server and putting
// what comes where it costs it least. Not here: what is measured.
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lettersBelow, timed } from "./programs.mjs";

/** One run of getmail into a Maildir in `folder`, with its memory of what it has seen beside it. */
export function getmail({ ca, ports, people }, folder, person = "lena") {
  const { email, password } = people[person];
  for (const name of ["cur", "new", "tmp"]) mkdirSync(join(folder, "mail", name), { recursive: true });
  const configuration = join(folder, "getmailrc");
  writeFileSync(
    configuration,
    `[retriever]
type = SimplePOP3SSLRetriever
server = localhost
port = ${ports.pop3s}
username = ${email}
password = ${password}
ca_certs = ${ca}

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
  const seconds = timed(() =>
    execFileSync("getmail", ["--getmaildir", folder, "--rcfile", configuration], {
      stdio: ["ignore", "ignore", "inherit"],
    }),
  );
  return { seconds, count: lettersBelow(join(folder, "mail")) };
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
  const count = existsSync(mail) ? readFileSync(mail, "latin1").split("\nMAIL FROM:").length - 1 : 0;
  return { seconds, count };
}
