// A maildrop of 10,000 messages over POP3 with TLS, as Waxwing's engine takes it in, held against a client that asks for
// everything ahead and throws it away (the floor), against getmail, and against fetchmail, from the same Dovecot in the
// same run; and a look at it in which nothing has happened. Seconds are of whole programs with their sign-in; those of
// Waxwing are of the synchronising, without the derivation of the vault's key, which a keyring spares.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startStage } from "../../tests/stage/stage.mjs";
import { fetchmail, getmail } from "./with/fetchers.mjs";
import { build, median, newProfile, waxwing } from "./with/programs.mjs";
import { maildropFloor } from "./with/yardstick.mjs";

export const title = "A maildrop of 10,000 messages over POP3 with TLS";

const ROUNDS = 3;

/** Rows of `[what, program, seconds, times the floor's]`, the first of them the head. */
export async function measure({ letters = 10_000 } = {}) {
  build();
  const stage = await startStage(["--no-postfix", "--fill", `lena:${letters}:1`]);
  const folder = mkdtempSync(join(tmpdir(), "waxwing-bench-"));
  try {
    // The server reads every message once before anyone is measured.
    const { octets } = maildropFloor(stage);
    const floor = median(Array.from({ length: ROUNDS }, () => maildropFloor(stage).seconds));
    const rows = [["what", "program", "seconds", "of the floor", "round trips"]];
    const row = (what, program, seconds, trips = "") =>
      rows.push([what, program, seconds.toFixed(3), (seconds / floor).toFixed(2), String(trips)]);
    row(`${letters} messages, ${Math.round(octets / 1e6)} MB`, "floor", floor);

    const ours = (into, options) => {
      newProfile(stage, into, "lena", "pop3");
      return waxwing(stage, into, options);
    };
    const runs = Array.from({ length: ROUNDS }, (_, round) => {
      const into = join(folder, `waxwing-${round}`);
      const plain = ours(into, ["--no-index"]);
      expect("Waxwing", plain.count, letters);
      rmSync(into, { recursive: true });
      return plain;
    });
    const inside = (run) => run.report.milliseconds / 1e3;
    row("the same", "Waxwing", median(runs.map(inside)), runs.at(-1).report.round_trips);
    const into = join(folder, "waxwing");
    row("the same, in the search index too", "Waxwing", inside(ours(into, [])));

    const fetchers = { getmail, fetchmail };
    for (const [name, fetch] of Object.entries(fetchers)) {
      const { seconds, count } = fetch(stage, join(folder, name));
      expect(name, count, letters);
      row("the same", name, seconds);
    }
    const looks = Array.from({ length: ROUNDS }, () => waxwing(stage, into, []));
    row("nothing has happened", "Waxwing", median(looks.map(inside)), looks.at(-1).report.round_trips);
    for (const [name, fetch] of Object.entries(fetchers)) {
      const again = Array.from({ length: ROUNDS }, () => fetch(stage, join(folder, name)));
      expect(name, again.at(-1).count, letters);
      row("nothing has happened", name, median(again.map(({ seconds }) => seconds)));
    }
    return rows;
  } finally {
    await stage.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

function expect(who, count, letters) {
  if (count !== letters) throw new Error(`${who} has ${count} messages of ${letters}`);
}
