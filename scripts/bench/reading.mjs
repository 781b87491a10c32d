// How fast letters are parsed and made safe, in megabytes of raw mail a second, on one core.
import { execFileSync } from "node:child_process";
import { root } from "../terminal.mjs";

export const title = "Parsing and sanitising generated letters, one core";

/** Rows of `[what, MB, seconds, MB a second]`, the first of them the head. */
export function measure({ letters = 4_000 } = {}) {
  const run = ["run", "--release", "--quiet", "--locked", "--package", "waxwing-engine", "--example"];
  const output = execFileSync("cargo", [...run, "throughput", "--", String(letters)], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const rows = [["what", "MB", "seconds", "MB/s"]];
  for (const line of output.trim().split("\n")) {
    const { what, octets, seconds } = JSON.parse(line);
    const megabytes = octets / 1e6;
    rows.push([what, megabytes.toFixed(1), seconds.toFixed(2), (megabytes / seconds).toFixed(0)]);
  }
  return rows;
}
