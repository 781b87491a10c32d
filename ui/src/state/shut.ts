// Folders that their server does not open, which each account tells of: what they show is what was seen last.
import { useQuery } from "@tanstack/react-query";
import { backend } from "../ipc";
import type { AccountView, MailboxView, ShutMailbox } from "../ipc/backend";
import { keys, useOfMailboxes } from "./queries";

export function shutOf({ activity }: Pick<AccountView, "activity">): readonly ShutMailbox[] {
  return activity.kind === "upToDate" ? activity.shut : [];
}

/** What the server says of a folder that it does not open; null of every other. Drawn anew when that is different only. */
export function useShut(mailbox: string | null): string | null {
  const { data = null } = useQuery({
    queryKey: keys.accounts,
    queryFn: () => backend().accounts(),
    select: (accounts: AccountView[]) =>
      accounts.flatMap(shutOf).find((each) => each.mailbox === mailbox)?.reply ?? null,
  });
  return data;
}

export interface ShutInbox {
  /** As the person calls the account. */
  account: string;
  reply: string;
}

const NONE: ShutInbox[] = [];
const inboxesOf = (mailboxes: MailboxView[]) =>
  mailboxes.filter(({ role }) => role === "inbox").map(({ id }) => id);

/** Of these accounts, or of all where null is given, those whose inbox is shut, so that it is missing among the others. */
export function shutInboxes(
  accounts: readonly AccountView[],
  inboxes: readonly string[],
  of: readonly string[] | null,
): ShutInbox[] {
  return accounts
    .filter(({ id }) => of?.includes(id) ?? true)
    .flatMap((account) =>
      shutOf(account)
        .filter(({ mailbox }) => inboxes.includes(mailbox))
        .map(({ reply }) => ({ account: account.label || account.email, reply })),
    );
}

/** The same as they are now; of no account where undefined is given. */
export function useShutInboxes(of: readonly string[] | null | undefined): ShutInbox[] {
  const inboxes = useOfMailboxes(inboxesOf);
  const { data = NONE } = useQuery({
    queryKey: keys.accounts,
    queryFn: () => backend().accounts(),
    select: (accounts: AccountView[]) => (of === undefined ? NONE : shutInboxes(accounts, inboxes, of)),
  });
  return data;
}
