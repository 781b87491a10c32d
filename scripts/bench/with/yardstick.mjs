// What is compared beside other programs: the client that only fetches (the floor), and a longer way to a server.
import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "../../terminal.mjs";

const program = () => join(root, "target/release/waxwing-yardstick");

/** Seconds that a client takes which throws away what comes. `asked` is headers, bodies or flags. */
export function floor({ ca, ports, people }, asked, person = "lena") {
  const { email, password } = people[person];
  const words = ["fetch", asked, String(ports.imaps), ca, email, password];
  return JSON.parse(execFileSync(program(), words, { encoding: "utf8" })).seconds;
}

/** The same for every message of a maildrop, all of them asked for at once. */
export function maildropFloor({ ca, ports, people }, person = "lena") {
  const { email, password } = people[person];
  const words = ["maildrop", String(ports.pop3s), ca, email, password];
  return JSON.parse(execFileSync(program(), words, { encoding: "utf8" }));
}

/** The same stage, so many milliseconds away, there and back; `end()` brings it near again. */
export async function farAway(stage, milliseconds) {
  const child = spawn(program(), ["long-way", String(milliseconds), String(stage.ports.imaps)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  const [port] = await new Promise((resolve) => lines.once("line", (line) => resolve([Number(line)])));
  return { ...stage, ports: { ...stage.ports, imaps: port }, end: () => child.stdin.end() };
}
