// What was marked since the rows that are shown were asked for. A row that has left its list, as one does that is read among the
// unread, is known as it was last seen: a second press would do the same to it once more, and not the opposite. The letters are what
// counts, as for what was deleted (seen.ts). Each press has notes of its own, so that one that is refused or taken back leaves what
// others have said.
import { create } from "zustand";
import type { ActionView, RowView } from "../ipc/backend";
import { askedAt, nextMoment } from "./seen";

export type Marking = Extract<ActionView, { kind: "setKeywords" }>;
type Mark = "unread" | "starred";

interface Note {
  press: number;
  is: boolean;
  /** The moment in which that had its answer; it is never over before. */
  at: number;
}

/** Of each letter, the oldest first; the last one counts. */
const noted: Record<Mark, Map<string, Note[]>> = { unread: new Map(), starred: new Map() };

/** What the presses were whose notes are here, the oldest first. */
const presses = new Map<number, Marking>();
/** So many are remembered; the rows of lists have followed older ones long ago. */
const KEPT = 100;

/** Grows with each change, for whoever draws what marks say. */
export const useMarkings = create<{ edition: number }>(() => ({ edition: 0 }));

const changed = () => useMarkings.setState(({ edition }) => ({ edition: edition + 1 }));

/** What an action says of marks. */
function marksOf({ add, remove }: Marking): [Mark, boolean][] {
  const marks: [Mark, boolean][] = [];
  if (add.includes("$seen")) marks.push(["unread", false]);
  if (remove.includes("$seen")) marks.push(["unread", true]);
  if (add.includes("$flagged")) marks.push(["starred", true]);
  if (remove.includes("$flagged")) marks.push(["starred", false]);
  return marks;
}

let newest = 0;

/** Letters are being marked. The answer is the number of this press. */
export function beginMarking(action: Marking): number {
  newest += 1;
  presses.set(newest, action);
  for (const [mark, is] of marksOf(action))
    for (const email of action.emails) {
      const notes = noted[mark].get(email) ?? [];
      notes.push({ press: newest, is, at: Infinity });
      noted[mark].set(email, notes);
    }
  const [oldest] = presses.keys();
  if (oldest !== undefined && presses.size > KEPT) withdraw(oldest);
  changed();
  return newest;
}

/** They were, and whoever asks from now on sees it. */
export function endMarking(press: number): void {
  const at = nextMoment();
  for (const [mark, email] of lettersOf(press))
    for (const note of noted[mark].get(email) ?? []) if (note.press === press) note.at = at;
  changed();
}

/** It was refused: they are as they were. */
export function notMarked(press: number): void {
  withdraw(press);
  changed();
}

/** It was taken back: what was said before holds again, also against rows that were asked for meanwhile. */
export function unmarked(press: number): void {
  const at = nextMoment();
  for (const note of withdraw(press)) if (note.at !== Infinity) note.at = at;
  changed();
}

function lettersOf(press: number): [Mark, string][] {
  const action = presses.get(press);
  if (action === undefined) return [];
  return marksOf(action).flatMap(([mark]) => action.emails.map((email): [Mark, string] => [mark, email]));
}

/** Takes away the notes of a press, and gives those that count in their place. */
function withdraw(press: number): Note[] {
  const again: Note[] = [];
  for (const [mark, email] of lettersOf(press)) {
    const notes = noted[mark].get(email) ?? [];
    const left = notes.filter((note) => note.press !== press);
    const last = left.at(-1);
    if (last === undefined) noted[mark].delete(email);
    else {
      noted[mark].set(email, left);
      if (notes.at(-1)?.press === press) again.push(last);
    }
  }
  presses.delete(press);
  return again;
}

/** Whether a row is so by now, after what was said of its letters. One that is so makes the row so, and only all together make it otherwise. */
function isBy(row: RowView, mark: Mark): boolean {
  const notes = noted[mark];
  if (notes.size === 0) return row[mark];
  const asked = askedAt(row);
  let otherwise = true;
  // Ten thousand may be asked at once.
  for (const email of row.emails) {
    const last = notes.get(email)?.at(-1);
    const counts = last !== undefined && last.at > asked;
    if (counts && last.is) return true;
    otherwise &&= counts;
  }
  return row[mark] && !otherwise;
}

/** Some of them are unread by now, so that the next press has them read. */
export function hasUnread(rows: readonly RowView[]): boolean {
  return rows.some((row) => isBy(row, "unread"));
}

/** All of them have a star by now, so that the next press takes it away. */
export function areStarred(rows: readonly RowView[]): boolean {
  return rows.length > 0 && rows.every((row) => isBy(row, "starred"));
}
