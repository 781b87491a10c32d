// Conversations put right by hand: several made one, letters taken out of one, one of which nobody wants to hear.
import type { RowView } from "../ipc/backend";
import { backend } from "../ipc";
import { chooseConversationsOf, tellThreads } from "../state/rearranged";
import { rowsByName } from "../state/meant";
import { MOST } from "../state/rows";
import { chosenRows, useSelection } from "../state/selection";
import { settle } from "../state/settling";
import { listingNow } from "../state/window";
import { toast } from "../state/toasts";
import { say } from "../words";
import { attempt } from "./attempt";
import { newestOpen } from "./openLetter";
import { perform, wasPerformed } from "./perform";

/** As many letters of a conversation name it. */
const firstOf = (rows: RowView[]) => rows.flatMap((row) => row.emails.slice(0, 1));

/** What is done to each row by name waits until they are here, if it was their list that was named; of too many it is said. */
async function byName(then: (rows: RowView[]) => Promise<void>): Promise<void> {
  const rows = await rowsByName();
  if (rows === null) toast(say("named-too-many", { n: MOST }));
  else if (rows.length > 0) await then(rows);
}

const isNamedByList = () => useSelection.getState().wide !== null;

/** Muted ones are heard again where all are. */
export function mute(rows = chosenRows()): Promise<void> {
  if (rows.length === 0) return isNamedByList() ? attempt(() => byName(mute)) : Promise.resolve();
  const muted = !rows.every((row) => row.muted);
  return perform(
    { kind: "mute", emails: firstOf(rows), muted },
    say(muted ? "done-muted" : "done-unmuted", { n: new Set(rows.map((row) => row.thread)).size }),
  );
}

export function unite(rows = chosenRows()): Promise<void> {
  if (rows.length === 0 && isNamedByList()) return attempt(() => byName(unite));
  const [first] = rows;
  if (first === undefined || rows.length < 2) {
    toast(say("unite-several"), { lasts: 4000 });
    return Promise.resolve();
  }
  const n = new Set(rows.map((row) => row.thread)).size;
  const { choices } = useSelection.getState();
  return settle(async () => {
    if (await wasPerformed({ kind: "unite", emails: firstOf(rows) }, say("done-united", { n })))
      await attempt(() => chooseConversationsOf([first.email], choices));
  });
}

/** Single letters where each has a row of its own, else the letter that a command means. */
export function takeOut(emails: string[] | null = null): Promise<void> {
  const held = chosenRows();
  const { choices, wide } = useSelection.getState();
  const single = listingNow()?.grouping === "messages";
  return settle(() =>
    attempt(async () => {
      const rows = wide === null ? held : await rowsByName();
      if (rows === null) return void toast(say("named-too-many", { n: MOST }));
      const meant = emails ?? (await meantBy(rows, single));
      if (meant.length === 0) return;
      const said = say("done-taken-out", { n: meant.length });
      if (await wasPerformed({ kind: "takeOut", emails: meant }, said))
        await goOnWith({ rows, choices }, meant, single);
    }),
  );
}

/** What was chosen when it was said. */
interface Chosen {
  rows: RowView[];
  choices: number;
}

async function meantBy(rows: RowView[], single: boolean): Promise<string[]> {
  if (single && rows.length > 1) return rows.map((row) => row.email);
  const newest = await newestOpen();
  return newest === null ? [] : [newest];
}

/** What stays of the conversation is chosen; where all that its list has of it was taken out, that is. */
async function goOnWith({ rows, choices }: Chosen, meant: string[], single: boolean): Promise<void> {
  const [row] = rows;
  const listed = rows.flatMap((each) => each.emails);
  const letters = await backend().letters([...new Set([...listed, ...meant])]);
  const threads = new Map(letters.map((letter) => [letter.id, letter.thread]));
  if (single) return tellThreads(threads);
  if (row === undefined || rows.length > 1) return;
  const out = new Set(meant.map((email) => threads.get(email)));
  const stays = row.emails.find((email) => threads.has(email) && !out.has(threads.get(email)));
  await chooseConversationsOf([stays ?? row.email], choices);
}
