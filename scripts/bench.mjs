// `npm run bench`: runs the benchmarks one after the other and prints a table for each. Each is a module of scripts/bench
// with a `title` and `measure()`, which gives rows of words. `npm run bench -- NAME…` runs some.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { forTheApp, forTheBenchmarks, forTheTests, install, isDebian } from "./debian.mjs";
import { installNodePackages, needRustAndNode } from "./tools.mjs";
import { bold, giveUp, red, root, say } from "./terminal.mjs";

const names = readdirSync(join(root, "scripts/bench"))
  .filter((name) => name.endsWith(".mjs"))
  .map((name) => name.slice(0, -".mjs".length));
const wanted = process.argv.length > 2 ? process.argv.slice(2) : names;
const strange = wanted.filter((name) => !names.includes(name));
if (strange.length > 0) giveUp(`There is no benchmark ${strange.join(", ")}; there are ${names.join(", ")}.`);

needRustAndNode();
if (!isDebian()) giveUp("The benchmarks need the servers of Debian or Ubuntu.");
await install({ ...forTheApp, ...forTheTests, ...forTheBenchmarks }, { quietServices: true });
installNodePackages();

let failed = 0;
for (const name of wanted) {
  const { title, measure } = await import(`./bench/${name}.mjs`);
  say(`\n${bold(title)}`);
  try {
    table(await measure());
  } catch (error) {
    failed += 1;
    say(red(`${name} could not be measured: ${error.message}`));
  }
}
process.exit(failed > 0 ? 1 : 0);

/** Prints rows with their columns in line: words to the left, numbers to the right. */
function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    say(
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column] + 2)))
        .join(""),
    );
  }
}
