// A long run of the tests that make letters by chance: trees of parts, broken bytes, pieces of HTML and of styles. Nothing is
// measured but how long it went well; a failure shows the smallest letter that causes it. `WAXWING_FUZZ=100 npm run bench --
// fuzz` runs a hundred times as many as `npm test` does.
import { execFileSync } from "node:child_process";
import { root } from "../terminal.mjs";

export const title = "Letters made by chance";

const tests = ["structures", "never_panics", "families", "endurance"];

/** Rows of `[test, times, seconds]`, the first of them the head. */
export function measure({ times = process.env.WAXWING_FUZZ ?? "20" } = {}) {
  const run = (test, more) =>
    execFileSync("cargo", ["test", "--workspace", "--locked", "--quiet", "--test", test, ...more], {
      cwd: root,
      env: { ...process.env, WAXWING_FUZZ: String(times) },
      stdio: ["ignore", "ignore", "inherit"],
    });
  const rows = [["test", "times", "seconds"]];
  for (const test of tests) {
    run(test, ["--no-run"]);
    const begun = Date.now();
    run(test, []);
    rows.push([test, String(times), ((Date.now() - begun) / 1000).toFixed(0)]);
  }
  return rows;
}
