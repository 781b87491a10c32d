// What the engine can be asked, as hooks, with the keys under which the answers are remembered. Rows of the list are
// not here: they have their own paging in listing.ts.
import { useQuery } from "@tanstack/react-query";
import { backend } from "../ipc";

export const keys = {
  accounts: ["accounts"] as const,
  mailboxes: ["mailboxes"] as const,
  identities: ["identities"] as const,
  outbox: ["outbox"] as const,
  vault: ["vault"] as const,
  setting: (key: string) => ["setting", key] as const,
  conversation: (thread: string) => ["conversation", thread] as const,
  body: (email: string) => ["body", email] as const,
};

export function useAccounts() {
  return useQuery({ queryKey: keys.accounts, queryFn: () => backend().accounts() });
}

export function useMailboxes() {
  return useQuery({ queryKey: keys.mailboxes, queryFn: () => backend().mailboxes() });
}

export function useIdentities() {
  return useQuery({ queryKey: keys.identities, queryFn: () => backend().identities() });
}

export function useSetting(key: string) {
  return useQuery({ queryKey: keys.setting(key), queryFn: () => backend().setting(key) });
}

export function useOutbox() {
  return useQuery({ queryKey: keys.outbox, queryFn: () => backend().outbox() });
}

export function useVault() {
  return useQuery({ queryKey: keys.vault, queryFn: () => backend().vault() });
}

export function useConversation(thread: string | null) {
  return useQuery({
    queryKey: keys.conversation(thread ?? ""),
    queryFn: () => backend().conversation(thread ?? ""),
    enabled: thread !== null,
  });
}

export function useBody(email: string, look: { dark: boolean; remoteImages: boolean }) {
  return useQuery({ queryKey: [...keys.body(email), look], queryFn: () => backend().body(email, look) });
}
