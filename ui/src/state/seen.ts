// When the rows that are shown were asked for. What was deleted after that may stand in the list still, as it was: deleted once
// more it would go from the Trash for good, which nobody asks for who has not seen it there. The letters are what counts, since
// a row is copied and fetched anew as conversations change.
import type { RowView } from "../ipc/backend";

let now = 0;
/** The moment in which a row was asked for; of one that is not here nothing is known. */
const asked = new WeakMap<RowView, number>();
/** The moment in which the deletion of a letter had its answer; it is never over before. */
const deleted = new Map<string, number>();

/** The moment in which a deletion had its answer whose letters nobody has named: rows that were asked for before may be of those. */
let deletedListed = 0;

/** The moment that it is. */
export function moment(): number {
  return now;
}

export function seenAt(at: number, rows: readonly RowView[]): void {
  for (const row of rows) asked.set(row, at);
}

/** When a row was asked for. */
export function askedAt(row: RowView): number {
  return asked.get(row) ?? 0;
}

/** Something was done: whoever asks from now on sees it. The moment that begins with it. */
export function nextMoment(): number {
  now += 1;
  return now;
}

/** Asks for rows, and notes when. */
export async function seen<A extends { rows: RowView[] }>(ask: () => Promise<A>): Promise<A> {
  const at = moment();
  const answer = await ask();
  seenAt(at, answer.rows);
  return answer;
}

/** A row made of another, known since then. */
export function seenAs(row: RowView, made: RowView): RowView {
  asked.set(made, askedAt(row));
  return made;
}

/** Whether letters of a row, or this one of them, were deleted since it was asked for, or are being deleted. */
export function isDeletedSince(row: RowView, letter?: string): boolean {
  const emails = letter === undefined ? row.emails : [letter];
  if (askedAt(row) < deletedListed) return true;
  return emails.some((email) => (deleted.get(email) ?? 0) > askedAt(row));
}

/** Letters are being deleted. */
export function beginDeleting(emails: readonly string[]): void {
  for (const email of emails) deleted.set(email, Infinity);
}

/** They were, and whoever asks from now on sees where they are. */
export function endDeleting(emails: readonly string[]): void {
  const at = nextMoment();
  for (const email of emails) deleted.set(email, at);
}

/** All of a list was, and whoever asks from now on sees what is where. */
export function endDeletingListed(): void {
  deletedListed = nextMoment();
}

/** They are where they were, since that was taken back. */
export function notDeletedListed(): void {
  deletedListed = 0;
}

/** They are where they were: it was refused, or taken back. */
export function notDeleted(emails: readonly string[]): void {
  for (const email of emails) deleted.delete(email);
}
