// `npm test`: sets up what the tests need and runs all of them. A step that fails does not keep the next from running.
// `npm test -- --only=STEP[,STEP]` runs some, `--no-setup` skips the set-up, `--list` names the steps.
// The last line is `N passed, N failed`.
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { roomInMemory } from "./check/memory.mjs";
import {
  forQuickTests,
  forTheApp,
  forTheTests,
  install,
  installIfEasy,
  isDebian,
  unpackedForTheTests,
} from "./debian.mjs";
import { bold, giveUp, green, red, root, runAndKeep, say } from "./terminal.mjs";
import { installNodePackages, installTauriDriver, needRustAndNode } from "./tools.mjs";
import { steps } from "./check/steps.mjs";

const options = process.argv.slice(2);
const only = options
  .find((option) => option.startsWith("--only="))
  ?.slice("--only=".length)
  .split(",");
const unknown = options.filter(
  (option) => !option.startsWith("--only=") && !["--no-setup", "--list"].includes(option),
);
if (unknown.length > 0)
  giveUp(`${unknown.join(" ")} is not known here; --only=STEP[,STEP], --no-setup and --list are.`);
if (options.includes("--list")) {
  for (const { name, what } of steps) say(`${name.padEnd(14)}${what}`);
  process.exit(0);
}
const wanted = only ?? steps.map(({ name }) => name);
const strange = wanted.filter((name) => !steps.some((step) => step.name === name));
if (strange.length > 0) giveUp(`There is no step ${strange.join(", ")}; --list names them.`);

if (!options.includes("--no-setup")) {
  needRustAndNode();
  if (!isDebian())
    giveUp("The tests need the servers of Debian or Ubuntu; elsewhere run cargo test and npm run ui:test.");
  await install({ ...forTheApp, ...forTheTests }, { quietServices: true, unpacked: unpackedForTheTests });
  if (wanted.includes("browser")) installIfEasy(forQuickTests);
  installNodePackages();
  if (wanted.includes("desktop")) installTauriDriver();
}

const logs = join(root, "test-output/logs");
mkdirSync(logs, { recursive: true });
const results = [];
const scratch = roomInMemory();
if (scratch !== undefined) process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
const env = environment();
for (const step of steps.filter(({ name }) => wanted.includes(name))) {
  say(`\n${bold(`── ${step.name}: ${step.what}`)}`);
  const begun = Date.now();
  const { ok, passed, failed } = await runStep(step);
  const seconds = Math.round((Date.now() - begun) / 1000);
  results.push({ ...step, ok, passed, failed, seconds });
  say(`${ok ? green("ok") : red("FAILED")} ${step.name}: ${passed} passed, ${failed} failed, ${seconds} s`);
}

say(`\n${bold("step            passed  failed  seconds")}`);
for (const { name, ok, passed, failed, seconds } of results) {
  const line = `${name.padEnd(14)}${String(passed).padStart(8)}${String(failed).padStart(8)}${String(seconds).padStart(9)}`;
  say(ok ? line : red(line));
}
const total = (of) => results.reduce((sum, result) => sum + result[of], 0);
say(`${total("passed")} passed, ${total("failed")} failed`);
process.exit(results.every(({ ok }) => ok) ? 0 : 1);

async function runStep(step) {
  const log = join(logs, `${step.name}.log`);
  rmSync(log, { force: true });
  const { ok, output } = await runAndKeep(step.run, { env, log, minutes: step.minutes });
  const { passed, failed } = step.count(output, ok);
  // A runner that fails without counting a failure, or succeeds without having run anything, is a failure too.
  if (ok && failed === 0 && passed > 0) return { ok: true, passed, failed };
  if (ok && passed === 0) say(red("No test was run."));
  return { ok: false, passed, failed: Math.max(failed, 1) };
}

/**
 * The environment without the person's own desktop: no test may ask their keyring or open a window there. Where there is room,
 * what tests write is written to memory. And what has never been built here is built at once, without notes for a next time,
 * which cost more than a tenth of it.
 */
function environment() {
  const env = { ...process.env };
  for (const name of ["DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY"]) delete env[name];
  if (scratch !== undefined) env.TMPDIR = scratch;
  if (!existsSync(join(root, "target/debug/incremental"))) env.CARGO_INCREMENTAL ??= "0";
  return env;
}
