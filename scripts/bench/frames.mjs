// Whether the window stays usable while an account of 100,000 letters is synchronised for the first time: the times between
// frames in the real web view while the list is scrolled all along, and for ten seconds afterwards, when nothing else is
// done. The screen is virtual and drawn by the processor, which the server and the engine share with it.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../terminal.mjs";
import { installTauriDriver } from "../tools.mjs";
import { startStage } from "../../tests/stage/stage.mjs";

export const title = "Frames of the window during a first synchronisation";

/** Rows of `[when, frames, ms at the median, at 95 and 99 in a hundred, the longest, over 100 ms]`, the first the head. */
export async function measure({ letters = Number(process.env.WAXWING_BENCH_LETTERS ?? 100_000) } = {}) {
  const quiet = { cwd: root, stdio: ["ignore", "ignore", "inherit"] };
  execFileSync("npm", ["run", "--silent", "ui:build"], quiet);
  execFileSync("cargo", ["build", "--release", "--quiet", "--locked", "--package", "waxwing"], quiet);
  installTauriDriver();
  process.env.WAXWING_APP ??= join(root, "target/release/waxwing");
  const { App } = await import("../../tests/desktop/harness/app.mjs");
  const { addAccount } = await import("../../tests/desktop/harness/account.mjs");
  const { Desktop } = await import("../../tests/desktop/harness/desktop.mjs");
  const { folder } = await import("../../tests/desktop/harness/places.mjs");
  const { until } = await import("../../tests/desktop/harness/until.mjs");
  const desktop = await Desktop.open("frames");
  const stage = await startStage(["--fill", `lena:${letters}:1`]);
  try {
    const app = await App.open(desktop, { profile: folder("frames"), ca: stage.ca, drawn: "as it chooses" });
    const incoming = { port: stage.ports.imaps };
    const outgoing = { port: stage.ports.submissions };
    await addAccount(app, stage, "lena", { name: "Lena", incoming, outgoing });
    await app.find("option", /./, { patience: 60_000 });
    await app.driver.run(watch);
    await until("all letters are here", () => app.driver.run(isUpToDate), 600_000);
    const during = await app.driver.run(seen);
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    const after = await app.driver.run(seen);
    await app.close();
    return [
      ["when", "frames", "median", "95 %", "99 %", "longest", "over 100 ms"],
      row("while it synchronises", during),
      row("for ten seconds afterwards", after),
    ];
  } finally {
    await desktop.close();
    await stage.end();
  }
}

/** Notes the time between frames from now on, and scrolls the list down and back up. Runs in the page. */
function watch() {
  const list = document.querySelector("[role=listbox]");
  let last = performance.now();
  let step = 60;
  window.waxwingFrames = [];
  const frame = (now) => {
    window.waxwingFrames.push(now - last);
    last = now;
    const before = list.scrollTop;
    list.scrollTop += step;
    if (list.scrollTop === before) step = -step;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/** What was noted since the last time. Runs in the page. */
function seen() {
  return window.waxwingFrames.splice(0);
}

function isUpToDate() {
  return /up to date/i.test(document.body.innerText);
}

function row(when, frames) {
  const sorted = frames.toSorted((a, b) => a - b);
  const at = (share) => `${Math.round(sorted[Math.floor((sorted.length - 1) * share)])} ms`;
  const long = sorted.filter((time) => time > 100).length;
  return [when, String(sorted.length), at(0.5), at(0.95), at(0.99), at(1), String(long)];
}
