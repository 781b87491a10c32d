// A long run of the tests that make letters by chance: trees of parts, broken bytes, pieces of HTML and of styles; and files in them:
// wrappers of Outlook's, rich text, calendars, PDF, archives, files of an office. Nothing is measured but how long it went well; a failure shows the smallest letter that causes it. `WAXWING_FUZZ=100 npm run bench --
// fuzz` runs a hundred times as many as `npm test` does.
import { execFileSync } from "node:child_process";
import { root } from "../terminal.mjs";

export const title = "Letters made by chance";

/** What is run, and of tests within a crate those whose names hold one of these. */
const tests = [
  ["structures", ["--test", "structures"]],
  ["never_panics", ["--test", "never_panics"]],
  ["families", ["--test", "families"]],
  ["endurance", ["--test", "endurance"]],
  ["wrappers, rich text", ["--lib"], ["tnef::"]],
  ["calendars", ["--lib"], ["calendar::"]],
  ["files of text", ["--lib"], ["papers::by_chance"]],
];

/** Rows of `[test, times, seconds]`, the first of them the head. */
export function measure({ times = process.env.WAXWING_FUZZ ?? "20" } = {}) {
  const run = (which, more) =>
    execFileSync("cargo", ["test", "--workspace", "--locked", "--quiet", ...which, ...more], {
      cwd: root,
      env: { ...process.env, WAXWING_FUZZ: String(times) },
      stdio: ["ignore", "ignore", "inherit"],
    });
  const rows = [["test", "times", "seconds"]];
  for (const [test, which, names = []] of tests) {
    run(which, ["--no-run"]);
    const begun = Date.now();
    run(which, ["--", ...names]);
    rows.push([test, String(times), ((Date.now() - begun) / 1000).toFixed(0)]);
  }
  return rows;
}
