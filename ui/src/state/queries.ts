// What the engine can be asked, as hooks, with the keys under which the answers are remembered. Rows of the list are
// not here: they have their own paging in listing.ts.
import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { backend } from "../ipc";
import type { AccountView, DoorView, MailboxView, SubscriptionsView } from "../ipc/backend";
import { atRest } from "./accounts";
import type { LetterRef } from "./letterRef";
import { doorKey } from "./passwords";

export const keys = {
  accounts: ["accounts"] as const,
  mailboxes: ["mailboxes"] as const,
  identities: ["identities"] as const,
  outbox: ["outbox"] as const,
  vault: ["vault"] as const,
  doorways: (account: string) => ["doorways", account] as const,
  signInOffers: (account: string) => ["signInOffer", account] as const,
  signInOffer: (account: string, door: string) => ["signInOffer", account, door] as const,
  whosePage: (account: string) => ["whosePage", account] as const,
  exceptions: (account: string) => ["exceptions", account] as const,
  chosenRoles: (account: string) => ["chosenRoles", account] as const,
  remainder: (account: string) => ["remainder", account] as const,
  thunderbird: ["thunderbird"] as const,
  savedSearches: ["savedSearches"] as const,
  indexing: ["indexing"] as const,
  tags: ["tags"] as const,
  queryFaults: (query: string) => ["queryFaults", query] as const,
  setting: (key: string) => ["setting", key] as const,
  conversation: (thread: string) => ["conversation", thread] as const,
  body: (email: string) => ["body", email] as const,
  nested: (letter: LetterRef) => ["nested", letter] as const,
  foundInFiles: (query: string, email: string) => ["foundInFiles", query, email] as const,
  who: (email: string) => ["who", email] as const,
  subscriptions: ["subscriptions"] as const,
  trackers: ["trackers"] as const,
  allowed: ["allowed"] as const,
  caution: ["caution"] as const,
};

export function useAccounts() {
  return useQuery({ queryKey: keys.accounts, queryFn: () => backend().accounts() });
}

/** The accounts for whoever need not know what they are at: what is drawn of them is not drawn anew with every letter. */
export function useAccountsAtRest() {
  return useQuery({ queryKey: keys.accounts, queryFn: () => backend().accounts(), select: allAtRest });
}

const allAtRest = (accounts: AccountView[]) => accounts.map(atRest);

export const mailboxesQuery = { queryKey: keys.mailboxes, queryFn: () => backend().mailboxes() };

export function useMailboxes() {
  return useQuery(mailboxesQuery);
}

/** What somebody needs to know of the folders: it is drawn anew when that is different, and not with every count. */
export function useOfMailboxes<T>(pick: (mailboxes: MailboxView[]) => T): T {
  const { data } = useQuery({ ...mailboxesQuery, select: pick });
  return data ?? pick(NO_MAILBOXES);
}

const NO_MAILBOXES: MailboxView[] = [];

export function useIdentities() {
  return useQuery({ queryKey: keys.identities, queryFn: () => backend().identities() });
}

export function useSetting(key: string) {
  return useQuery({ queryKey: keys.setting(key), queryFn: () => backend().setting(key) });
}

export function useDoorways(account: string) {
  return useQuery({ queryKey: keys.doorways(account), queryFn: () => backend().doorways(account) });
}

/** What there is at these servers of an account, by door, for whoever would sign in to them in the browser; null as long as it is asked.
 * A door that comes to them later is without an offer until it is known: what was typed meanwhile stays. */
export function useSignInOffers(account: string, doors: DoorView[]) {
  const [begun, setBegun] = useState(false);
  const { waits, offers } = useQueries({
    queries: doors.map((door) => ({
      queryKey: keys.signInOffer(account, doorKey({ door })),
      queryFn: () => backend().signInOfferAgain(account, door),
      gcTime: 0,
      staleTime: 0,
    })),
    combine: (answers) => ({
      waits: answers.some(({ isPending }) => isPending),
      offers: new Map(doors.map((door, at) => [doorKey({ door }), answers[at]?.data ?? null])),
    }),
  });
  if (!begun && !waits && doors.length > 0) setBegun(true);
  return waits && !begun ? null : offers;
}

/** Has the account's domain asked at whose page its people sign in, once while somebody looks and where nobody knows: what is offered may
 * be more then. Whether it is being asked. */
export function useAskingWhosePage(account: string): boolean {
  const cache = useQueryClient();
  const { isPending } = useQuery({
    queryKey: keys.whosePage(account),
    queryFn: async () => {
      const isNews = await backend().askWhosePage(account);
      if (isNews) {
        await cache.invalidateQueries({ queryKey: keys.signInOffers(account) });
        await cache.invalidateQueries({ queryKey: keys.doorways(account) });
      }
      return isNews;
    },
    gcTime: 0,
    staleTime: 0,
  });
  return isPending;
}

export function useExceptions(account: string) {
  return useQuery({
    queryKey: keys.exceptions(account),
    queryFn: () => backend().certificateExceptions(account),
  });
}

export function useChosenRoles(account: string) {
  return useQuery({ queryKey: keys.chosenRoles(account), queryFn: () => backend().chosenRoles(account) });
}

/** Asked anew each time: letters come meanwhile. */
export function useRemainder(account: string) {
  return useQuery({
    queryKey: keys.remainder(account),
    queryFn: () => backend().remainder(account),
    gcTime: 0,
    staleTime: 0,
  });
}

export function useThunderbird() {
  return useQuery({ queryKey: keys.thunderbird, queryFn: () => backend().accountsOfThunderbird() });
}

export function useOutbox() {
  return useQuery({ queryKey: keys.outbox, queryFn: () => backend().outbox() });
}

export function useSavedSearches() {
  return useQuery({ queryKey: keys.savedSearches, queryFn: () => backend().savedSearches() });
}

/** Mailing lists for whoever only names them; those without a List-Id (RFC 2919) have none that a search knows. */
export function useNamedLists(wanted: boolean): readonly { list: string; name: string }[] {
  const { data } = useQuery({
    queryKey: keys.subscriptions,
    queryFn: () => backend().subscriptions(),
    enabled: wanted,
    select: withListId,
  });
  return data ?? NO_LISTS;
}

const withListId = ({ lists }: SubscriptionsView) => lists.filter(({ list }) => !list.includes("@"));
const NO_LISTS: readonly { list: string; name: string }[] = [];

/** The tags that some letter has, asked anew by whoever looks for one. */
export function useTags(wanted: boolean): readonly string[] {
  const { data } = useQuery({
    queryKey: keys.tags,
    queryFn: () => backend().tags(),
    enabled: wanted,
    staleTime: 0,
  });
  return data ?? NO_TAGS;
}

const NO_TAGS: readonly string[] = [];

/** What is odd about a query, told of its last piece only where a space stands behind it. */
export function useQueryFaults(query: string) {
  return useQuery({
    queryKey: keys.queryFaults(query),
    queryFn: () => backend().queryFaults(query),
    enabled: query.trim() !== "",
  });
}

export function useVault() {
  return useQuery({ queryKey: keys.vault, queryFn: () => backend().vault() });
}

export function conversationQuery(thread: string) {
  return { queryKey: keys.conversation(thread), queryFn: () => backend().conversation(thread) };
}

export function useConversation(thread: string | null) {
  return useQuery({ ...conversationQuery(thread ?? ""), enabled: thread !== null });
}
