// Folders that their server does not open, which each account tells of: what they show is what was seen last.
import { useQuery } from "@tanstack/react-query";
import { backend } from "../ipc";
import type { AccountView, ShutMailbox } from "../ipc/backend";
import { keys } from "./queries";

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
