// How long a list takes with 1,000,000 letters in one folder, in each order: its first page when the order was never asked for,
// and after that a page at the beginning and in the middle, where a row stands, and a page after a mark. Engine times, without
// the window; letters are made by a seed, through the store itself. `npm run bench -- lists`.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../terminal.mjs";

export const title = "Lists of a folder with 1,000,000 letters";

const COLUMNS = [
  "first page, never asked before",
  "first page",
  "middle",
  "behind the middle",
  "where a row stands",
  "middle after a mark",
];

/** Rows of `[list, milliseconds of each column…, MB in memory]`, the first of them the head. */
export function measure({ letters = 1_000_000, profile = "release" } = {}) {
  const how = profile === "release" ? ["--release"] : [];
  const cargo = (words, stdout) =>
    execFileSync("cargo", words, { cwd: root, encoding: "utf8", stdio: ["ignore", stdout, "inherit"] });
  const run = (example, ...words) => [
    "run",
    ...how,
    ...["--quiet", "--locked", "--package", "waxwing-store", "--example", example, "--", ...words],
  ];
  const folder = mkdtempSync(join(tmpdir(), "waxwing-lists-"));
  try {
    const store = join(folder, "waxwing.db");
    cargo(run("fill", store, String(letters), "1", "--unmeasured"), "ignore");
    const lists = new Map();
    let most = 0;
    for (const line of cargo(run("lists", store), "pipe").trim().split("\n")) {
      const { what, list, milliseconds, megabytes, most: peak } = JSON.parse(line);
      most = Math.max(most, peak);
      if (list === "") continue;
      if (!lists.has(list)) lists.set(list, new Map());
      lists.get(list).set(what, milliseconds).set("MB", megabytes);
    }
    const cells = (of) => COLUMNS.map((column) => (of.get(column) ?? 0).toFixed(1));
    return [
      ["ms", ...COLUMNS, "MB"],
      ...[...lists].map(([list, of]) => [list, ...cells(of), String(of.get("MB"))]),
      ["at most in memory", ...COLUMNS.map(() => ""), String(most)],
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
