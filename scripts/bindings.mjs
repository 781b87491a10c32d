// Writes ui/src/ipc/bindings.ts, the interface's view of the shell's commands and events. With --check it only compares,
// so that a command that was changed in Rust alone fails `npm test`.
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { giveUp, root, run, say } from "./terminal.mjs";

const committed = join(root, "ui/src/ipc/bindings.ts");
const check = process.argv.includes("--check");
const target = check ? join(root, "target/bindings/bindings.ts") : committed;

mkdirSync(dirname(target), { recursive: true });
if (!run(["cargo", "run", "--quiet", "--locked", "--bin", "waxwing", "--", "--write-bindings", target])) {
  giveUp("The bindings could not be written.");
}
if (check && readFileSync(target, "utf8") !== readFileSync(committed, "utf8")) {
  giveUp('ui/src/ipc/bindings.ts is out of date: run "npm run bindings" and commit it.');
}
say(check ? "The bindings are up to date." : "ui/src/ipc/bindings.ts is written.");
