// Real servers: one Dovecot and one Postfix, started by the testkit's own program, and the ways to put mail into them.
import { readFileSync, readdirSync, renameSync } from "node:fs";
import { connect } from "node:net";
import { basename, join } from "node:path";
import { Child } from "./child.mjs";
import { stageProgram } from "./places.mjs";

export class Stage {
  /** `certificate` is what both servers show: "good", "expired", "wrong-host" or "self-signed"; `options` are the stage program's. */
  static async start(certificate = "good", ...options) {
    const child = Child.start(`stage-${certificate}`, stageProgram, [certificate, ...options], {
      pipes: { input: true, output: true },
    });
    const where = JSON.parse(await child.firstLine(child.child.stdout, 60_000));
    return new Stage(child, where);
  }

  constructor(child, { ca, ports, people }) {
    this.child = child;
    this.ca = ca;
    this.ports = ports;
    this.people = people;
  }

  /** A letter comes in from outside, by LMTP (RFC 2033). */
  async deliver(person, raw) {
    const socket = connect(this.ports.lmtp, "127.0.0.1");
    const answers = lines(socket);
    const expect = async (code) => {
      const { value } = await answers.next();
      if (!value?.startsWith(code)) throw new Error(`The server answered ${value} and not ${code}`);
    };
    const body = raw.replace(/\r?\n/g, "\r\n").replace(/^\./gm, "..");
    await expect("220");
    const steps = [
      ["LHLO localhost", "250"],
      ["MAIL FROM:<post@waxwing.test>", "250"],
      [`RCPT TO:<${this.people[person].email}>`, "250"],
      ["DATA", "354"],
      [`${body}\r\n.`, "250"],
      ["QUIT", "221"],
    ];
    for (const [line, code] of steps) {
      socket.write(`${line}\r\n`);
      await expect(code);
    }
    socket.destroy();
  }

  /** The letters in a person's folder as they lie on the server's disk, with their flags in Maildir's words. */
  letters(person, mailbox = "INBOX") {
    const inbox = this.people[person].maildir;
    const folder = mailbox === "INBOX" ? inbox : join(inbox, `.${mailbox.replaceAll("/", ".")}`);
    return ["new", "cur"].flatMap((part) =>
      listed(join(folder, part)).map((name) => ({
        path: join(folder, part, name),
        flags: name.split(":2,")[1] ?? "",
        raw: readFileSync(join(folder, part, name), "latin1"),
      })),
    );
  }

  /** Another program changes the flags of a letter in the inbox. */
  flag(person, subject, flags) {
    const { path } = this.letters(person).find(
      ({ raw }) => raw.includes(`Subject: ${subject}\r\n`) || raw.includes(`Subject: ${subject}\n`),
    );
    const [name] = basename(path).split(":2,");
    renameSync(path, join(this.people[person].maildir, "cur", `${name}:2,${flags}`));
  }

  /** An order for the stage's program: "password lena …", "certificate self-signed". */
  async order(words) {
    const answer = this.child.firstLine(this.child.child.stdout, 60_000);
    this.child.child.stdin.write(`${words}\n`);
    const { error } = JSON.parse(await answer);
    if (error !== undefined) throw new Error(`The stage could not: ${error}`);
  }

  /** Both servers end, as on a computer without a network. Their mail goes with them. */
  async stop() {
    this.child.child.stdin.end();
    await this.child.stop(10_000);
  }
}

/** The last lines of replies: "250-" goes on, "250 " is the end. */
async function* lines(socket) {
  let rest = "";
  for await (const piece of socket) {
    rest += piece;
    for (;;) {
      const at = rest.indexOf("\r\n");
      if (at < 0) break;
      const line = rest.slice(0, at);
      rest = rest.slice(at + 2);
      if (line[3] !== "-") yield line;
    }
  }
}

function listed(folder) {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}
