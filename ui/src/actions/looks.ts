// How the list that is shown looks: what its rows are, what sorts and narrows them, how closely they stand.
import type { Listing } from "../ipc/backend";
import { changeLook, lookEverywhere, lookOf, useLooks, type Look, type OrderBy } from "../state/looks";
import { chooseNothing } from "../state/selection";
import { toast } from "../state/toasts";
import { useWindow } from "../state/window";
import { say } from "../words";

const placeNow = () => useWindow.getState().place;
export const lookNow = () => lookOf(useLooks.getState(), placeNow());

/** Rows are others then, or stand elsewhere. */
function another(change: Partial<Look>): void {
  if (change.grouping !== undefined) chooseNothing();
  changeLook(placeNow(), change);
}

export const look = (change: Partial<Look>) => another(change);

/** By this; by the same once more, the other way round. */
export function sortBy(by: OrderBy): void {
  const { by: before, reversed } = lookNow();
  another(by === before ? { reversed: !reversed } : { by, reversed: false });
}

export function turnRound(): void {
  another({ reversed: !lookNow().reversed });
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
  setFilter({ ...filter, [which]: !filter[which] });
}

/** To the letters of a day. */
export function askForDate(): void {
  if (placeNow().kind === "outbox") return;
  if (lookNow().by === "date") useWindow.getState().ask({ kind: "date" });
  else toast(say("list-date-other"), { lasts: 6_000 });
}
