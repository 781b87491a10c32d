// What it takes to send a thousand short letters over one connection, for a bare client (Python's smtplib), for Waxwing's
// connection alone, and for its outbox, which writes every step to the disk before it is taken; and the memory that one
// large attachment takes. All by the same Postfix over the same TLS.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { startStage } from "../../tests/stage/stage.mjs";
import { root } from "../terminal.mjs";
import { build, median } from "./with/programs.mjs";

export const title = "Sending over SMTP with TLS";

const ROUNDS = 3;

/** The file is as large as the server takes it in base64. Rows of `[what, program, seconds or megabytes, of the bare client or of the file]`, the first of them the head. */
export async function measure({ letters = 1_000, megabytes = 19 } = {}) {
  build();
  const stage = await startStage();
  try {
    const bare = [];
    const connection = [];
    const outbox = [];
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(smtplib(stage, letters));
      const ours = sending(stage, "letters", letters);
      connection.push(ours.bare);
      outbox.push(ours.outbox);
    }
    const yardstick = median(bare);
    const line = (program, each) => {
      const seconds = median(each);
      const what = `${letters} letters of 2 KB`;
      return [what, program, `${seconds.toFixed(2)} s`, (seconds / yardstick).toFixed(2)];
    };
    const large = sending(stage, "attachment", megabytes);
    const memory = (step, kilobytes) => [
      `an attachment of ${megabytes} MB`,
      step,
      `${((kilobytes * 1024) / 1e6).toFixed(0)} MB`,
      ((kilobytes * 1024) / 1e6 / megabytes).toFixed(2),
    ];
    return [
      ["what", "program", "took", "of the bare client, or the file"],
      line("smtplib", bare),
      line("waxwing, the connection", connection),
      line("waxwing, the outbox", outbox),
      memory("attached", large.attached),
      memory("in the outbox", large.queued),
      memory("sent", large.peak),
    ];
  } finally {
    await stage.end();
  }
}

function sending({ ca, ports, people }, what, count) {
  const { email, password } = people.lena;
  const words = [what, String(ports.submissions), ca, email, password, String(count)];
  const program = join(root, "target/release/examples/sending");
  return JSON.parse(execFileSync(program, words, { encoding: "utf8" }));
}

/** Seconds, sign-in included. */
function smtplib({ ca, ports, people }, count) {
  const { email, password } = people.lena;
  const script = `
import smtplib, ssl, sys, time
ca, port, user, password, count = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4], int(sys.argv[5])
line = "The ferry leaves at eight, and the pier is on the other side of the harbour.\\r\\n"
def letter(number):
    return ("From: %s\\r\\nTo: jonas@waxwing.test\\r\\nSubject: Letter %d\\r\\nMessage-ID: <%d-bare@waxwing.test>\\r\\n"
        "Date: Thu, 26 Nov 2026 08:00:00 +0000\\r\\n\\r\\n%s" % (user, number, number, line * 23)).encode()
letters = [letter(number) for number in range(count)]
begun = time.perf_counter()
with smtplib.SMTP_SSL("localhost", port, context=ssl.create_default_context(cafile=ca)) as client:
    client.login(user, password)
    for letter in letters:
        client.sendmail(user, ["jonas@waxwing.test"], letter)
print(time.perf_counter() - begun)
`;
  const words = ["-c", script, ca, String(ports.submissions), email, password, String(count)];
  return Number(execFileSync("python3", words, { encoding: "utf8" }));
}
