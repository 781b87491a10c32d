// A mailbox of 100,000 letters over TLS, as Waxwing's engine takes it in, held against a client that fetches and throws
// away (the floor), against mbsync, and against offlineimap on a tenth of it; near, and forty milliseconds away. All from
// the same Dovecot in the same run. Seconds are of whole programs with their sign-in, but for the first rows.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../terminal.mjs";
import { startStage } from "../../tests/stage/stage.mjs";
import { build, mbsync, median, newProfile, offlineimap, waxwing } from "./with/programs.mjs";
import { farAway, floor } from "./with/yardstick.mjs";

export const title = "A mailbox of 100,000 letters over IMAP with TLS";

const FAR = 40;

/** Rows of `[what, measured, against, ratio]`, the first of them the head. */
export async function measure({
  letters = Number(process.env.WAXWING_BENCH_LETTERS ?? 100_000),
  rounds = 3,
} = {}) {
  build();
  const tenth = Math.round(letters / 10);
  const stage = await startStage([
    "--no-postfix",
    "--fill",
    `lena:${letters}:1`,
    "--fill",
    `jonas:${tenth}:2`,
  ]);
  const folder = mkdtempSync(join(tmpdir(), "waxwing-bench-"));
  const rows = [["what", "measured", "against", "ratio"]];
  const row = (what, measured, against = "", ratio = "") => rows.push([what, measured, against, ratio]);
  const versus = (what, ours, theirs, whom) =>
    row(what, seconds(ours), `${whom} ${seconds(theirs)}`, (ours / theirs).toFixed(2));
  try {
    // The server reads every letter before anyone is measured, and the mailbox that was just made is on the disk: else the first
    // to wait for the disk waits for that too.
    floor(stage, "bodies");
    floor(stage, "bodies", "jonas");
    execFileSync("sync");
    let number = 0;
    const peaks = [];
    const fresh = (options, where = stage, person = "lena") => {
      const into = join(folder, `waxwing-${number++}`);
      const run = waxwing(where, into, options, person);
      const expected = person === "lena" ? letters : tenth;
      if (run.count !== expected) throw new Error(`Waxwing has ${run.count} letters of ${expected}`);
      peaks.push(run.peak);
      return { ...run, into };
    };
    const several = (work) => {
      const runs = Array.from({ length: rounds }, work);
      return { runs, seconds: median(runs.map((run) => run.seconds ?? run)) };
    };
    const drop = (run) => (rmSync(run.into, { recursive: true }), run);

    // Dovecot keeps what it was asked of headers, and takes two times to do so; the floor's question is not Waxwing's.
    drop(fresh(["--headers-only", "--no-index"]));
    drop(fresh(["--headers-only", "--no-index"]));
    const headersFloor = several(() => floor(stage, "headers"));
    const headers = several(() => drop(fresh(["--headers-only", "--no-index"])));
    versus(
      "headers of all, in the store and in conversations",
      inside(headers),
      headersFloor.seconds,
      "floor",
    );
    const indexed = several(() => drop(fresh(["--headers-only"])));
    versus("the same, in the search index too", inside(indexed), headersFloor.seconds, "floor");
    const first = (runs) => median(runs.map(({ report }) => report.first_rows_milliseconds));
    row("first 50 rows after the sign-in", `${first(headers.runs)} ms`, "bound 300 ms");

    const bodiesFloor = several(() => floor(stage, "bodies"));
    const theirs = several(() => {
      const into = join(folder, "mbsync");
      const { seconds: took, count } = mbsync(stage, into, "FSync no");
      if (count !== letters) throw new Error(`mbsync has ${count} letters of ${letters}`);
      rmSync(into, { recursive: true });
      return took;
    });
    const whole = several(() => drop(fresh(["--no-index"])));
    row("whole letters of all: floor", seconds(bodiesFloor.seconds));
    versus(
      "whole letters of all, without the search index",
      inside(whole),
      theirs.seconds,
      "mbsync, FSync no",
    );
    const kept = several(() => fresh([]));
    versus("whole letters of all, with the search index", inside(kept), theirs.seconds, "mbsync, FSync no");
    kept.runs.slice(1).forEach(drop);

    const others = offlineimap(stage, join(folder, "offlineimap"), "jonas");
    if (others.count !== tenth) throw new Error(`offlineimap has ${others.count} letters of ${tenth}`);
    const ours = drop(fresh([], stage, "jonas"));
    versus(
      "whole letters of a tenth, with the search index",
      ours.report.milliseconds / 1e3,
      others.seconds,
      "offlineimap",
    );

    const flags = several(() => floor(stage, "flags"));
    await stage.tell(
      "announce",
      ..."IMAP4rev1 SASL-IR LITERAL+ ID ENABLE IDLE UIDPLUS MOVE SPECIAL-USE".split(" "),
    );
    waxwing(stage, kept.runs[0].into, []);
    const again = several(() => waxwing(stage, kept.runs[0].into, []));
    versus("flags of all compared, without mod-sequences", inside(again), flags.seconds, "floor");
    await stage.tell("announce");
    drop(kept.runs[0]);

    const far = await farAway(stage, FAR);
    const farFloor = several(() => floor(far, "bodies"));
    const farRuns = several(() => drop(fresh(["--no-index"], far)));
    const trips = farRuns.runs.map(({ report }) => report.first_rows_round_trips);
    row(`first 50 rows, ${FAR} ms away`, `${first(farRuns.runs)} ms`, `${Math.max(...trips)} round trips`);
    versus(`whole letters of all, ${FAR} ms away`, inside(farRuns), farFloor.seconds, "floor");
    far.end();

    const profile = join(folder, "screen");
    newProfile(stage, profile, "lena");
    const env = { ...process.env, WAXWING_PASSPHRASE: "a passphrase for this run" };
    const screen = JSON.parse(
      execFileSync(join(root, "target/release/examples/while_syncing"), [profile], { env, encoding: "utf8" }),
    );
    row("a page of the list meanwhile", `${screen.p95} ms (95 %)`, "bound 16 ms", `worst ${screen.worst}`);
    peaks.push(screen.peak_kilobytes);
    row("memory at the most", `${Math.round(Math.max(...peaks) / 1024)} MB`, "bound 120 MB");
    return rows;
  } finally {
    await stage.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds that the engine itself says: without the derivation of the vault's key from a passphrase. */
function inside({ runs }) {
  return median(runs.map(({ report }) => report.milliseconds / 1e3));
}

function seconds(value) {
  return `${value.toFixed(2)} s`;
}
