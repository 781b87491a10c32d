// The documents that frames get, from the real sanitiser: `waxwing-cli sanitize`, which a step before this one has built.
// And the collection of hostile letters in tests/hostile, one trick a line. Not here: any test.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const program = process.env.WAXWING_CLI ?? `${root}target/debug/waxwing-cli`;

/** The whole document that a frame gets for an HTML body, pictures from the network kept out. */
export function framed(html: string | Buffer): string {
  return execFileSync(program, ["sanitize"], { input: html, encoding: "utf8", maxBuffer: 1 << 28 });
}

export interface Trick {
  name: string;
  html: Buffer;
}

/** All tricks of all families. A style sheet stands in a letter of its own. */
export function tricks(): Trick[] {
  const folder = `${root}tests/hostile/`;
  return readdirSync(folder)
    .filter((name) => name.endsWith(".txt"))
    .flatMap((file) =>
      readFileSync(folder + file, "utf8")
        .split("\n")
        .filter((line) => line !== "" && !line.startsWith("# "))
        .map((line, number) => {
          const sheet = file === "sheets.txt";
          const made = octets(line);
          const html = sheet
            ? Buffer.concat([Buffer.from("<style>"), made, Buffer.from("</style><p>x</p>")])
            : made;
          return { name: `${file.slice(0, -4)} ${number + 1}`, html };
        }),
    );
}

/** `{{0A}}` is an octet, `{{100|x}}` is a hundred of x. */
export function octets(line: string): Buffer {
  const made: Buffer[] = [];
  let rest = line;
  for (let at = rest.indexOf("{{"); at >= 0; at = rest.indexOf("{{")) {
    made.push(Buffer.from(rest.slice(0, at)));
    const end = closing(rest, at + 2);
    const inside = rest.slice(at + 2, end);
    const bar = inside.indexOf("|");
    if (bar < 0) made.push(Buffer.from([Number.parseInt(inside, 16)]));
    else {
      const one = octets(inside.slice(bar + 1));
      made.push(Buffer.from(one.toString("latin1").repeat(Number(inside.slice(0, bar))), "latin1"));
    }
    rest = rest.slice(end + 2);
  }
  made.push(Buffer.from(rest));
  return Buffer.concat(made);
}

/** Where the brackets close that were open before `from`. Of three that close the first belongs to what is inside. */
function closing(text: string, from: number): number {
  let depth = 1;
  let at = from;
  while (depth > 0) {
    const open = text.indexOf("{{", at);
    const close = text.indexOf("}}", at);
    if (close < 0) throw new Error(`Nothing closes ${text.slice(from - 2, from + 20)}`);
    depth += open >= 0 && open < close ? 1 : -1;
    at = (open >= 0 && open < close ? open : close) + 2;
  }
  while (text[at] === "}") at += 1;
  return at - 2;
}
