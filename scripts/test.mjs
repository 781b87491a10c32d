// `npm test`: sets up what the tests need and runs all of them. A step that fails does not keep the next from running.
// `npm test -- --only=STEP[,STEP]` runs some, `--no-setup` skips the set-up, `--list` names the steps.
// The last line is `N passed, N failed`.
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { leave, roomInMemory } from "./check/memory.mjs";
import {
  forQuickTests,
  forTheApp,
  forTheTests,
  install,
  installIfEasy,
  isDebian,
  missing,
  unpackedForTheTests,
} from "./debian.mjs";
import { bold, endRunning, giveUp, green, red, root, runAndKeep, say } from "./terminal.mjs";
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
  if (wanted.includes("browser")) oncePerDay("no-quick-browser", () => installIfEasy(forQuickTests));
  installNodePackages();
  if (wanted.includes("desktop")) installTauriDriver();
}

const logs = join(root, "test-output/logs");
mkdirSync(logs, { recursive: true });
const results = [];
const scratch = roomInMemory();
if (scratch !== undefined) process.on("exit", () => leave(scratch));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
  process.on(signal, () => {
    endRunning();
    process.exit(130);
  });
const env = environment();
for (const step of steps.filter(({ name }) => wanted.includes(name))) {
  const where = step.name === "browser" && env.WAXWING_CHROMIUM ? `, in ${env.WAXWING_CHROMIUM}` : "";
  say(`\n${bold(`── ${step.name}: ${step.what}${where}`)}`);
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
  if (!existsSync(join(env.CARGO_TARGET_DIR ?? join(root, "target"), "debug"))) env.CARGO_INCREMENTAL ??= "0";
  const browser = quickestBrowser();
  if (browser !== undefined) env.WAXWING_CHROMIUM ??= browser;
  return env;
}

/** The browser without windows where the system has it whole, else the usual one; nothing where the tests have to look themselves. */
function quickestBrowser() {
  const whole = isDebian() && missing(forQuickTests).length === 0;
  const browsers = [...(whole ? ["/usr/bin/chromium-headless-shell"] : []), "/usr/bin/chromium"];
  return browsers.find((each) => existsSync(each));
}

/** Tries what may take minutes and fail, as without a network, and does not try again on the same day. */
function oncePerDay(name, attempt) {
  const mark = join(root, "test-output", name);
  if (existsSync(mark) && statSync(mark).mtimeMs > Date.now() - 86_400_000) return;
  rmSync(mark, { force: true });
  if (attempt()) return;
  mkdirSync(join(root, "test-output"), { recursive: true });
  writeFileSync(mark, "");
}
