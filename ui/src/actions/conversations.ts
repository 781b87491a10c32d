// Conversations put right by hand: several made one, letters taken out of one, one of which nobody wants to hear.
import type { RowView } from "../ipc/backend";
import { chosenRows } from "../state/selection";
import { listingNow } from "../state/window";
import { toast } from "../state/toasts";
import { say } from "../words";
import { newestOpen } from "./openLetter";
import { perform } from "./perform";

/** As many letters of a conversation name it. */
const firstOf = (rows: RowView[]) => rows.flatMap((row) => row.emails.slice(0, 1));

/** Muted ones are heard again where all are. */
export function mute(rows = chosenRows()): Promise<void> {
  if (rows.length === 0) return Promise.resolve();
  const muted = !rows.every((row) => row.muted);
  return perform(
    { kind: "mute", emails: firstOf(rows), muted },
    say(muted ? "done-muted" : "done-unmuted", { n: new Set(rows.map((row) => row.thread)).size }),
  );
}

export function unite(rows = chosenRows()): Promise<void> {
  if (rows.length < 2) {
    toast(say("unite-several"), { lasts: 4000 });
    return Promise.resolve();
  }
  return perform({ kind: "unite", emails: firstOf(rows) }, say("done-united", { n: rows.length }));
}

/** Single letters where each has a row of its own, else the letter that a command means. */
export async function takeOut(emails: string[] | null = null): Promise<void> {
  const rows = chosenRows();
  const single = listingNow()?.grouping === "messages" && rows.length > 1;
  const newest = single || emails !== null ? null : await newestOpen();
  const meant = emails ?? (single ? rows.map((row) => row.email) : newest === null ? [] : [newest]);
  if (meant.length > 0)
    await perform({ kind: "takeOut", emails: meant }, say("done-taken-out", { n: meant.length }));
}
