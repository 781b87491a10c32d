// A search as it is typed. The first key after a rest asks at once; while its answer is awaited the newest query waits, and goes the
// moment the answer is here: so there is never more than one question, and none of them is drawn after a later one. What was shown
// stays until there is something else to show. Servers are asked when one rests (rested.ts).
import { lookOf, useLooks } from "./looks";
import { firstRowsOf } from "./rows";
import { asAsked } from "./searchPieces";
import { listingOf, useWindow, type Place } from "./window";

/** What takes longer is noticed, and then a list that waits is shown. In milliseconds. */
export const PATIENCE = 250;

/** What was typed while another question was under way; an earlier one that waited is not asked any more. */
let waiting: string | null = null;
let asking = false;
/** Where the person was who typed last, or where they were brought by that. */
let here: Place | null = null;
/** What was asked for before one stopped typing is not shown. */
let typing = 0;

/** Shows what a query finds that somebody is typing, soon. One that asks for nothing goes back at once. */
export function searchAsTyped(query: string): void {
  if (query.trim() === "") {
    stopTyping();
    useWindow.getState().search("");
    return;
  }
  waiting = query;
  here = useWindow.getState().place;
  if (!asking) void askAll();
}

/** Nothing is typed any more: what waits is not asked, and what is under way not shown. */
export function stopTyping(): void {
  waiting = null;
  typing += 1;
}

/** Whether typing has led there: what stands in the field is that, or more. */
export function isAsTyped(place: Place): boolean {
  return place === here;
}

async function askAll(): Promise<void> {
  asking = true;
  while (waiting !== null) {
    const query = waiting;
    waiting = null;
    await ask(query);
  }
  asking = false;
}

/** Ends with the answer, whatever it is: a failure is told by the list, which asks for the same. */
async function ask(query: string): Promise<void> {
  const { place, filter } = useWindow.getState();
  // Whoever went elsewhere after the last key stays there; an operator that still wants its value asks for nothing more.
  if (place !== here || (place.kind === "search" && place.query === asAsked(query))) return;
  const found: Place = { kind: "search", query: asAsked(query) };
  const listing = listingOf({ place: found, filter }, lookOf(useLooks.getState(), found));
  if (listing === null) return;
  const mine = typing;
  const show = (prepare: () => void) => {
    if (mine !== typing || useWindow.getState().place !== place) return;
    prepare();
    useWindow.getState().search(query);
    here = useWindow.getState().place;
  };
  const timer = setTimeout(show, PATIENCE, nothing);
  await firstRowsOf(listing).then(show, () => show(nothing));
  clearTimeout(timer);
}

const nothing = () => undefined;
