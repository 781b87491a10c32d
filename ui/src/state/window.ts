// Where the person is in the window: which place, which filter, which dialog. What is selected is in selection.ts, how the
// list looks in looks.ts.
import { create } from "zustand";
import type {
  AttachmentView,
  CautionView,
  FileSourceView,
  LinkView,
  Listing,
  ListingSource,
  SavedSearchView,
} from "../ipc/backend";
import { letterWithin, type LetterRef } from "./letterRef";
import { lookOf, useLooks, type Look } from "./looks";
import { isBest, withBest } from "./bestFirst";
import { asAsked } from "./searchPieces";
import type { Meant } from "./wide";

/** `saved`: the search is one of those that are kept. `group`: the inboxes of one group of accounts. */
export type Place =
  | ListingSource
  | { kind: "search"; query: string; saved: string }
  | { kind: "inboxes"; accounts: string[]; group: string }
  | { kind: "outbox" };
type Search = Extract<Place, { kind: "search" }>;
export type Question =
  | { kind: "move" }
  | { kind: "copy" }
  | { kind: "keys" }
  | { kind: "date" }
  | { kind: "newFolder"; account: string; parent: string | null }
  | { kind: "renameFolder"; mailbox: string; name: string }
  | { kind: "emptyFolder"; mailbox: string }
  /** What is in Trash, and would be deleted there. */
  | { kind: "deleteForGood"; meant: Meant }
  /** Null: a new one, which the account is to be in, if one is named. */
  | { kind: "group"; group: string | null; account?: string }
  | { kind: "removeAccount"; account: string }
  | { kind: "signIn"; account: string }
  | { kind: "servers"; account: string }
  | { kind: "settings" }
  | { kind: "searchForm" }
  | { kind: "saveSearch"; query: string }
  | { kind: "renameSearch"; search: SavedSearchView }
  /** `back` is where it was asked for, here and below. */
  | { kind: "source"; letter: LetterRef; back: Question | null }
  | { kind: "charset"; letter: LetterRef; back: Question | null }
  | {
      kind: "danger";
      email: string;
      part: string;
      name: string;
      caution: CautionView;
      dragged?: boolean;
      back: Question | null;
    }
  | { kind: "preview"; chosen: FileOfLetter; files: FileOfLetter[]; back: Question | null }
  /** A letter within a letter, or an archive of them. */
  | {
      kind: "nested";
      email: string;
      part: string;
      archive: boolean;
      name: string;
      back: Question | null;
    }
  | { kind: "files"; source: FileSourceView; name: string; back: Question | null }
  | { kind: "who"; email: string }
  // What is done once it is open.
  | { kind: "link"; link: LinkView; then?: () => Promise<void>; back: Question | null }
  | { kind: "leave"; email: string; back: Question | null }
  | { kind: "subscriptions" }
  | { kind: "trackers" };

/** A file, and the letter that brought it. */
export interface FileOfLetter {
  email: string;
  file: AttachmentView;
}

/** What stays as it is behind what is asked from it: the browser of files, letters within letters, and archives of them. */
export type Sheet = Extract<Question, { kind: "files" | "nested" }>;

export function isSheet(question: Question): question is Sheet {
  return question.kind === "files" || question.kind === "nested";
}

/** The sheets that stand there while something is asked, that itself included if it is one; the first that was opened first. */
export function sheetsOf(question: Question | null): Sheet[] {
  if (question === null) return [];
  const behind = "back" in question ? sheetsOf(question.back) : [];
  return isSheet(question) ? [...behind, question] : behind;
}

/** The browser of files that a question was asked from, perhaps by way of others; of several the one that was opened last. */
export function browserBehind(question: Question | null): Extract<Question, { kind: "files" }> | null {
  return sheetsOf(question).findLast((sheet) => sheet.kind === "files") ?? null;
}

/** The letter within a letter that is looked at, with nothing asked in front of it; null where there is none. */
export function letterInFront({ question }: Pick<WindowState, "question">): LetterRef | null {
  const isLetter = question?.kind === "nested" && !question.archive;
  return isLetter ? letterWithin(question.email, question.part) : null;
}

/** A letter within a letter is looked at: the pane of the conversation is not the one in front, whatever is asked. */
export function isReadInSheet({ question }: Pick<WindowState, "question">): boolean {
  return sheetsOf(question).some((sheet) => sheet.kind === "nested" && !sheet.archive);
}

interface WindowState {
  place: Place;
  /** The search that is kept and that was open last, until another place is gone to: one that is typed over it leads back there. */
  kept: Search | null;
  /** Where one was that is no search: there one comes back to from all of them. */
  before: Place;
  filter: Listing["filter"];
  question: Question | null;
  addingAccount: boolean;
  go: (place: Place) => void;
  /** With a space at its end the last word is whole; without one it may be the beginning of a word. Without words it is left. */
  search: (query: string) => void;
  /** One step back: from a search that is typed to the one that is kept and that it was begun in, from that to where one came from. */
  leaveSearch: () => void;
  /** Back to where one came from, out of a search that is kept as well. */
  leaveSearches: () => void;
  setFilter: (filter: Listing["filter"]) => void;
  ask: (question: Question | null) => void;
  setAddingAccount: (adding: boolean) => void;
}

/** Everything is shown. */
export const noFilter: Listing["filter"] = { unread: false, starred: false, attachment: false, toMe: false };

export const useWindow = create<WindowState>((set) => ({
  place: { kind: "allInboxes" },
  kept: null,
  before: { kind: "allInboxes" },
  filter: noFilter,
  question: null,
  addingAccount: false,
  go: (place) =>
    set(
      place.kind === "search"
        ? { place, kept: "saved" in place ? place : null, filter: noFilter }
        : { place, kept: null, before: place, filter: noFilter },
    ),
  search: (query) =>
    set((state) =>
      query.trim() === ""
        ? { place: state.kept ?? state.before }
        : { place: { kind: "search", query: asAsked(query) } },
    ),
  leaveSearch: () =>
    set(({ place, kept, before }) => {
      if (place.kind !== "search") return {};
      if (kept !== null && !("saved" in place)) return { place: kept };
      // A search that is kept has filters of its own, as any place that is gone to.
      return kept === null ? { place: before } : { place: before, kept: null, filter: noFilter };
    }),
  leaveSearches: () =>
    set(({ kept, before, filter }) => ({
      place: before,
      kept: null,
      filter: kept === null ? filter : noFilter,
    })),
  setFilter: (filter) => set({ filter }),
  ask: (question) => set({ question }),
  setAddingAccount: (addingAccount) => set({ addingAccount }),
}));

/** What the list shows now; null where the place has no list. */
export function listingOf(state: Pick<WindowState, "place" | "filter">, look: Look): Listing | null {
  if (state.place.kind === "outbox") return null;
  const { place } = state;
  const source = sourceOf(place);
  const { by, reversed, grouping } = look;
  return {
    source,
    filter: state.filter,
    order: isBestFirst(place) ? newestFirst : { by, reversed },
    grouping,
  };
}

/** The engine sorts by the order of a listing first of all: only in this one the best matches do come first. */
const newestFirst: Listing["order"] = { by: "date", reversed: false };

/** A search whose best matches come first, whatever else is chosen for its list. */
export function isBestFirst(place: Place): boolean {
  return place.kind === "search" && isBest(place.query);
}

/** The same search in the order that is chosen for its list. */
export function leaveBestFirst(): void {
  const { place, search } = useWindow.getState();
  if (place.kind === "search") search(withBest(place.query, false));
}

function sourceOf(place: Exclude<Place, { kind: "outbox" }>): ListingSource {
  if (place.kind === "search") return { kind: "search", query: place.query };
  if (place.kind === "inboxes") return { kind: "inboxes", accounts: place.accounts };
  return place;
}

/** The same outside a component. */
export function listingNow(): Listing | null {
  const state = useWindow.getState();
  return listingOf(state, lookOf(useLooks.getState(), state.place));
}

/** Where one comes back to from what is asked next. A warning is over when it is answered, and so is the look at a link. */
export function here(): Question | null {
  const { question } = useWindow.getState();
  return question?.kind === "danger" || question?.kind === "link" ? question.back : question;
}
