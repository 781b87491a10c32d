// `npm start`: from a fresh machine to the open window. On Debian and Ubuntu it installs what is missing, after saying
// what; elsewhere it names what is missing and how to get it. It changes nothing but node_modules, ui/dist and target.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { forTheApp, install, isDebian } from "./debian.mjs";
import { bold, giveUp, outputOf, root, run, say } from "./terminal.mjs";
import { installNodePackages, needRustAndNode } from "./tools.mjs";

needRustAndNode();
if (isDebian()) await install(forTheApp);
else needSystem();
if (process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
  giveUp(
    "There is no display to open a window on (DISPLAY and WAYLAND_DISPLAY are unset): run this in a desktop.",
  );
}
installNodePackages();

step("Building the interface");
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
if (!run([npm, "run", "--silent", "ui:build"])) giveUp("The interface could not be built.");

step("Building the app (some minutes the first time, seconds later)");
// The feature makes Tauri take the interface from the built files and not from a development server.
if (
  !run(["cargo", "build", "--release", "--locked", "--bin", "waxwing", "--features", "tauri/custom-protocol"])
) {
  giveUp("The app could not be built.");
}

step("Opening the window");
const program = join(root, "target/release", process.platform === "win32" ? "waxwing.exe" : "waxwing");
process.exit(run([program, ...process.argv.slice(2)]) ? 0 : 1);

function step(title) {
  say(`\n${bold(title)}`);
}

/** On a system that we install nothing on: says what is missing, and ends if something is. */
function needSystem() {
  const lacks = { linux: linuxLacks, darwin: macLacks, win32: windowsLacks }[process.platform]?.();
  if (lacks === undefined) giveUp(`Waxwing does not know the system "${process.platform}".`);
  if (lacks.length === 0) return;
  say(bold("Something is missing on this system:"));
  for (const line of lacks) say(`  ${line}`);
  giveUp('Install it, then run "npm start" again.');
}

function linuxLacks() {
  const lacks = [];
  if (!outputOf("cc", "--version")) lacks.push("a C compiler (packages gcc or base-devel)");
  if (!outputOf("pkg-config", "--version")) lacks.push("pkg-config (package pkgconf or pkg-config)");
  const libraries = {
    "webkit2gtk-4.1":
      "WebKitGTK 4.1: Fedora webkit2gtk4.1-devel, Arch webkit2gtk-4.1, openSUSE webkit2gtk3-devel",
    "librsvg-2.0": "librsvg: Fedora librsvg2-devel, Arch librsvg, openSUSE librsvg-devel",
    "dbus-1": "D-Bus: Fedora dbus-devel, Arch dbus, openSUSE dbus-1-devel",
  };
  for (const [name, help] of Object.entries(libraries)) {
    if (outputOf("pkg-config", "--modversion", name) === undefined) lacks.push(help);
  }
  return lacks;
}

function macLacks() {
  return outputOf("xcode-select", "-p") ? [] : ['Apple\'s command line tools: run "xcode-select --install"'];
}

function windowsLacks() {
  const lacks = [];
  const installer = `${process.env["ProgramFiles(x86)"]}\\Microsoft Visual Studio\\Installer\\vswhere.exe`;
  const tools = "Microsoft.VisualStudio.Component.VC.Tools.x86.x64";
  const found =
    existsSync(installer) &&
    outputOf(installer, "-products", "*", "-requires", tools, "-property", "installationPath");
  if (!found) {
    lacks.push(
      'The C++ build tools: "winget install Microsoft.VisualStudio.2022.BuildTools", workload Desktop C++',
    );
  }
  const key = "SOFTWARE\\{}Microsoft\\EdgeUpdate\\Clients\\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
  const view = (hive, between) =>
    outputOf("reg", "query", `${hive}\\${key.replace("{}", between)}`, "/v", "pv");
  if (!view("HKLM", "WOW6432Node\\") && !view("HKLM", "") && !view("HKCU", "")) {
    lacks.push(
      "WebView2, part of Windows 11; for Windows 10: https://developer.microsoft.com/microsoft-edge/webview2",
    );
  }
  return lacks;
}
