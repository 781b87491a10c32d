// What is emptied with Trash or Junk, as far as this computer knows: its letters, and the folders that were thrown away. Pure.
import type { MailboxView } from "../ipc/backend";

export interface Emptied {
  letters: number;
  /** Those within Trash. The ones in Junk stay. */
  folders: number;
}

export function mayEmpty(mailbox: MailboxView): boolean {
  return mailbox.role === "trash" || mailbox.role === "junk";
}

export function emptiedWith(mailboxes: MailboxView[], mailbox: MailboxView): Emptied {
  const within = mailbox.role === "trash" ? inside(mailboxes, mailbox.id) : [];
  const letters = [mailbox, ...within].reduce((sum, each) => sum + each.total, 0);
  return { letters, folders: within.length };
}

function inside(mailboxes: MailboxView[], folder: string): MailboxView[] {
  return mailboxes
    .filter((each) => each.parent === folder)
    .flatMap((each) => [each, ...inside(mailboxes, each.id)]);
}
