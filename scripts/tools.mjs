// Rust, Node and what they bring: whether they are there and new enough, the npm packages, the WebDriver.
// System packages are in debian.mjs.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { giveUp, outputOf, root, run, say } from "./terminal.mjs";

/** Ends with a sentence when Rust or Node is missing or too old. */
export function needRustAndNode() {
  const node = Number(process.versions.node.split(".")[0]);
  if (node < 20)
    giveUp(`Node ${process.versions.node} is too old: version 20 or newer, from https://nodejs.org`);
  const wanted = /rust-version = "([\d.]+)"/.exec(readFileSync(join(root, "Cargo.toml"), "utf8"))[1];
  const found = /^rustc (\d+\.\d+)/.exec(outputOf("rustc", "--version") ?? "")?.[1];
  if (!found || !outputOf("cargo", "--version")) {
    giveUp("Rust is missing: https://rustup.rs says how to get it; then open a new terminal.");
  }
  if (older(found, wanted)) giveUp(`Rust ${found} is too old, ${wanted} is needed: run "rustup update".`);
}

/** Brings node_modules into step with package-lock.json. */
export function installNodePackages() {
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  const note = join(root, "node_modules/.waxwing-lock");
  if (existsSync(note) && readFileSync(note, "utf8") === lock) return;
  say("Installing the npm packages of package-lock.json …");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const env = { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1" };
  if (!run([npm, "ci", "--no-audit", "--no-fund"], { env }))
    giveUp("npm could not install them; it says above why.");
  writeFileSync(note, lock);
}

/** Where the WebDriver for Tauri's window is kept. */
const tauriDriver = join(root, "target/tools/bin/tauri-driver");

/** Builds the WebDriver for Tauri's window, once. */
export function installTauriDriver() {
  if (existsSync(tauriDriver)) return;
  say("Building tauri-driver, which drives the real window …");
  const install = ["cargo", "install", "tauri-driver", "--version", "^2", "--locked"];
  // Its own target folder: the lock of ours may be held by an editor for minutes.
  const env = { ...process.env, CARGO_TARGET_DIR: join(root, "target/tools/build") };
  if (!run([...install, "--root", join(root, "target/tools")], { env }))
    giveUp("tauri-driver could not be built.");
}

function older(found, wanted) {
  const [a, b] = [found, wanted].map((version) => version.split(".").map(Number));
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}
