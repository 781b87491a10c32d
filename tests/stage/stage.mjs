// Real servers for tests and benchmarks in JavaScript: Dovecot and Postfix on loopback, by the testkit's waxwing-stage.
// They end when this process ends.
import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Starts a stage. `options` are waxwing-stage's (`["--no-postfix", "--fill", "lena:100"]`). The answer has `ports`
 * (`imap`, `imaps`, `pop3`, `pop3s`, `submission`, `submissions`, `smtp`), `ca` (a file), `people`, and
 * `tell(...words)`, which gives an order and waits for the answer, and `end()`. Whoever has built waxwing-stage with other programs
 * names it as `program`: built alone, its dependencies would have other features, and be built twice.
 */
export async function startStage(options = [], { program = built() } = {}) {
  const child = spawn(program, options, { cwd: root, stdio: ["pipe", "pipe", "inherit"] });
  const waiting = [];
  const settle = (line) => waiting.shift()?.(line);
  createInterface({ input: child.stdout }).on("line", settle);
  child.on("error", () => waiting.splice(0).forEach((tell) => tell(undefined)));
  child.on("exit", () => waiting.splice(0).forEach((tell) => tell(undefined)));
  const next = () => new Promise((resolve) => waiting.push(resolve));

  const first = await next();
  if (first === undefined) throw new Error("The stage did not start; it says above why.");
  return {
    ...JSON.parse(first),
    async tell(...words) {
      const answer = next();
      child.stdin.write(`${words.join(" ")}\n`);
      const line = await answer;
      if (line === undefined) throw new Error(`The stage ended at "${words.join(" ")}".`);
      const { error, ...rest } = JSON.parse(line);
      if (error) throw new Error(error);
      return rest;
    },
    end() {
      child.stdin.end();
      return new Promise((resolve) => (child.exitCode === null ? child.on("exit", resolve) : resolve()));
    },
  };
}

function built() {
  // As all programs are built, so that what they stand on is not built a second time with other features.
  const build = ["build", "--quiet", "--locked", "--workspace", "--bin", "waxwing-stage"];
  execFileSync("cargo", build, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  return join(root, "target/debug/waxwing-stage");
}
