// What keys do with the files of the letter that is meant, and with its invitation.
import { focusWhenThere, focusWithin, isFolded } from "../state/here";
import { client } from "../state/client";
import { GROUPS_SETTING, groupsFrom } from "../state/groups";
import { lookViewOf } from "../state/letterLook";
import { emailOf, type LetterRef } from "../state/letterRef";
import { bodyNow } from "../state/bodies";
import { keys } from "../state/queries";
import { toast } from "../state/toasts";
import { keptName } from "../state/searchName";
import { useWindow, type Place } from "../state/window";
import type { BodyView, FileSourceView, MailboxView, SavedSearchView } from "../ipc/backend";
import { say } from "../words";
import { saveAll, saveAttachment } from "./attachments";
import { hooks } from "./commands";

const FILES = "[data-files] button";
const ANSWERS = "[data-invitation] [role=group] button";

/** What it has is told by the letter itself: one that is folded, or on its way, shows nothing of it yet. */
const bodyOf = (letter: LetterRef): Promise<BodyView> => bodyNow(letter, lookViewOf(letter));

function openThere(letter: LetterRef, what: string): Promise<boolean> {
  if (isFolded(letter)) hooks.unfold(letter);
  return focusWhenThere(letter, what);
}

/** Puts the focus on the letter's first file. From there Enter looks at it, and Tab goes on to saving it. */
export async function goToFiles(letter: LetterRef): Promise<void> {
  if (focusWithin(letter, FILES)) return;
  const { attachments } = await bodyOf(letter);
  if (attachments.length === 0) toast(say("attachments-none"));
  else await openThere(letter, FILES);
}

export async function goToInvitation(letter: LetterRef): Promise<void> {
  if (focusWithin(letter, ANSWERS)) return;
  const { invitation } = await bodyOf(letter);
  if (invitation === null || invitation.answersAs === null) toast(say("invitation-none"));
  else await openThere(letter, ANSWERS);
}

export async function saveFilesOf(letter: LetterRef): Promise<void> {
  const { attachments: files } = await bodyOf(letter);
  const email = emailOf(letter);
  const [only] = files;
  if (only === undefined) toast(say("attachments-none"));
  else
    await (files.length === 1
      ? saveAttachment(email, only.part)
      : saveAll(files.map((file) => ({ email, file }))));
}

/** Opens the browser of the files of what is shown: of a folder, of inboxes, of the starred, or of what was found. */
export function browseFiles(): void {
  const { place, ask } = useWindow.getState();
  const found = sourceOf(place);
  if (found === null) toast(say("files-where"));
  else ask({ kind: "files", ...found, back: null });
}

/** Null where there are no letters that came. */
function sourceOf(place: Place): { source: FileSourceView; name: string } | null {
  switch (place.kind) {
    case "starred":
      return { source: { kind: "starred" }, name: say("place-starred") };
    case "search":
      return {
        source: { kind: "search", query: place.query },
        name: keptName(place, kept()) ?? place.query.trim(),
      };
    case "outbox":
      return null;
    default: {
      const { name, folders } = foldersOf(place);
      return { source: { kind: "mailboxes", mailboxes: folders.map(({ id }) => id) }, name };
    }
  }
}

const kept = () => client.getQueryData<SavedSearchView[]>(keys.savedSearches) ?? [];

function foldersOf(place: Exclude<Place, { kind: "starred" | "search" | "outbox" }>): {
  name: string;
  folders: MailboxView[];
} {
  const known = client.getQueryData<MailboxView[]>(keys.mailboxes) ?? [];
  const inboxes = known.filter(({ role }) => role === "inbox");
  switch (place.kind) {
    case "mailbox": {
      const folders = known.filter(({ id }) => id === place.mailbox);
      return { name: folders[0]?.name ?? "", folders };
    }
    case "allInboxes":
      return { name: say("place-all-inboxes"), folders: inboxes };
    case "inboxes": {
      const groups = groupsFrom(client.getQueryData<string | null>(keys.setting(GROUPS_SETTING)) ?? null);
      const group = "group" in place ? groups.find(({ id }) => id === place.group) : undefined;
      return {
        name: group?.name ?? say("place-all-inboxes"),
        folders: inboxes.filter(({ account }) => place.accounts.includes(account)),
      };
    }
  }
}
