// What a person waits for in a store of 1,000,000 letters beside one of 10,000, held against what it may take at most: opening
// it and its largest folder, jumping in it, pages while 10,000 letters are marked, each key of a search, memory. Engine times,
// without the window (frames.mjs measures that); letters are made by a seed, through the store itself.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../terminal.mjs";

export const title = "A store of 1,000,000 letters";

/** What may be at most, in milliseconds, of which number. */
const BOUNDS = { "open a folder": [50, "worst"], "jump to any place": [50, "worst"] };
const MEMORY = 30;

/** Rows of `[what, bound, 10,000: median, 95 %, worst, 1,000,000: median, 95 %, worst, 95 % of the processor]`, the first the head. */
export function measure({ few = 10_000, many = 1_000_000, profile = "release" } = {}) {
  const small = measured(few, profile);
  const large = measured(many, profile);
  const head = [
    "ms",
    "bound",
    `${few}: median`,
    "95 %",
    "worst",
    `${many}: median`,
    "95 %",
    "worst",
    "processor 95 %",
  ];
  const rows = [head];
  for (const [what, of] of large) {
    if (of.median === undefined) continue;
    const before = small.get(what);
    rows.push([what, boundOf(what), ...three(before), ...three(of), of.processor.toFixed(1)]);
  }
  for (const what of ["in memory at rest", "in memory at the end"]) {
    const [a, b] = [small.get(what).own, large.get(what).own];
    rows.push([
      `${what}, MB`,
      `+${MEMORY}`,
      a.toFixed(1),
      "",
      "",
      b.toFixed(1),
      "",
      "",
      `+${(b - a).toFixed(1)}`,
    ]);
  }
  return rows;
}

function boundOf(what) {
  if (what.startsWith("a key")) return "95 %: 20";
  if (what.startsWith("a page while")) return "worst: 50";
  const [most, which] = BOUNDS[what] ?? [];
  return most === undefined ? "" : `${which}: ${most}`;
}

function three(of) {
  return [of?.median, of?.p95, of?.worst].map((number) => number?.toFixed(1) ?? "");
}

function measured(letters, profile) {
  const how = profile === "release" ? ["--release"] : [];
  const folder = mkdtempSync(join(tmpdir(), "waxwing-million-"));
  const store = join(folder, "waxwing.db");
  const run = (example, words, stdout) =>
    execFileSync(
      "cargo",
      [
        "run",
        ...how,
        "--quiet",
        "--locked",
        "--package",
        "waxwing-store",
        "--example",
        example,
        "--",
        ...words,
      ],
      { cwd: root, encoding: "utf8", stdio: ["ignore", stdout, "inherit"] },
    );
  try {
    run("fill", [store, String(letters), "1", "--bodies", "--short", "--unmeasured"], "ignore");
    const lines = run("million", [store], "pipe")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    return new Map(lines.map((line) => [line.what, line]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
