// Going to a place of the folder pane. Its first rows are asked for when the press on it begins, and the place is shown when they are
// here, so that its list is drawn once and with its rows; its row in the folder pane is marked at once. Whoever presses something else
// meanwhile, or a key, is there already. Not here: what a place shows (window.ts), and searches that are typed (searchAsTyped.ts).
import { useSyncExternalStore } from "react";
import { create } from "zustand";
import { groupKey, mailboxKey, searchKey } from "./drag";
import { lookOf, useLooks } from "./looks";
import { areRowsHere, askForRowsOf, firstRowsOf } from "./rows";
import { listingOf, noFilter, useWindow, type Place } from "./window";

/** What takes longer is noticed, and then a list that waits is shown. In milliseconds. */
export const PATIENCE = 100;

/** Where the person is about to be, as soon as its rows are here; null while they are where they go. */
const useAhead = create<{ place: Place | null }>(() => ({ place: null }));

const nothing = () => undefined;

/** Shows the place that waits, if one does. */
let arrive: () => void = nothing;

/** What the row of a place is known by; null for one that has none. */
export function keyOfPlace(place: Place): string | null {
  if (place.kind === "mailbox") return mailboxKey(place.mailbox);
  if (place.kind === "search") return "saved" in place ? searchKey(place.saved) : null;
  if (place.kind === "inboxes") return "group" in place ? groupKey(place.group) : null;
  return `place:${place.kind}`;
}

/** A press has begun on this place, and ends in about a tenth of a second. */
export function askForPlace(place: Place): void {
  const listing = listingOf({ place, filter: noFilter }, lookOf(useLooks.getState(), place));
  if (listing !== null) askForRowsOf(listing);
}

/** Goes there, as soon as there is something to show. */
export function goTo(place: Place): void {
  arrive();
  const listing = listingOf({ place, filter: noFilter }, lookOf(useLooks.getState(), place));
  if (listing === null || areRowsHere(listing)) {
    useWindow.getState().go(place);
    return;
  }
  const from = useWindow.getState().place;
  const show = (prepare: () => void) => {
    if (useAhead.getState().place !== place) return;
    clearTimeout(timer);
    removeEventListener("keydown", now, true);
    removeEventListener("pointerdown", now, true);
    arrive = nothing;
    // Whoever was brought elsewhere meanwhile stays there.
    if (useWindow.getState().place === from) {
      prepare();
      useWindow.getState().go(place);
    }
    useAhead.setState({ place: null });
  };
  const now = () => show(nothing);
  const timer = setTimeout(now, PATIENCE);
  arrive = now;
  addEventListener("keydown", now, true);
  addEventListener("pointerdown", now, true);
  useAhead.setState({ place });
  // A failure is told by the list, which asks for the same.
  void firstRowsOf(listing).then(show, now);
}

/** The row of the place where the person is, or is about to be. Told when it is another one, and not when they are there. */
export function useRowThere(): string | null {
  return useSyncExternalStore(follow, rowThere);
}

const rowThere = () => keyOfPlace(useAhead.getState().place ?? useWindow.getState().place);

function follow(listener: () => void): () => void {
  const ends = [useAhead.subscribe(listener), useWindow.subscribe(listener)];
  return () => ends.forEach((end) => end());
}
