// Making, renaming, moving, hiding and removing folders. Each can be undone. A name that cannot be is refused with a sentence,
// which the question that asked for it shows.
import type { MailboxView } from "../ipc/backend";
import { useWindow } from "../state/window";
import { say } from "../words";
import { perform, performOrRefusal } from "./perform";

export function createFolder(account: string, parent: string | null, name: string): Promise<string | null> {
  return performOrRefusal(
    { kind: "createMailbox", account, parent, name: name.trim() },
    say("done-folder-made", { folder: name.trim() }),
  );
}

export function renameFolder(mailbox: string, name: string): Promise<string | null> {
  return performOrRefusal(
    { kind: "renameMailbox", mailbox, name: name.trim() },
    say("done-folder-renamed", { folder: name.trim() }),
  );
}

export function moveFolder(
  mailbox: string,
  name: string,
  parent: string | null,
  into: string,
): Promise<void> {
  return perform({ kind: "moveMailbox", mailbox, parent }, say("done-folder-moved", { folder: name, into }));
}

export function deleteFolder(mailbox: MailboxView): Promise<void> {
  const { place, go } = useWindow.getState();
  if (place.kind === "mailbox" && place.mailbox === mailbox.id) go({ kind: "allInboxes" });
  return perform(
    { kind: "deleteMailbox", mailbox: mailbox.id },
    say("done-folder-deleted", { folder: mailbox.name }),
  );
}

/** Puts a folder away with all that it holds, or back among the others. It stays open while it is read. */
export function showFolder(mailbox: MailboxView, shown: boolean): Promise<void> {
  return perform(
    { kind: "showMailbox", mailbox: mailbox.id, shown },
    say(shown ? "done-folder-shown" : "done-folder-hidden", { folder: mailbox.name }),
  );
}
