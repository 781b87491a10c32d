// A small internet for tests and benchmarks in JavaScript: names, web pages and an authority on loopback, by the testkit's
// waxwing-internet. It ends when this process ends.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/**
 * Starts an internet. `file` is written for Waxwing's `--surroundings`; `options` are waxwing-internet's
 * (`["--imap", "993:tls"]`). The answer has `file`, `tell(...words)`, which gives an order and waits until it is obeyed,
 * `ask(...words)`, which gives what was answered too, and `end()`.
 */
export async function startInternet(program, file, options = []) {
  const child = spawn(program, [file, ...options], { stdio: ["pipe", "pipe", "inherit"] });
  const waiting = [];
  createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()?.(line));
  child.on("error", () => waiting.splice(0).forEach((tell) => tell(undefined)));
  child.on("exit", () => waiting.splice(0).forEach((tell) => tell(undefined)));
  const next = () => new Promise((resolve) => waiting.push(resolve));
  const ask = async (...words) => {
    const answer = next();
    child.stdin.write(`${words.join(" ")}\n`);
    const line = await answer;
    if (line === undefined) throw new Error(`The internet ended at "${words.join(" ")}".`);
    return JSON.parse(line);
  };
  if ((await next()) === undefined) throw new Error("The internet did not start; it says above why.");
  return {
    file,
    tell: async (...words) => void (await ask(...words)),
    ask,
    end() {
      child.stdin.end();
      return new Promise((resolve) => (child.exitCode === null ? child.on("exit", resolve) : resolve()));
    },
  };
}
