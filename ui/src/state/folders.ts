// The folder tree as the sidebar shows it: nested, with the counts that people care about. Pure.
import type { AccountView, MailboxView } from "../ipc/backend";

/** Names of signs in components/Icon, which this room may not import. */
export type FolderSign = "inbox" | "file" | "send" | "archive" | "junk" | "trash" | "mail" | "folder";

export interface FolderNode {
  mailbox: MailboxView;
  children: FolderNode[];
}

/** The folders of one account, nested, in the order the engine gave. A folder whose parent is missing stands at the top. */
export function treeOf(mailboxes: MailboxView[], account: string): FolderNode[] {
  const own = mailboxes.filter((mailbox) => mailbox.account === account);
  const ids = new Set(own.map((mailbox) => mailbox.id));
  const below = (parent: string | null): FolderNode[] =>
    own
      .filter((mailbox) =>
        parent === null ? mailbox.parent === null || !ids.has(mailbox.parent) : mailbox.parent === parent,
      )
      .map((mailbox) => ({ mailbox, children: below(mailbox.id) }));
  return below(null);
}

/** The folders of one account that are put away, nested; one whose place is shown says where that is. */
export function hiddenTreeOf(mailboxes: MailboxView[], account: string): FolderNode[] {
  const hidden = mailboxes.filter((mailbox) => mailbox.hidden);
  return treeOf(hidden, account).map((node) => ({
    ...node,
    mailbox: { ...node.mailbox, name: pathOf(mailboxes, node.mailbox) },
  }));
}

/** Whether a folder may be put away: neither it nor one that it holds is needed by the account. */
export function mayHide(mailboxes: MailboxView[], mailbox: MailboxView): boolean {
  return (
    mailbox.role === null &&
    mailboxes.every((inside) => inside.parent !== mailbox.id || mayHide(mailboxes, inside))
  );
}

/** What stands behind a folder: unread letters, but all of them for drafts, and nothing where nobody counts. */
export function badgeOf(mailbox: MailboxView): number {
  if (mailbox.role === "drafts") return mailbox.total;
  return mailbox.role === "sent" || mailbox.role === "trash" ? 0 : mailbox.unread;
}

export function inboxUnread(mailboxes: MailboxView[]): number {
  return mailboxes
    .filter((mailbox) => mailbox.role === "inbox")
    .reduce((sum, mailbox) => sum + mailbox.unread, 0);
}

const icons: Record<NonNullable<MailboxView["role"]>, FolderSign> = {
  inbox: "inbox",
  drafts: "file",
  sent: "send",
  archive: "archive",
  junk: "junk",
  trash: "trash",
  all: "mail",
};

export function iconOf(mailbox: MailboxView): FolderSign {
  return mailbox.role === null ? "folder" : icons[mailbox.role];
}

/** "Projects / Lighthouse". */
export function pathOf(mailboxes: MailboxView[], mailbox: MailboxView): string {
  const parent = mailboxes.find((each) => each.id === mailbox.parent);
  return parent === undefined ? mailbox.name : `${pathOf(mailboxes, parent)} / ${mailbox.name}`;
}

/** The folders by account, for choosing one: those whose path has every typed word. */
export function findFolders(
  accounts: AccountView[],
  mailboxes: MailboxView[],
  typed: string,
): { mailbox: MailboxView; path: string; email: string }[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return accounts.flatMap((account) =>
    mailboxes
      .filter((mailbox) => mailbox.account === account.id && mailbox.selectable)
      .map((mailbox) => ({ mailbox, path: pathOf(mailboxes, mailbox), email: account.email }))
      .filter(({ path }) => wanted.every((word) => path.toLowerCase().includes(word))),
  );
}
