// The row that a list would have, for a letter that is in none: a window of its own may show one that left its list long ago.
import { backend } from "../ipc";
import type { RowView } from "../ipc/backend";
import { meantNow } from "./aside";
import { once } from "./copies";
import { client } from "./client";
import { mailboxesQuery } from "./queries";
import { positionOf } from "./rows";
import { moment, seenAt } from "./seen";
import { holding, useSelection } from "./selection";
import { listingNow } from "./window";
import { nameOf } from "../words/address";

/** Of a conversation, or of one letter of it. Null: it is gone. */
export async function rowOf(thread: string, email: string | null): Promise<RowView | null> {
  const at = moment();
  const [all, muted] = await Promise.all([backend().conversation(thread), backend().isMuted(thread)]);
  // What is done with a conversation is not done with what it has in Trash and Junk.
  const letters = email === null ? meantNow(all, null) : all.filter((letter) => letter.id === email);
  const newest = letters.at(-1);
  if (newest === undefined) return null;
  const row: RowView = {
    thread,
    email: newest.id,
    account: newest.account,
    emails: letters.map((letter) => letter.id).reverse(),
    mailboxes: [...new Set([...letters].reverse().flatMap((letter) => letter.mailboxes))],
    // No list draws it.
    people: newest.from.map((person) => ({ name: nameOf(person), own: false, newestUnread: false })),
    letters: once(letters, () => false).length,
    moreLetters: false,
    avatar: newest.from[0]?.email ?? "",
    avatarName: newest.from[0] === undefined ? "" : nameOf(newest.from[0]),
    size: newest.size,
    subject: newest.subject,
    preview: newest.preview,
    receivedAt: newest.at,
    unread: letters.some((letter) => letter.unread),
    starred: letters.some((letter) => letter.starred),
    answered: newest.answered,
    hasAttachment: letters.some((letter) => letter.hasAttachment),
    muted,
  };
  seenAt(at, [row]);
  return row;
}

/** The open conversation whose row has left its list, as when it was read among the unread: nobody else renews that row. */
export async function renewUnlisted(): Promise<void> {
  const [shown] = useSelection.getState().chosen;
  const listing = listingNow();
  if (shown === undefined || listing === null || useSelection.getState().chosen.size > 1) return;
  const [key, before] = shown;
  if ((await positionOf(listing, key).catch(() => 0)) !== null) return;
  // Which of its letters lie in Trash must be known: they are none of the row's.
  if ((await client.query(mailboxesQuery).catch(() => null)) === null) return;
  const row = await rowOf(before.thread, key === before.thread ? null : key);
  if (row !== null && useSelection.getState().chosen.get(key) === before)
    useSelection.setState(holding([[key, row]]));
}

/** What is shown and is in no list is as it is now: no list says so. */
export async function renewLoneRow(): Promise<void> {
  const { chosen, cursor } = useSelection.getState();
  const [shown] = chosen;
  if (cursor !== null || shown === undefined || chosen.size > 1) return;
  const [key, before] = shown;
  const row = await rowOf(before.thread, key === before.thread ? null : key);
  const now = useSelection.getState();
  if (row !== null && now.cursor === null && now.chosen.get(key) === before)
    useSelection.setState(holding([[key, row]]));
}
