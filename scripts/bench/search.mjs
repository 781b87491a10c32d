// Finding among the same 100,000 letters with Waxwing and with notmuch, in one run: how long each takes to index them, how large
// its index is, and how long each kind of query takes to its first rows. notmuch is measured as the process that it is; Waxwing
// within a program that runs, as the window asks it, and as a process too.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../terminal.mjs";
import { build, median, timed } from "./with/programs.mjs";

export const title = "Finding among 100,000 letters, against notmuch";

const ROUNDS = 7;
const ROWS = "50";

/** Rows of `[what, found, Waxwing, Waxwing as a process, notmuch, times as fast]`, the first of them the head. */
export function measure({ letters = 100_000 } = {}) {
  build();
  const folder = mkdtempSync(join(tmpdir(), "waxwing-search-"));
  try {
    const told = run(join(root, "target/release/examples/finding"), [folder, String(letters)])
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const of = (what) => told.find((line) => line.what === what);
    const notmuch = notmuchIn(folder);
    const indexed = timed(() => notmuch("new", "--quiet"));
    const theirs = sizeOf(join(folder, "mail/.notmuch"));
    const [ours, mine] = [of("size").octets, of("all of it").seconds];
    const rows = [
      ["what", "found", "waxwing", "as a process", "notmuch", "times"],
      row("letters, MB", of("letters").octets / 1e6),
      ["parse, keep and index, s", "", mine.toFixed(1), "", indexed.toFixed(1), (indexed / mine).toFixed(1)],
      row("  of it index, s", of("index").seconds),
      ["index, MB", "", (ours / 1e6).toFixed(0), "", (theirs / 1e6).toFixed(0), (theirs / ours).toFixed(1)],
    ];
    const cli = [join(root, "target/release/waxwing-cli"), "--profile", join(folder, "profile"), "search"];
    for (const query of told.filter((line) => line.what === "query")) {
      const asProcess = several(() => run(cli[0], [...cli.slice(1), "--limit", ROWS, query.ours]));
      const other = several(() => notmuch("search", `--limit=${ROWS}`, query.theirs));
      const found = `${query.found}/${notmuch("count", query.theirs).trim()}`;
      const times = (other / query.milliseconds).toFixed(1);
      rows.push([
        `${query.kind}, ms`,
        found,
        query.milliseconds.toFixed(2),
        asProcess.toFixed(1),
        other.toFixed(1),
        times,
      ]);
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function row(what, number) {
  return [what, "", number.toFixed(1), "", "", ""];
}

/** Milliseconds at the median. */
function several(work) {
  return median(Array.from({ length: ROUNDS }, () => timed(work) * 1000));
}

function run(program, words) {
  return execFileSync(program, words, {
    env: { ...process.env, WAXWING_KEYRING: "none", WAXWING_PASSPHRASE: "a passphrase for this run" },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 1 << 28,
  });
}

/** notmuch over the Maildir in a folder, which runs nothing of whoever is at home here. */
function notmuchIn(folder) {
  const configuration = join(folder, "notmuch-config");
  writeFileSync(
    configuration,
    `[database]\npath=${join(folder, "mail")}\n[user]\nname=Lena\nprimary_email=lena@harbour.example\n[new]\ntags=inbox\n`,
  );
  return (...words) => {
    const { status, stdout } = spawnSync("notmuch", [`--config=${configuration}`, ...words], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
      maxBuffer: 1 << 28,
    });
    if (status !== 0) throw new Error(`notmuch ${words[0]} ended with ${status}`);
    return stdout;
  };
}

function sizeOf(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath ?? entry.path, entry.name)).size, 0);
}
