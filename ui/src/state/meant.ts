// What an action means: the chosen rows, or a choice that names its list (wide.ts).
import type { RowView } from "../ipc/backend";
import { fetchRange, keyOf, MOST, nameOfListing, totalNow } from "./rows";
import { chosenRows, endAt, useSelection } from "./selection";
import { sizeOf, type Changed, type End, type Meant, type Place, type Wide } from "./wide";
import { listingNow } from "./window";

/** What an action means. */
export function meantNow(): Meant {
  const { wide, chosen } = useSelection.getState();
  return wide ?? [...chosen.values()];
}

export function sizeOfMeant(meant: Meant): number {
  return Array.isArray(meant) ? meant.length : sizeOf(meant, totalNow() ?? 0);
}

/** The same choice again, after what was to be done to it was not. */
export function chooseWide(wide: Wide): void {
  const listing = listingNow();
  if (listing !== null && nameOfListing(listing) === wide.listing)
    useSelection.setState({ chosen: new Map(), wide });
}

/**
 * The list has other rows: the same choice in it as it is now, with what was taken from it or added meanwhile. Where an end of it is
 * not known any more nothing is chosen.
 */
export async function renewWide(before: Wide, changed: Changed | null): Promise<void> {
  const { first, last, gone } = changed ?? { first: null, last: null, gone: new Set<string>() };
  const named = async (place: Place | null) =>
    place === null || place.key !== null ? (place as End | null) : endAt(place.index);
  const [from, to] = await Promise.all([named(first), named(last)]);
  const { wide: now } = useSelection.getState();
  if (now === null || !isSameRange(now, before)) return;
  if (changed === null || from === undefined || to === undefined) {
    useSelection.setState({ wide: null });
    return;
  }
  const except = gone.size === 0 ? now.except : new Set([...now.except].filter((key) => !gone.has(key)));
  useSelection.setState({ wide: { ...now, first: from, last: to, except } });
}

/** Single rows that are taken from a range or added to it leave its ends what they are. */
function isSameRange(one: Wide, other: Wide): boolean {
  return one.listing === other.listing && one.first === other.first && one.last === other.last;
}

/** The chosen rows themselves, for what is done to each of them by name; null where there are too many. */
export async function rowsByName(most = MOST): Promise<RowView[] | null> {
  const { wide } = useSelection.getState();
  if (wide === null) return chosenRows();
  const first = wide.first?.index ?? 0;
  const last = wide.last?.index ?? (totalNow() ?? 0) - 1;
  if (last - first + 1 > most) return null;
  const rows = (await fetchRange(first, last)).filter((row) => !wide.except.has(keyOf(row)));
  return [...new Map([...rows, ...wide.also.values()].map((row) => [keyOf(row), row])).values()];
}
