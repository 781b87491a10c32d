// What is being dragged now, what it is over, and where it may be dropped. The look of it is views/main/DragGhost.
import { create } from "zustand";
import type { AccountView, MailboxView, RowView } from "../ipc/backend";
import { called } from "./accounts";
import type { Wide } from "./wide";

export const LETTERS = "application/x-waxwing-letters";
export const FOLDER = "application/x-waxwing-folder";

export type Load =
  | {
      kind: "letters";
      emails: string[];
      /** Letters that are not named one by one, in place of those. */
      wide: Wide | null;
      conversations: number;
      from: string | null;
      threads: string[];
      accounts: string[];
    }
  | { kind: "folder"; mailbox: string; account: string; name: string }
  /** It takes the place of the account on which it is dropped. */
  | { kind: "account"; account: string; name: string }
  /** The same for groups of accounts, and for searches that are kept. */
  | { kind: "group"; id: string; name: string }
  | { kind: "search"; id: string; name: string };

interface Drag {
  load: Load | null;
  /** The key of the row in the folder tree that it is over. */
  over: string | null;
  /** The conversation that it is over, and whether they would be one; null where it is over none that could be meant. */
  onto: { key: string; row: RowView; subject: string; joins: boolean } | null;
  /** Letters are put down once more and stay where they are. */
  copying: boolean;
}

export const nothingDragged: Drag = { load: null, over: null, onto: null, copying: false };

export const useDragging = create<Drag>(() => nothingDragged);

/**
 * What a drop would do. Ctrl (Alt on a Mac) leaves only copying among what is allowed; where the browser hides its keys
 * during a drag, it narrows what it says is allowed instead.
 */
export function dropOperation(load: Load | null, allowed: readonly string[]): "move" | "copy" {
  return load?.kind === "letters" && allowed.includes("copy") && !allowed.includes("move") ? "copy" : "move";
}

/**
 * What would come of letting conversations go on another: all of them would be one, or that cannot be since they are of two
 * accounts. Null: nothing is meant.
 */
export function dropOnto(load: Load | null, row: RowView, copying: boolean): "joins" | "twoAccounts" | null {
  if (load?.kind !== "letters" || load.wide !== null || copying || load.threads.includes(row.thread))
    return null;
  return load.accounts.every((account) => account === row.account) ? "joins" : "twoAccounts";
}

/**
 * The conversation with which those that are let go are joined: the one that was named, and none where another stands there by
 * now.
 */
export function joinedOnto(onto: Drag["onto"], under: string | null): RowView | null {
  return onto?.joins === true && onto.key === under ? onto.row : null;
}

/** Keys of the tree: an account's row has its own kind, since a folder may be dropped on it to stand at the top. */
export const accountKey = (account: string) => `account:${account}`;
export const mailboxKey = (mailbox: string) => `mailbox:${mailbox}`;
export const groupKey = (group: string) => `group:${group}`;
export const searchKey = (search: string) => `search:${search}`;
export const hiddenKey = (account: string) => `hidden:${account}`;
export const idOfKey = (key: string) => key.slice(key.indexOf(":") + 1);

/** What a row of the tree is called. Accounts and folders have numbers of their own, which may be the same. */
export function nameOfTarget(key: string, mailboxes: MailboxView[], accounts: AccountView[]): string {
  const id = idOfKey(key);
  if (!key.startsWith("account:")) return mailboxes.find((each) => each.id === id)?.name ?? "";
  const account = accounts.find((each) => each.id === id);
  return account === undefined ? "" : called(account);
}

function isInside(mailboxes: MailboxView[], id: string | null, ancestor: string): boolean {
  for (let at = id; at !== null; at = mailboxes.find((mailbox) => mailbox.id === at)?.parent ?? null) {
    if (at === ancestor) return true;
  }
  return false;
}

/** Whether a load may be dropped on a row of the tree. */
export function mayDrop(load: Load | null, key: string, mailboxes: MailboxView[]): boolean {
  if (load === null) return false;
  const id = idOfKey(key);
  if (load.kind === "account") return key.startsWith("account:") && id !== load.account;
  if (load.kind === "group" || load.kind === "search")
    return key.startsWith(`${load.kind}:`) && id !== load.id;
  if (key.startsWith("account:")) {
    const mailbox = load.kind === "folder" ? mailboxes.find((each) => each.id === load.mailbox) : undefined;
    return mailbox !== undefined && mailbox.account === id && mailbox.parent !== null;
  }
  const target = mailboxes.find((mailbox) => mailbox.id === id);
  if (target === undefined || !key.startsWith("mailbox:")) return false;
  // Letters go into other accounts too; folders do not.
  if (load.kind === "letters") return target.selectable && target.id !== load.from;
  const moved = mailboxes.find((mailbox) => mailbox.id === load.mailbox);
  return (
    load.account === target.account &&
    moved?.parent !== target.id &&
    !isInside(mailboxes, target.id, load.mailbox)
  );
}
