// What a person waits for in the window over a store of 1,000,000 letters, beside one of 10,000 in the same run, held against what
// it may take at most: from the start of the process to the first rows, opening its largest folder, jumping in it, each key of a
// search, 10,000 letters marked at once, memory at rest. The window is real, on a virtual screen that the processor draws. The stores have rows and no
// bodies. What the engine takes of it is in million.mjs; scrolling while letters come is in frames.mjs.
import { statSync } from "node:fs";
import { join } from "node:path";
import {
  began,
  burst,
  fill,
  inPage,
  jump,
  megabytes,
  openFolder,
  quantile,
  theWindow,
  typeWords,
} from "./with/window.mjs";

export const title = "The window over 1,000,000 letters";

const RUNS = 3;
/** At rest is who has done nothing for so long, in milliseconds. */
const REST = 8_000;
/** Words that are typed into the search: common ones, the beginning of rare ones, a person. A quick hand has a key in so many milliseconds. */
const WORDS = ["harbour", "birthday", "w47", "amara"];
const KEY = 150;

/** Rows of `[what, at most, 10,000: median, worst, 1,000,000: median, worst]`, the first of them the head. */
export async function measure({ few = 10_000, many = 1_000_000 } = {}) {
  const harness = await theWindow();
  const desktop = await harness.Desktop.open("window");
  try {
    const small = await measured(harness, desktop, few);
    const large = await measured(harness, desktop, many);
    const both = (what, most, pick) => {
      const cells = [small, large].flatMap((of) => [quantile(pick(of), 0.5), quantile(pick(of), 1)]);
      return [what, most, ...cells.map((number) => number.toFixed(0))];
    };
    const [one, other] = [quantile(small.memory, 0.5), quantile(large.memory, 0.5)];
    return [
      ["ms", "at most", `${few}: median`, "worst", `${many}: median`, "worst"],
      both("from the process to the first rows", "1500", (of) => of.start),
      both("open the folder", "50", (of) => of.open),
      both("jump to any place", "50", (of) => of.jumps),
      both("from a key of a search to what it finds", "95 %: 50", (of) => of.keys),
      ["the same, 95 %", "50", ...[small, large].flatMap((of) => [quantile(of.keys, 0.95).toFixed(0), ""])],
      both("between frames, 10,000 marked at once", "50", (of) => of.frames),
      [
        "in memory at rest, MB",
        "+30",
        one.toFixed(0),
        "",
        other.toFixed(0),
        `${other >= one ? "+" : ""}${(other - one).toFixed(0)}`,
      ],
      ["the store, MB", "", small.disk.toFixed(0), "", large.disk.toFixed(0), ""],
    ];
  } finally {
    await desktop.close();
  }
}

async function measured({ App, folder, until }, desktop, letters) {
  const profile = folder(`window-${letters}`);
  const store = join(profile, "waxwing.db");
  fill(store, letters);
  const seen = {
    start: [],
    open: [],
    jumps: [],
    keys: [],
    frames: [],
    memory: [],
    disk: statSync(store).size / 1e6,
  };
  for (let run = 0; run < RUNS; run++) {
    const app = await App.open(desktop, { profile, drawn: "as it chooses" });
    await app.find("option", /./, { patience: 60_000 });
    const first = await until("the first rows were painted", () =>
      app.driver.run(() => {
        const [mark] = performance.getEntriesByName("waxwing-first-rows");
        return mark === undefined ? null : performance.timeOrigin + mark.startTime;
      }),
    );
    seen.start.push(first - began(profile));
    await new Promise((done) => setTimeout(done, REST));
    seen.memory.push(megabytes(profile));
    seen.open.push(await inPage(app, until, 60_000, openFolder, "Inbox", 0));
    seen.jumps.push(...(await inPage(app, until, 60_000, jump, [0.5, 0.1, 0.9, 0.3, 0.7, 0.2, 0.6])));
    seen.keys.push(...(await inPage(app, until, 120_000, typeWords, WORDS, KEY)));
    if (run === RUNS - 1) seen.frames = await inPage(app, until, 200_000, burst);
    await app.pictureOfScreen(`bench-window-${letters}`);
    await app.close();
  }
  return seen;
}
