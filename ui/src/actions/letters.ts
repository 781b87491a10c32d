// What can be done with the chosen conversations, or with given rows of them.
import { backend } from "../ipc";
import type { Role, RowView } from "../ipc/backend";
import { areStarred, hasUnread } from "../state/markedSince";
import { listingChanged } from "../state/pulse";
import { keyOf, MOST } from "../state/rows";
import { rowsSaid } from "../state/rowsSaid";
import { beginDeleting, endDeleting, isDeletedSince, notDeleted } from "../state/seen";
import { chosenRows, keepChosen, letGo, putAwayLost } from "../state/selection";
import { noFilter, useWindow } from "../state/window";
import { say } from "../words";
import { count } from "../words/times";
import { attempt } from "./attempt";
import { perform, wasPerformed } from "./perform";

const emailsOf = (rows: RowView[]) => rows.flatMap((row) => row.emails);

/** The folder whose list is shown; null where it has letters of several. A move leaves that one alone of all they are in. */
function seenIn(): string | null {
  const { place } = useWindow.getState();
  return place.kind === "mailbox" ? place.mailbox : null;
}

/** The conversations leave the list, so the next one is chosen when they are gone. */
function sendAway(rows: RowView[]): ReadonlySet<string> | null {
  return letGo(rows.map((row) => keyOf(row)));
}

async function toRole(role: Role, words: string, rows: RowView[]): Promise<void> {
  if (rows.length === 0) return;
  const leaving = sendAway(rows);
  const sentence = say(words, { rows: rowsSaid(rows.length) });
  if (await wasPerformed({ kind: "moveToRole", emails: emailsOf(rows), role }, sentence))
    await putAwayLost(rows);
  else keepChosen(leaving);
}

export const archive = (rows = chosenRows()) => toRole("archive", "done-archived", rows);
export const junk = (rows = chosenRows()) => toRole("junk", "done-junked", rows);

/** What was deleted already waits until it is seen where it is: once more would be for good. */
export async function remove(chosen = chosenRows()): Promise<void> {
  const rows = chosen.filter((row) => !isDeletedSince(row));
  // The list has not followed, and does now.
  if (rows.length < chosen.length) listingChanged();
  if (rows.length === 0) return;
  const leaving = sendAway(rows);
  const emails = emailsOf(rows);
  beginDeleting(emails);
  const done = await wasPerformed(
    { kind: "delete", emails },
    say("done-deleted", { rows: rowsSaid(rows.length) }),
  );
  if (!done) {
    keepChosen(leaving);
    return notDeleted(emails);
  }
  endDeleting(emails);
  await putAwayLost(rows);
}

export async function moveTo(mailbox: string, name: string, rows = chosenRows()): Promise<void> {
  if (rows.length === 0) return;
  const leaving = sendAway(rows);
  const done = await wasPerformed(
    { kind: "move", emails: emailsOf(rows), from: seenIn(), to: mailbox },
    say("done-moved", { rows: rowsSaid(rows.length), folder: name }),
  );
  if (done) await putAwayLost(rows);
  else keepChosen(leaving);
}

/** They stay where they are as well, so the selection does too. */
export function copyTo(mailbox: string, name: string, rows = chosenRows()): Promise<void> {
  if (rows.length === 0) return Promise.resolve();
  return copyEmails(emailsOf(rows), rows.length, mailbox, name);
}

/** Letters that were dropped on a folder while Ctrl was held. */
export function copyEmails(
  emails: string[],
  conversations: number,
  mailbox: string,
  name: string,
): Promise<void> {
  return perform(
    { kind: "copy", emails, to: mailbox },
    say("done-copied", { rows: rowsSaid(conversations), folder: name }),
  );
}

/** Letters that were dropped on a folder. */
export async function moveEmails(
  emails: string[],
  conversations: number,
  mailbox: string,
  name: string,
): Promise<void> {
  const leaving = sendAway(chosenRows().filter((row) => row.emails.some((email) => emails.includes(email))));
  const done = await wasPerformed(
    { kind: "move", emails, from: seenIn(), to: mailbox },
    say("done-moved", { rows: rowsSaid(conversations), folder: name }),
  );
  if (!done) keepChosen(leaving);
}

/** A star goes on the newest letter; taking it away takes it from all of the conversation. */
export function star(rows = chosenRows()): Promise<void> {
  if (rows.length === 0) return Promise.resolve();
  return areStarred(rows)
    ? perform({ kind: "setKeywords", emails: emailsOf(rows), add: [], remove: ["$flagged"] }, null)
    : perform(
        { kind: "setKeywords", emails: rows.map((row) => row.email), add: ["$flagged"], remove: [] },
        null,
      );
}

/** Unread ones become read; when all are read, the newest letter of each becomes unread. */
export function toggleRead(rows = chosenRows()): Promise<void> {
  if (rows.length === 0) return Promise.resolve();
  return hasUnread(rows)
    ? perform({ kind: "setKeywords", emails: emailsOf(rows), add: ["$seen"], remove: [] }, null)
    : perform(
        { kind: "setKeywords", emails: rows.map((row) => row.email), add: [], remove: ["$seen"] },
        null,
      );
}

/** The newest letter of each becomes unread, read or not: what the native menu offers. */
export function markUnread(rows = chosenRows()): Promise<void> {
  if (rows.length === 0) return Promise.resolve();
  return perform(
    { kind: "setKeywords", emails: rows.map((row) => row.email), add: [], remove: ["$seen"] },
    null,
  );
}

/** All unread letters of a folder, seen or not, as many as one step may take; what is left stays unread and is counted. */
export function markAllRead(mailbox: string): Promise<void> {
  return attempt(async () => {
    const { rows } = await backend().page(
      {
        source: { kind: "mailbox", mailbox },
        filter: { ...noFilter, unread: true },
        order: { by: "date", reversed: false },
        grouping: "messages",
      },
      0,
      MOST,
    );
    const emails = rows.map((row) => row.email);
    if (emails.length > 0)
      await perform(
        { kind: "setKeywords", emails, add: ["$seen"], remove: [] },
        say("done-read", { n: emails.length, count: count(emails.length) }),
      );
  });
}

/** Having looked at letters. Nobody wants to undo that, so Ctrl+Z leaves it alone. */
export function markRead(emails: string[]): Promise<void> {
  return emails.length === 0
    ? Promise.resolve()
    : perform({ kind: "setKeywords", emails, add: ["$seen"], remove: [] }, null, false);
}
