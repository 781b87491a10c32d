// How the list that is shown looks: what its rows are, what sorts and narrows them, how closely they stand.
import type { LetterView, Listing, RowView } from "../ipc/backend";
import { meantNow } from "../state/aside";
import { client } from "../state/client";
import { changeLook, lookEverywhere, lookOf, useLooks, type Look, type OrderBy } from "../state/looks";
import { keys } from "../state/queries";
import { keyOf, nameOfListing, rowNow } from "../state/rows";
import { chooseConversationsOf } from "../state/rearranged";
import {
  chooseNothing,
  holdCursor,
  holding,
  openRow,
  rowOfCursor,
  standAnew,
  useSelection,
} from "../state/selection";
import { toast } from "../state/toasts";
import { isBestFirst, leaveBestFirst, listingNow, noFilter, useWindow } from "../state/window";
import { say } from "../words";
import { hooks } from "./commands";

const placeNow = () => useWindow.getState().place;
export const lookNow = () => lookOf(useLooks.getState(), placeNow());

/**
 * Another list stands where this one was: its rows are others, or stand elsewhere, or are drawn otherwise. The cursor goes
 * along, and so does the focus of whoever is in the list.
 */
function replaceList(change: () => void): void {
  const listed = () => {
    const listing = listingNow();
    return listing === null ? "" : nameOfListing(listing);
  };
  const before = listed();
  const isThere = hooks.hasListFocus();
  const top = hooks.topOfCursor();
  change();
  if (listed() !== before) void standAnew(top);
  else if (top !== null) holdCursor(top);
  // The other list is there in a moment.
  if (isThere) setTimeout(() => hooks.focusList(), 0);
}

function another(change: Partial<Look>): void {
  const { grouping } = change;
  const open = grouping === undefined ? null : openRow(useSelection.getState());
  const waits = grouping === undefined || open !== null ? undefined : rowWaitedOn();
  replaceList(() => {
    changeLook(placeNow(), change);
    if (grouping === undefined) return;
    chooseAsRowOf(open, grouping);
    if (waits !== undefined) useSelection.setState({ cursor: { index: 0, key: keyOf(waits, grouping) } });
  });
  // Its newest letter, or the conversation of the letter, is a row of the other list.
  if (open !== null) {
    const { choices } = useSelection.getState();
    void chooseConversationsOf([open.email], choices).catch(() => undefined);
  }
}

/** The row of the cursor, where none is open or several are chosen. */
function rowWaitedOn(): RowView | undefined {
  const at = rowOfCursor(useSelection.getState());
  return at === null ? undefined : rowNow(at);
}

/** What is open stays open, and is at once what a row of such a list stands for: a key that comes next means that. */
function chooseAsRowOf(open: RowView | null, grouping: Look["grouping"]): void {
  if (open === null) return chooseNothing();
  const all = client.getQueryData<LetterView[]>(keys.conversation(open.thread));
  const meant = all === undefined ? open.emails : meantNow(all, null).map(({ id }) => id);
  const conversation = meant.length === 0 ? open.emails : meant.toReversed();
  const row = { ...open, emails: grouping === "messages" ? [open.email] : conversation };
  useSelection.setState({
    ...holding([[keyOf(row, grouping), row]]),
    cursor: null,
    anchor: null,
    leaving: null,
  });
}

export const look = (change: Partial<Look>) => another(change);

/** By this; by the same once more, the other way round. Where the best matches come first, nothing is sorted by anything yet. */
export function sortBy(by: OrderBy): void {
  const { by: before, reversed } = lookNow();
  if (isBestFirst(placeNow())) {
    replaceList(() => {
      leaveBestFirst();
      // A search for nothing else is over with it.
      if (placeNow().kind === "search") changeLook(placeNow(), { by, reversed: false });
    });
  } else another(by === before ? { reversed: !reversed } : { by, reversed: false });
}

/** The best matches cannot come last: from there it is the order that is chosen for the list. */
export function turnRound(): void {
  if (isBestFirst(placeNow())) replaceList(leaveBestFirst);
  else another({ reversed: !lookNow().reversed });
}

export function toggleGrouping(): void {
  another({ grouping: lookNow().grouping === "messages" ? "conversations" : "messages" });
}

export function toggleForm(): void {
  another({ form: lookNow().form === "table" ? "lines" : "table" });
}

export function everywhere(): void {
  lookEverywhere(placeNow());
  toast(say("list-everywhere-done"), { lasts: 3_000 });
}

/** A quick filter on or off. Several narrow the list together. */
export function toggleFilter(which: keyof Listing["filter"]): void {
  const { filter, setFilter } = useWindow.getState();
  replaceList(() => setFilter({ ...filter, [which]: !filter[which] }));
}

/** From a list in which the filters left nothing: all of it again. */
export function filterNothing(): void {
  replaceList(() => useWindow.getState().setFilter(noFilter));
  setTimeout(() => hooks.focusList(), 0);
}

/** To the letters of a day. */
export function askForDate(): void {
  if (placeNow().kind === "outbox") return;
  if (lookNow().by === "date" && !isBestFirst(placeNow())) useWindow.getState().ask({ kind: "date" });
  else toast(say("list-date-other"), { lasts: 6_000 });
}
