// How long a first sync of 10,000 generated letters takes, for Waxwing's engine and for mbsync, from the same Dovecot
// over the same TLS in the same run, each three times in turn. Both end with every letter whole on this disk; mbsync
// waits for the disk after each letter unless it is told not to, Waxwing after each batch.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startStage } from "../../tests/stage/stage.mjs";
import { build, mbsync, median, waxwing } from "./with/programs.mjs";

export const title = "First sync over IMAP with TLS";

const ROUNDS = 3;

/** Rows of `[what, letters, seconds (median), letters a second, times mbsync's seconds]`, the first of them the head. */
export async function measure({ letters = 10_000 } = {}) {
  build();
  const stage = await startStage(["--no-postfix", "--fill", `lena:${letters}:1`]);
  const folder = mkdtempSync(join(tmpdir(), "waxwing-bench-"));
  try {
    // The server reads the mailbox once before anyone is measured, as one that has been running would have.
    mbsync(stage, join(folder, "warm"));
    const programs = {
      mbsync,
      "mbsync, FSync no": (where, into) => mbsync(where, into, "FSync no"),
      "waxwing, headers": (where, into) => waxwing(where, into, ["--headers-only"]),
      "waxwing, whole letters": (where, into) => waxwing(where, into, []),
    };
    const times = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, sync] of Object.entries(programs)) {
        const into = join(folder, `${name.replaceAll(/\W/g, "-")}-${round}`);
        const { seconds, count } = sync(stage, into);
        if (count !== letters) throw new Error(`${name} has ${count} letters of ${letters}`);
        times[name].push(seconds);
        rmSync(into, { recursive: true });
      }
    }
    const yardstick = median(times.mbsync);
    const rows = [["program", "letters", "seconds", "letters/s", "of mbsync"]];
    for (const [name, seconds] of Object.entries(times)) {
      const middle = median(seconds);
      const rate = Math.round(letters / middle);
      rows.push([name, String(letters), middle.toFixed(2), String(rate), (middle / yardstick).toFixed(2)]);
    }
    return rows;
  } finally {
    await stage.end();
    rmSync(folder, { recursive: true, force: true });
  }
}
