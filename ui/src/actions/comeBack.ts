// Where one stood in a list when a search was begun in it. Whoever leaves the search comes back to that row, which has the cursor and
// stands where it stood; what was open there is opened by the next key and not by this, as in every list that one comes to.
import { useSelection, waitOn } from "../state/selection";
import type { Place } from "../state/window";
import { hooks } from "./commands";

interface Stood {
  place: Place;
  key: string;
  /** How far below the top of the list, in pixels; null where it was not seen. */
  top: number | null;
}

let stood: Stood | null = null;

/** Another place is about to be shown; what is chosen is still that of the place before. Gives what is to be done once it is. */
export function leavePlace(before: Place, now: Place): () => void {
  if (before.kind !== "search") stood = now.kind === "search" ? standing(before) : null;
  const back = stood;
  if (before.kind !== "search" || back === null || !isSame(back.place, now)) return () => undefined;
  return () => void waitOn(back.key, back.top).catch(() => undefined);
}

const isSame = (one: Place, other: Place) => JSON.stringify(one) === JSON.stringify(other);

function standing(place: Place): Stood | null {
  const { cursor, chosen } = useSelection.getState();
  const key = cursor?.key ?? (chosen.size === 1 ? [...chosen.keys()][0] : undefined);
  return key === undefined ? null : { place, key, top: hooks.topOfCursor() };
}
