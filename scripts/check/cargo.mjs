// Rust's tests: built by cargo, then run as many processes side by side as there are cores. Most of them wait for real
// servers, so that one after the other leaves the machine idle. What each prints is shown when it has ended. The journeys are
// one binary, since linking takes longest, and as many processes as they have rooms.
import { spawn, spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { dirname, relative, sep } from "node:path";
import { root, run, say } from "../terminal.mjs";
import { rooms } from "./rooms.mjs";

const built = await build();
if (!built) process.exit(1);
const failed = await inTurn(
  foremost(built.flatMap((binary) => rooms(binary, () => listed(binary)))),
  availableParallelism(),
);
const documented = run(["cargo", "test", "--workspace", "--locked", "--no-fail-fast", "--doc"]);
for (const name of failed) say(`FAILED: ${name}`);
process.exit(failed.length === 0 && documented ? 0 : 1);

/** The test binaries of the workspace, or nothing where something does not compile. */
function build() {
  const options = ["test", "--workspace", "--locked", "--no-run", "--message-format=json-render-diagnostics"];
  return new Promise((resolve) => {
    const cargo = spawn("cargo", options, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    let messages = "";
    cargo.stdout.setEncoding("utf8").on("data", (chunk) => (messages += chunk));
    cargo.on("error", () => resolve(undefined));
    cargo.on("close", (code) => resolve(code === 0 ? binaries(messages) : undefined));
  });
}

/** The binaries that cargo's messages name, each with the folder of its package and a name for people. */
function binaries(messages) {
  return messages
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line))
    .filter(({ reason, profile, executable }) => reason === "compiler-artifact" && profile.test && executable)
    .map(({ executable, manifest_path: manifest, target }) => ({
      executable,
      folder: dirname(manifest),
      name: relative(root, target.src_path).split(sep).join("/"),
    }));
}

/** What a binary prints of its tests, or nothing where it fails. */
function listed({ executable }) {
  const { status, stdout } = spawnSync(executable, ["--list", "--format=terse"], { encoding: "utf8" });
  return status === 0 ? stdout : undefined;
}

/** The journeys before all others: they take longest, and nobody shall wait for the last of them alone. */
function foremost(all) {
  const weight = ({ name }) => (name.startsWith("tests/") ? 0 : name.includes("/tests/") ? 1 : 2);
  return all.toSorted((one, other) => weight(one) - weight(other) || one.name.localeCompare(other.name));
}

/** Runs all, `width` at a time, and says which failed. */
async function inTurn(all, width) {
  const waiting = [...all];
  const failed = [];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      if (!(await passes(next))) failed.push(next.name);
  };
  await Promise.all(Array.from({ length: width }, worker));
  return failed;
}

/** Runs one binary, or some tests of it, as cargo would: in its package's folder. */
function passes({ executable, folder, name, tests }) {
  return new Promise((resolve) => {
    const env = { ...process.env, CARGO_MANIFEST_DIR: folder };
    const child = spawn(executable, tests, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const keep = (chunk) => (output += chunk);
    child.stdout.setEncoding("utf8").on("data", keep);
    child.stderr.setEncoding("utf8").on("data", keep);
    const end = (passed, why = "") => {
      say(`\n     Running ${name}${why}\n${output.trimEnd()}`);
      resolve(passed);
    };
    child.on("error", (error) => end(false, `: could not be started: ${error.message}`));
    // Not "close": a server that outlives a test may hold the pipe open.
    child.on("exit", (code, signal) =>
      setTimeout(end, 100, code === 0, signal ? `: ended by ${signal}` : ""),
    );
  });
}
