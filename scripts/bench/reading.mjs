// How fast letters are parsed and made safe, in megabytes of raw mail a second, on one core.
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "../terminal.mjs";
import { build } from "./with/programs.mjs";

export const title = "Parsing and sanitising generated letters, one core";

/** Rows of `[what, MB, seconds, MB a second]`, the first of them the head. */
export function measure({ letters = 4_000 } = {}) {
  build();
  const program = join(root, "target/release/examples/throughput");
  const output = execFileSync(program, [String(letters)], { encoding: "utf8" });
  const rows = [["what", "MB", "seconds", "MB/s"]];
  for (const line of output.trim().split("\n")) {
    const { what, octets, seconds } = JSON.parse(line);
    const megabytes = octets / 1e6;
    rows.push([what, megabytes.toFixed(1), seconds.toFixed(2), (megabytes / seconds).toFixed(0)]);
  }
  return [...rows, ...besideAmmonia()];
}

/** The pipeline for HTML beside ammonia alone, on the newsletters of the tests; then growing length and depth. */
function besideAmmonia() {
  const example = ["--package", "waxwing-sanitize", "--example", "beside_ammonia"];
  execFileSync("cargo", ["build", "--release", "--quiet", "--locked", ...example], {
    cwd: root,
    stdio: "inherit",
  });
  const folder = join(root, "tests/newsletters");
  const bodies = readdirSync(folder).map((name) => join(folder, name));
  const output = execFileSync(join(root, "target/release/examples/beside_ammonia"), bodies, {
    encoding: "utf8",
  });
  return output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
    .map(({ what, octets, seconds }) => [
      what,
      (octets / 1e6).toFixed(2),
      seconds.toFixed(3),
      (octets / 1e6 / seconds).toFixed(1),
    ]);
}
