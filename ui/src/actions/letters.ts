// What can be done with the chosen conversations, or with given rows of them.
import type { Listing, Role, RowView } from "../ipc/backend";
import { areAllTrash } from "../state/aside";
import { areStarred, hasUnread } from "../state/markedSince";
import { meantNow, sizeOfMeant } from "../state/meant";
import { listingChanged } from "../state/pulse";
import { keyOf } from "../state/rows";
import { rowsSaid } from "../state/rowsSaid";
import { beginDeleting, endDeleting, isDeletedSince, notDeleted } from "../state/seen";
import { chosenRows, keepChosen, letGo, putAwayLost } from "../state/selection";
import { between, isWide, listedView, type Meant } from "../state/wide";
import { noFilter, useWindow } from "../state/window";
import { say } from "../words";
import { copyListed, readListed, sendListedAway, starListed, unreadListed, wordsOf } from "./listed";
import { perform, performQuietly, performUnnoticed, wasListed, wasPerformed } from "./perform";

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

async function toRole(role: Extract<Role, "archive" | "junk">, words: string, rows: Meant): Promise<void> {
  if (sizeOfMeant(rows) === 0) return;
  if (isWide(rows))
    return sendListedAway(rows, { kind: "moveToRole", emails: [], role }, "moved", say(`to-${role}`));
  const sentence = say(words, { rows: rowsSaid(rows.length) });
  const leaving = sendAway(rows);
  if (await wasPerformed({ kind: "moveToRole", emails: emailsOf(rows), role }, sentence))
    await putAwayLost(rows);
  else keepChosen(leaving);
}

export const archive = (rows = meantNow()) => toRole("archive", "done-archived", rows);
export const junk = (rows = meantNow()) => toRole("junk", "done-junked", rows);

/** What was deleted already waits until it is seen where it is: once more would be for good, and of that somebody is asked before. */
export async function remove(chosen = meantNow()): Promise<void> {
  const meant = isWide(chosen) ? chosen : chosen.filter((row) => !isDeletedSince(row));
  // The list has not followed, and does now.
  if (!isWide(chosen) && sizeOfMeant(meant) < chosen.length) listingChanged();
  if (sizeOfMeant(meant) === 0) return;
  if (goesForGood(meant)) return useWindow.getState().ask({ kind: "deleteForGood", meant });
  await removeNow(meant, "done-deleted");
}

/** The person has said so. */
export const removeChosenForGood = (meant: Meant) => removeNow(meant, "done-deleted-rows-for-good");

/** Of a choice that names its list, letters go for good in Trash alone; elsewhere the engine leaves those that are in Trash there. */
function goesForGood(meant: Meant): boolean {
  const seen = seenIn();
  return isWide(meant)
    ? seen !== null && areAllTrash([seen])
    : meant.every(({ mailboxes }) => areAllTrash(mailboxes));
}

async function removeNow(rows: Meant, words: "done-deleted" | "done-deleted-rows-for-good"): Promise<void> {
  if (isWide(rows)) {
    const [deed, folder] =
      words === "done-deleted"
        ? (["moved", say("to-trash")] as const)
        : (["deleted-rows-for-good", ""] as const);
    return sendListedAway(rows, { kind: "delete", emails: [] }, deed, folder);
  }
  const sentence = say(words, { rows: rowsSaid(rows.length) });
  const leaving = sendAway(rows);
  const emails = emailsOf(rows);
  beginDeleting(emails);
  // Nobody was asked: moved, and not deleted, so that what another window or device has put in Trash meanwhile stays there.
  const action =
    words === "done-deleted"
      ? ({ kind: "moveToRole", emails, role: "trash" } as const)
      : ({ kind: "delete", emails } as const);
  const done = await wasPerformed(action, sentence);
  if (!done) {
    keepChosen(leaving);
    return notDeleted(emails);
  }
  endDeleting(emails);
  await putAwayLost(rows);
}

export async function moveTo(mailbox: string, name: string, rows = meantNow()): Promise<void> {
  if (sizeOfMeant(rows) === 0) return;
  const sentence = say("done-moved", { rows: rowsSaid(sizeOfMeant(rows)), folder: name });
  const action = { kind: "move", emails: [], from: seenIn(), to: mailbox } as const;
  if (isWide(rows)) return sendListedAway(rows, { ...action, emails: [] }, "moved", name);
  const leaving = sendAway(rows);
  const done = await wasPerformed({ ...action, emails: emailsOf(rows) }, sentence);
  if (done) await putAwayLost(rows);
  else keepChosen(leaving);
}

/** They stay where they are as well, so the selection does too. */
export function copyTo(mailbox: string, name: string, rows = meantNow()): Promise<void> {
  if (sizeOfMeant(rows) === 0) return Promise.resolve();
  if (isWide(rows)) return copyListed(rows, mailbox, name);
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
export function star(rows = meantNow()): Promise<void> {
  if (isWide(rows)) return starListed(rows);
  if (rows.length === 0) return Promise.resolve();
  const said = { rows: rowsSaid(rows.length) };
  return areStarred(rows)
    ? performQuietly(
        { kind: "setKeywords", emails: emailsOf(rows), add: [], remove: ["$flagged"] },
        say("done-unstarred", said),
      )
    : performQuietly(
        { kind: "setKeywords", emails: rows.map((row) => row.email), add: ["$flagged"], remove: [] },
        say("done-starred", said),
      );
}

/** Unread ones become read; when all are read, the newest letter of each becomes unread. */
export function toggleRead(rows = meantNow()): Promise<void> {
  if (isWide(rows)) return readListed(rows);
  if (rows.length === 0) return Promise.resolve();
  return hasUnread(rows)
    ? performQuietly(
        { kind: "setKeywords", emails: emailsOf(rows), add: ["$seen"], remove: [] },
        say("done-read", { rows: rowsSaid(rows.length) }),
      )
    : markUnread(rows);
}

/** The newest letter of each becomes unread, read or not: what the native menu offers. */
export function markUnread(rows = meantNow()): Promise<void> {
  if (isWide(rows)) return unreadListed(rows);
  if (rows.length === 0) return Promise.resolve();
  return performQuietly(
    { kind: "setKeywords", emails: rows.map((row) => row.email), add: [], remove: ["$seen"] },
    say("done-unread", { rows: rowsSaid(rows.length) }),
  );
}

/** All unread letters of a folder, seen or not. */
export async function markAllRead(mailbox: string, name: string): Promise<void> {
  const unread: Listing = {
    source: { kind: "mailbox", mailbox },
    filter: { ...noFilter, unread: true },
    order: { by: "date", reversed: false },
    grouping: "messages",
  };
  await wasListed({
    listed: listedView(between(unread, null, null)),
    action: { kind: "setKeywords", emails: [], add: ["$seen"], remove: [] },
    rows: say("rows-of-folder", { folder: name }),
    ...wordsOf("read"),
    none: null,
  });
}

/** Having looked at letters. Nobody wants to undo that, so Ctrl+Z leaves it alone. */
export function markRead(emails: string[]): Promise<void> {
  return emails.length === 0
    ? Promise.resolve()
    : performUnnoticed({ kind: "setKeywords", emails, add: ["$seen"], remove: [] });
}
