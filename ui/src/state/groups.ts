// Groups of accounts: some inboxes together under one name, in the order in which the person has them. Kept by the engine as
// one setting, since nothing but the window reads it. Pure but for the hook.
import { useMemo } from "react";
import { useSetting } from "./queries";
import type { AccountView, MailboxView } from "../ipc/backend";
import { inboxUnread } from "./folders";

export interface AccountGroup {
  id: string;
  name: string;
  accounts: string[];
}

export const GROUPS_SETTING = "account.groups";
/** Characters of a name. */
export const LONGEST_NAME = 80;

/** What was kept, as far as it makes sense. */
export function groupsFrom(kept: string | null): AccountGroup[] {
  let found: unknown = null;
  try {
    found = JSON.parse(kept ?? "null");
  } catch {
    // Somebody else wrote it. There are no groups then.
  }
  if (!Array.isArray(found)) return [];
  const seen = new Set<string>();
  return found.flatMap((each: unknown) => {
    if (typeof each !== "object" || each === null) return [];
    const { id, name, accounts } = each as Record<string, unknown>;
    if (typeof id !== "string" || typeof name !== "string" || !Array.isArray(accounts) || seen.has(id))
      return [];
    seen.add(id);
    return [{ id, name, accounts: accounts.filter((account) => typeof account === "string") }];
  });
}

const none: AccountGroup[] = [];

export function useGroups(): AccountGroup[] {
  const { data } = useSetting(GROUPS_SETTING);
  return useMemo(() => (data === undefined ? none : groupsFrom(data)), [data]);
}

/** Those of its accounts that are still here, in the order of the sidebar. */
export function membersOf(group: AccountGroup, accounts: AccountView[]): string[] {
  return accounts.map(({ id }) => id).filter((id) => group.accounts.includes(id));
}

/** What is unread in the inboxes of its accounts. */
export function unreadOf(group: AccountGroup, mailboxes: MailboxView[]): number {
  return inboxUnread(mailboxes.filter((mailbox) => group.accounts.includes(mailbox.account)));
}

/** Why a group cannot be called so; null where it can. */
export function nameFault(groups: AccountGroup[], id: string | null, name: string): "empty" | "taken" | null {
  const wanted = name.trim().toLowerCase();
  if (wanted === "") return "empty";
  const taken = groups.some((group) => group.id !== id && group.name.toLowerCase() === wanted);
  return taken ? "taken" : null;
}

/** An id that no group has or had: how a list looks is remembered by it. */
export function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(12))]
    .map((octet) => octet.toString(16).padStart(2, "0"))
    .join("");
}
