// Making, renaming, moving, hiding, emptying and removing folders. Each but emptying can be undone. A name that cannot be is refused with a sentence,
// which the question that asked for it shows.
import type { MailboxView } from "../ipc/backend";
import { client } from "../state/client";
import { emptiedWith, mayEmpty } from "../state/emptying";
import { keys } from "../state/queries";
import { toast } from "../state/toasts";
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

/** Everything in Trash or Junk, for good. Somebody was asked before. */
export function emptyFolder(mailbox: MailboxView): Promise<void> {
  return perform(
    { kind: "empty", mailbox: mailbox.id },
    say("done-folder-emptied", { folder: mailbox.name }),
  );
}

/** The question comes for the folder that is open, or for the only one that there is of its kind. */
export function askToEmpty(): void {
  const { place, ask } = useWindow.getState();
  const mailboxes = client.getQueryData<MailboxView[]>(keys.mailboxes) ?? [];
  const open = mailboxes.find((each) => place.kind === "mailbox" && each.id === place.mailbox);
  const trash = mailboxes.filter((each) => each.role === "trash");
  const meant = open !== undefined && mayEmpty(open) ? open : trash.length === 1 ? trash[0] : undefined;
  if (meant === undefined) {
    toast(say("folder-empty-which"));
    return;
  }
  const { letters, folders } = emptiedWith(mailboxes, meant);
  if (letters + folders === 0) toast(say("folder-empty-nothing", { folder: meant.name }));
  else ask({ kind: "emptyFolder", mailbox: meant.id });
}

/** Puts a folder away with all that it holds, or back among the others. It stays open while it is read. */
export function showFolder(mailbox: MailboxView, shown: boolean): Promise<void> {
  return perform(
    { kind: "showMailbox", mailbox: mailbox.id, shown },
    say(shown ? "done-folder-shown" : "done-folder-hidden", { folder: mailbox.name }),
  );
}
