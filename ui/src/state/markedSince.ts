// What was marked since the rows that are shown were asked for. A row that has left its list, as one does that is read among the
// unread, is known as it was last seen: a second press would do the same to it once more, and not the opposite. The letters are what
// counts, as for what was deleted (seen.ts).
import type { ActionView, RowView } from "../ipc/backend";
import { askedAt, nextMoment } from "./seen";

type Marking = Extract<ActionView, { kind: "setKeywords" }>;
type Mark = "unread" | "starred";

interface Noted {
  is: boolean;
  /** The moment in which that had its answer; it is never over before. */
  at: number;
}

const noted: Record<Mark, Map<string, Noted>> = { unread: new Map(), starred: new Map() };

/** What an action says of marks. */
function marksOf({ add, remove }: Marking): [Mark, boolean][] {
  const marks: [Mark, boolean][] = [];
  if (add.includes("$seen")) marks.push(["unread", false]);
  if (remove.includes("$seen")) marks.push(["unread", true]);
  if (add.includes("$flagged")) marks.push(["starred", true]);
  if (remove.includes("$flagged")) marks.push(["starred", false]);
  return marks;
}

function note(action: Marking, at: number): void {
  for (const [mark, is] of marksOf(action))
    for (const email of action.emails) noted[mark].set(email, { is, at });
}

/** Letters are being marked. */
export function beginMarking(action: Marking): void {
  note(action, Infinity);
}

/** They were, and whoever asks from now on sees it. */
export function endMarking(action: Marking): void {
  note(action, nextMoment());
}

/** They are as they were: it was refused, or taken back. */
export function notMarked(action: Marking): void {
  for (const [mark] of marksOf(action)) for (const email of action.emails) noted[mark].delete(email);
}

/** A row with the marks that its letters have by now. */
export function asMarked(row: RowView): RowView {
  const [unread, starred] = [isBy(row, "unread"), isBy(row, "starred")];
  return unread === row.unread && starred === row.starred ? row : { ...row, unread, starred };
}

function isBy(row: RowView, mark: Mark): boolean {
  const asked = askedAt(row);
  const since = row.emails
    .map((email) => noted[mark].get(email))
    .map((one) => (one && one.at > asked ? one.is : null));
  // One letter that is so makes the row so, and only all of them together make it otherwise.
  if (since.includes(true)) return true;
  return row[mark] && !since.every((is) => is === false);
}
