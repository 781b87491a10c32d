// What the rows of a list say of where their letters are, where a list has letters of several places: a search the folder of each,
// and every list with letters of several accounts the account. Asked once for the whole list, which gives it to its rows.
import { createContext, useContext, useMemo } from "react";
import type { AccountView, MailboxView, Role, RowView } from "../ipc/backend";
import { letterFolders } from "./aside";
import { useAccountsAtRest, useOfMailboxes } from "./queries";
import type { Place } from "./window";

export interface Whereabouts {
  /** The names of the folders that show its letters; empty where the list says none. */
  folders: string[];
  /** All of its letters are in Trash, or in what stands there, and the list is one that has others too. */
  inTrash?: true;
  /** Null where all letters of the list are of one account. */
  account: { name: string; colour: number } | null;
}

export interface WhereOf {
  /** What the column is called in which they stand. */
  head: "folder" | "account";
  of: (row: Pick<RowView, "account" | "mailboxes">) => Whereabouts;
}

interface Folder {
  name: string;
  role: Role | null;
  account: string;
  inTrash?: boolean;
}

export type Folders = Record<string, Folder>;

function foldersById(mailboxes: readonly MailboxView[]): Folders {
  const { aside } = letterFolders(mailboxes);
  return Object.fromEntries(
    mailboxes.map(({ id, name, role, account }) => {
      const inTrash = aside[id]?.role === "trash";
      return [id, { name, role, account, inTrash }];
    }),
  );
}

type Account = Pick<AccountView, "id" | "email" | "label" | "colour">;

/** Null where rows need not say where their letters are. */
export function whereIn(place: Place, folders: Folders, accounts: readonly Account[]): WhereOf | null {
  return whereOf(place.kind === "search", severalIn(place, folders), folders, accounts);
}

/** What is said of folders, and of accounts. */
function whereOf(
  searched: boolean,
  named: boolean,
  folders: Folders,
  accounts: readonly Account[],
): WhereOf | null {
  if (!searched && !named) return null;
  return {
    head: searched ? "folder" : "account",
    of: ({ account: id, mailboxes }) => {
      const account = named ? accounts.find((each) => each.id === id) : undefined;
      return {
        folders: searched ? namesOf(mailboxes, folders) : [],
        ...(searched && areInTrash(mailboxes, folders) ? { inTrash: true } : {}),
        account:
          account === undefined ? null : { name: account.label || account.email, colour: account.colour },
      };
    },
  };
}

/** Whether a list may have letters of several accounts. */
function severalIn(place: Place, folders: Folders): boolean {
  const all = Object.values(folders);
  switch (place.kind) {
    case "search":
    case "starred":
      return new Set(all.map(({ account }) => account)).size > 1;
    case "allInboxes":
      return new Set(all.filter(({ role }) => role === "inbox").map(({ account }) => account)).size > 1;
    case "inboxes":
      return new Set(place.accounts).size > 1;
    case "mailbox":
    case "outbox":
      return false;
  }
}

function areInTrash(mailboxes: readonly string[], folders: Folders): boolean {
  return mailboxes.length > 0 && mailboxes.every((id) => folders[id]?.inTrash === true);
}

/** Each name once. That a letter is among all of an account's is no news where another folder shows it. */
function namesOf(mailboxes: readonly string[], folders: Folders): string[] {
  const known = mailboxes.flatMap((id) => folders[id] ?? []);
  const some = known.filter(({ role }) => role !== "all");
  return [...new Set((some.length > 0 ? some : known).map(({ name }) => name))];
}

const Where = createContext<WhereOf | null>(null);
export const WhereProvider = Where.Provider;

/** Where the letters of a row are, as its list says it; null where it says nothing. */
export function useWhere(): WhereOf | null {
  return useContext(Where);
}

const NOBODY: AccountView[] = [];

/** The same for a list: other than before when folders or accounts are called otherwise, and not with each letter or key. */
export function useWhereIn(place: Place): WhereOf | null {
  const folders = useOfMailboxes(foldersById);
  const accounts = useAccountsAtRest().data ?? NOBODY;
  const searched = place.kind === "search";
  const named = severalIn(place, folders);
  return useMemo(() => whereOf(searched, named, folders, accounts), [searched, named, folders, accounts]);
}
