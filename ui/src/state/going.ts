// Going to a place of the folder pane. Its first rows are asked for when the press on it begins, and the place is shown when they are
// here, so that its list is drawn once and with its rows; its row in the folder pane is marked at once. Whoever presses something else
// meanwhile, or a key, is there already. Not here: what a place shows (window.ts), and searches that are typed (searchAsTyped.ts).
import { groupKey, mailboxKey, searchKey } from "./drag";
import { lookOf, useLooks } from "./looks";
import { askForRowsOf, firstRowsOf } from "./rows";
import { listingOf, noFilter, useWindow, type Place } from "./window";

/** What takes longer is noticed, and then a list that waits is shown. In milliseconds. */
export const PATIENCE = 100;

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
  if (listing === null) {
    useWindow.getState().go(place);
    return;
  }
  const from = useWindow.getState().place;
  const show = (prepare: () => void) => {
    if (useWindow.getState().ahead !== place) return;
    clearTimeout(timer);
    removeEventListener("keydown", now, true);
    removeEventListener("pointerdown", now, true);
    arrive = nothing;
    // Whoever was brought elsewhere meanwhile stays there.
    if (useWindow.getState().place !== from) return useWindow.setState({ ahead: null });
    prepare();
    useWindow.getState().go(place);
  };
  const now = () => show(nothing);
  const timer = setTimeout(now, PATIENCE);
  arrive = now;
  addEventListener("keydown", now, true);
  addEventListener("pointerdown", now, true);
  useWindow.setState({ ahead: place });
  // A failure is told by the list, which asks for the same.
  void firstRowsOf(listing).then(show, now);
}

/** The row of the place where the person is, or is about to be; no other part of the place, which each key of a search changes. */
export function useRowThere(): string | null {
  return useWindow(({ place, ahead }) => keyOfPlace(ahead ?? place));
}
