// Which letters of a conversation are put aside: those that lie in Trash or Junk and nowhere else. They do not stand among the
// others, unless it is there that the person looks, by the folder or by a search that has found them. Nobody answers them by a
// key that means the conversation, nor has them read by opening it.
import { useMemo, useRef } from "react";
import type { LetterView, MailboxView, RowView } from "../ipc/backend";
import { client } from "./client";
import { once } from "./copies";
import { keys, useOfMailboxes } from "./queries";
import { isDeletedSince } from "./seen";
import { openRow, useSelection } from "./selection";
import { useWindow } from "./window";

export interface AsideFolder {
  role: "trash" | "junk";
  /** Of the folder itself, which may stand within Trash. */
  name: string;
  /** Of Trash or Junk. */
  within: string;
  /** It is Trash or Junk itself. */
  itself: boolean;
}

/** What a conversation says of folders, by their ids. */
export interface LetterFolders {
  /** Trash, Junk, and what stands in them. */
  aside: Record<string, AsideFolder>;
  /** The names of the person's own folders. */
  own: Record<string, string>;
}

export function letterFolders(mailboxes: readonly MailboxView[]): LetterFolders {
  const byId = new Map(mailboxes.map((mailbox) => [mailbox.id, mailbox]));
  const folders: LetterFolders = { aside: {}, own: {} };
  for (const mailbox of mailboxes) {
    const role = mailbox.role === "trash" || mailbox.role === "junk" ? mailbox.role : null;
    if (role !== null)
      folders.aside[mailbox.id] = { role, name: mailbox.name, within: mailbox.name, itself: true };
    else if (mailbox.role === null) {
      const around = asideAround(mailbox, byId);
      if (around === null) folders.own[mailbox.id] = mailbox.name;
      else folders.aside[mailbox.id] = { ...around, name: mailbox.name, itself: false };
    }
  }
  return folders;
}

/** Trash or Junk, where a folder stands in one of them at whatever depth. */
function asideAround(
  mailbox: MailboxView,
  byId: ReadonlyMap<string, MailboxView>,
): Pick<AsideFolder, "role" | "within"> | null {
  // The engine knows no ring of folders; whoever meets one all the same comes to an end.
  let at: MailboxView | undefined = mailbox;
  for (let depth = 0; at?.parent != null && depth < 64; depth++) {
    at = byId.get(at.parent);
    if (at?.role === "trash" || at?.role === "junk") return { role: at.role, within: at.name };
  }
  return null;
}

/** Where a letter is put aside; null where it is shown anywhere else as well. Of a letter in both it is Junk: not all of it is deleted. */
export function asideOf(
  letter: Pick<LetterView, "mailboxes">,
  { aside }: Pick<LetterFolders, "aside">,
): AsideFolder | null {
  const folders = letter.mailboxes.map((id) => aside[id]);
  if (folders.length === 0 || folders.some((folder) => folder === undefined)) return null;
  return folders.find((folder) => folder?.role === "junk") ?? folders[0] ?? null;
}

/** Whether a letter lies in Trash itself and nowhere else: deleted there, it goes for good. */
export function isOnlyInTrash(letter: Pick<LetterView, "mailboxes">, aside: AsideFolder | null): boolean {
  return letter.mailboxes.length === 1 && aside?.role === "trash" && aside.itself;
}

/** The letters without those that are put aside, unless they stay. */
export function withoutAside(
  letters: readonly LetterView[],
  folders: LetterFolders,
  stays: (letter: LetterView) => boolean,
): LetterView[] {
  const among = letters.filter((letter) => asideOf(letter, folders) === null || stays(letter));
  // Where all were put aside there are no others.
  return among.length === 0 ? [...letters] : among;
}

/** The same with those that were asked for where they lie, in the order of all. */
export function withFetched(
  letters: readonly LetterView[],
  among: readonly LetterView[],
  folders: LetterFolders,
  fetched: readonly AsideFolder["role"][],
): LetterView[] {
  const apart = new Set(apartFrom(letters, among).map(({ id }) => id));
  const shown = new Set(among.map(({ id }) => id));
  return letters.filter((letter) => {
    const folder = asideOf(letter, folders);
    const isFetched = folder !== null && fetched.includes(folder.role) && apart.has(letter.id);
    return shown.has(letter.id) || isFetched;
  });
}

/** The letters that are not among these, nor the same as one of them. */
export function apartFrom(letters: readonly LetterView[], shown: readonly LetterView[]): LetterView[] {
  const here = new Set(shown.flatMap(({ id, sameAs }) => (sameAs == null ? [id] : [id, sameAs])));
  return letters.filter(({ id, sameAs }) => !here.has(id) && (sameAs == null || !here.has(sameAs)));
}

/** Whether it is a letter where it lies that is looked at. */
function isLookedAt(row: RowView | null): (letter: LetterView) => boolean {
  const { place } = useWindow.getState();
  if (place.kind === "mailbox") return ({ mailboxes }) => mailboxes.includes(place.mailbox);
  // What has a row there is looked at there. What was deleted since it was found may have gone from where it was looked for.
  if ((place.kind === "search" || place.kind === "starred") && row !== null)
    return ({ id }) => row.emails.includes(id) && !isDeletedSince(row, id);
  return () => false;
}

/** The letters that stand in a conversation: without those that are put aside, and each of them once. */
export function standing(
  letters: readonly LetterView[],
  folders: LetterFolders,
  stays: (letter: LetterView) => boolean,
): LetterView[] {
  return once(withoutAside(letters, folders, stays), stays);
}

/** The same for whoever draws nothing, as the conversation is opened from this row in the place that is looked at. As long as nobody has asked for the folders none is known to be put aside. */
export function standingNow(letters: readonly LetterView[], row: RowView | null): LetterView[] {
  return standing(letters, foldersNow(), isLookedAt(row));
}

/** All letters that what is done with the conversation is done with: both where one was sent and came as well. */
export function meantNow(letters: readonly LetterView[], row: RowView | null): LetterView[] {
  return withoutAside(letters, foldersNow(), isLookedAt(row));
}

const none: MailboxView[] = [];
/** Whoever opens a letter asks several times. */
let known = { mailboxes: none, folders: letterFolders(none) };

function foldersNow(): LetterFolders {
  const mailboxes = client.getQueryData<MailboxView[]>(keys.mailboxes) ?? none;
  if (known.mailboxes !== mailboxes) known = { mailboxes, folders: letterFolders(mailboxes) };
  return known.folders;
}

/** Whether all of these folders are Trash or stand in it, as far as is known: what is deleted there goes for good. */
export function areAllTrash(mailboxes: readonly string[]): boolean {
  const { aside } = foldersNow();
  return mailboxes.length > 0 && mailboxes.every((id) => aside[id]?.role === "trash");
}

/** Whether a letter is put aside, as far as is known. */
export function isAsideNow(letter: LetterView): boolean {
  return asideOf(letter, foldersNow()) !== null;
}

export interface Standing {
  /** Undefined until the letters are known. */
  among: LetterView[] | undefined;
  folders: LetterFolders;
}

/** The letters of the conversation that stand in it, and what is to be said of their folders. */
export function useStanding(thread: string, letters: LetterView[] | undefined): Standing {
  const folders = useOfMailboxes(letterFolders);
  const chosen = useSelection(openRow);
  const row = chosen?.thread === thread ? chosen : null;
  // What stood there because it was looked at stays, wherever the person goes with the conversation open.
  const stayed = useRef<ReadonlySet<string>>(new Set());
  const among = useMemo(() => {
    if (letters === undefined) return undefined;
    const looked = isLookedAt(row);
    const stays = (letter: LetterView) => stayed.current.has(letter.id) || looked(letter);
    const found = standing(letters, folders, stays);
    const put = found.filter((letter) => asideOf(letter, folders) !== null && looked(letter));
    if (put.length > 0) stayed.current = new Set([...stayed.current, ...put.map(({ id }) => id)]);
    return found;
  }, [letters, folders, row]);
  return { among, folders };
}
