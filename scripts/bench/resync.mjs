// How long it takes to find out that nothing has happened in 31 folders, and to take over what happened elsewhere (100
// marks, 50 arrivals, 20 letters gone), for Waxwing's engine and for mbsync, from the same Dovecot over the same TLS, one first and
// then the other. Each run is a whole program with its sign-in.
import { mkdtempSync, readdirSync, renameSync, rmSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startStage } from "../../tests/stage/stage.mjs";
import { setTimeout as pause } from "node:timers/promises";
import { build, mbsync, median, waxwing } from "./with/programs.mjs";
import { floor } from "./with/yardstick.mjs";

export const title = "Synchronising again over IMAP with TLS";

const ROUNDS = 5;
/** mbsync waits until a Maildir that it wrote into is older than a second. That is no part of synchronising. */
const REST = 1200;
const programs = { mbsync: (stage, into) => mbsync(stage, into, "FSync no"), waxwing };

/**
 * Rows of `[what, program, seconds (median), of them synchronising, round trips, times mbsync's seconds]`, the first of
 * them the head. What is not synchronising is mostly the derivation of the vault's key from a passphrase, which a keyring
 * spares; the ratio is of the synchronising.
 */
export async function measure({ letters = 10_000, folders = 25 } = {}) {
  build();
  const stage = await startStage(["--no-postfix", "--fill", `lena:${letters}:1`]);
  const folder = mkdtempSync(join(tmpdir(), "waxwing-bench-"));
  try {
    // With INBOX and the five that every account of the stage has there are 31.
    for (let number = 1; number <= folders; number++)
      await stage.tell("fill", "lena", `F${number}`, "40", number);
    const into = (name) => join(folder, name);
    const whole = Object.entries(programs).map(([name, sync]) => sync(stage, into(name)).count);
    if (whole[0] !== whole[1]) throw new Error(`mbsync has ${whole[0]} letters, Waxwing ${whole[1]}`);

    const unchanged = await rounds(stage, into, () => {});
    const changed = await rounds(stage, into, (round) => change(stage, round));
    return [
      ["what", "program", "seconds", "synchronising", "round trips", "of mbsync"],
      ...rows("nothing has happened", unchanged),
      ...rows("100 marks, 50 arrivals, 20 gone", changed),
    ];
  } finally {
    await stage.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function rounds(stage, into, prepare) {
  const runs = { mbsync: [], waxwing: [] };
  for (let round = 0; round < ROUNDS; round++) {
    await prepare(round);
    // Dovecot finds out what happened to the files when a client asks, and looks again once that is over a second ago; neither is a
    // program's time.
    floor(stage, "flags");
    await pause(REST);
    floor(stage, "flags");
    const inTurn = Object.entries(programs);
    for (const [name, sync] of round % 2 === 0 ? inTurn : inTurn.reverse())
      runs[name].push(sync(stage, into(name)));
    const [theirs, ours] = [runs.mbsync.at(-1).count, runs.waxwing.at(-1).count];
    if (theirs !== ours)
      throw new Error(`after round ${round} mbsync has ${theirs} letters, Waxwing ${ours}`);
  }
  return runs;
}

/** Another program at work in the inbox: it renames, removes and delivers files, as Maildir has it. */
async function change({ people, tell }, round) {
  const inbox = join(people.lena.maildir, "cur");
  const names = readdirSync(inbox).toSorted();
  const step = Math.floor(names.length / 120);
  const chosen = names.filter((_, place) => place % step === 0).slice(0, 120);
  for (const name of chosen.slice(0, 100)) {
    const [id, flags = ""] = name.split(":2,");
    const toggled = flags.includes("F") ? flags.replace("F", "") : [...flags, "F"].toSorted().join("");
    renameSync(join(inbox, name), join(inbox, `${id}:2,${toggled}`));
  }
  for (const name of chosen.slice(100)) unlinkSync(join(inbox, name));
  await tell("fill", "lena", "INBOX", "50", String(1000 + round));
}

function rows(what, runs) {
  const yardstick = median(runs.mbsync.map(({ seconds }) => seconds));
  return Object.entries(runs).map(([name, each]) => {
    const middle = median(each.map(({ seconds }) => seconds));
    const { report } = each.at(-1);
    const inside = report ? median(each.map((run) => run.report.milliseconds / 1e3)) : middle;
    return [
      what,
      name,
      middle.toFixed(3),
      inside.toFixed(3),
      report ? String(report.round_trips) : "",
      (inside / yardstick).toFixed(2),
    ];
  });
}
