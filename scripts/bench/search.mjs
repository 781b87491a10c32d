// Finding among the same 100,000 letters with Waxwing and with notmuch, in one run: how long each takes to index them and to put
// its index together, how large that is, and how long each kind of query takes to its first rows, of which both are asked
// for as many. What is compared is one process with the other, each begun for the query; how long a program that is open
// already takes, as the window asks it, stands beside it for information, since notmuch has nothing to hold against it.
//
// Waxwing's index is the tables of it (`search…`), without what it knows of letters besides; notmuch's is all of .notmuch, as it is made and after its compact. On the
// disk are the letters too: in Waxwing's store, packed, and in the Maildir that notmuch reads.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../terminal.mjs";
import { build, median, timed } from "./with/programs.mjs";

export const title = "Finding among 100,000 letters, against notmuch";

const ROUNDS = 7;

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
    const read = timed(() => notmuch("new", "--quiet"));
    const asMade = sizeOf(join(folder, "mail/.notmuch"));
    const indexed = read + timed(() => notmuch("compact", "--quiet"));
    const theirs = sizeOf(join(folder, "mail/.notmuch"));
    const mb = (octets) => octets / 1e6;
    const rows = [
      ["what", "found", "waxwing", "notmuch", "times", "waxwing, open already"],
      row("the letters themselves, MB", mb(of("letters").octets)),
      row("read, keep, index and put together, s", of("all of it").seconds, indexed),
      row("  of it index, s", of("index").seconds),
      row("index, put together, MB", mb(of("size").octets), mb(theirs)),
      row("  against notmuch's as it is made, MB", mb(of("size").octets), mb(asMade)),
      row("all on the disk, MB", mb(sizeOf(join(folder, "profile"))), mb(sizeOf(join(folder, "mail")))),
    ];
    const limit = String(of("letters").rows);
    const cli = [join(root, "target/release/waxwing-cli"), "--profile", join(folder, "profile"), "search"];
    for (const query of told.filter((line) => line.what === "query")) {
      const asProcess = several(() => run(cli[0], [...cli.slice(1), "--limit", limit, query.ours]));
      const other = several(() => notmuch("search", `--limit=${limit}`, query.theirs));
      const found = `${query.found}/${notmuch("count", query.theirs).trim()}`;
      rows.push(row(`${query.kind}, ms`, asProcess, other, { found, open: query.milliseconds.toFixed(2) }));
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `times` is how much less Waxwing needs than notmuch, both as processes. */
function row(what, ours, theirs, { found = "", open = "" } = {}) {
  const compared = theirs === undefined ? ["", ""] : [theirs.toFixed(1), (theirs / ours).toFixed(1)];
  return [what, found, ours.toFixed(1), ...compared, open];
}

/** Milliseconds at the median. */
function several(work) {
  return median(Array.from({ length: ROUNDS }, () => timed(work) * 1000));
}

function run(program, words) {
  return execFileSync(program, words, {
    env: { ...process.env, WAXWING_KEYRING: "none", WAXWING_PASSPHRASE: "" },
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
