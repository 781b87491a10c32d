// How long it takes from starting the app to the first rows of a list, on a store of 100,000 letters and on one of 1,000
// in the same run. The window is real, on a virtual screen; the time of opening its driver is part of both.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "../terminal.mjs";
import { installTauriDriver } from "../tools.mjs";

export const title = "From start to the first rows";

const RUNS = 5;

/** Rows of `[letters, seconds at best, in the middle, at worst, ratio]`, the first of them the head. */
export async function measure({ sizes = [1_000, 100_000] } = {}) {
  const cargo = (...words) =>
    execFileSync("cargo", words, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  execFileSync("npm", ["run", "--silent", "ui:build"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  cargo("build", "--release", "--quiet", "--locked", "--package", "waxwing");
  installTauriDriver();
  process.env.WAXWING_APP ??= join(root, "target/release/waxwing");
  const { App } = await import("../../tests/desktop/harness/app.mjs");
  const { Desktop } = await import("../../tests/desktop/harness/desktop.mjs");
  const { folder } = await import("../../tests/desktop/harness/places.mjs");
  const desktop = await Desktop.open("bench");
  try {
    const rows = [["letters", "best s", "median s", "worst s", "ratio"]];
    let base;
    for (const size of sizes) {
      const profile = folder(`start-${size}`);
      const store = join(profile, "waxwing.db");
      const fill = ["--release", "--quiet", "--locked", "--package", "waxwing-store", "--example", "fill"];
      cargo("run", ...fill, "--", store, String(size));
      if (!existsSync(store)) throw new Error("the store was not filled");
      const times = [];
      for (let run = 0; run < RUNS; run++) {
        const begun = performance.now();
        const app = await App.open(desktop, { profile, drawn: "as it chooses" });
        await app.find("option", /./, { patience: 60_000 });
        times.push((performance.now() - begun) / 1000);
        await app.close();
      }
      times.sort((a, b) => a - b);
      const median = times[Math.floor(times.length / 2)];
      base ??= median;
      const [best, worst] = [times[0], times.at(-1)];
      rows.push([
        String(size),
        ...[best, median, worst].map((seconds) => seconds.toFixed(2)),
        (median / base).toFixed(2),
      ]);
    }
    return rows;
  } finally {
    await desktop.close();
  }
}
