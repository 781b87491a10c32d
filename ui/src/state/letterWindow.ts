// Whether this page is a letter's own window, and what such a window is told of the list that it was opened from.
import type { Listing } from "../ipc/backend";
import type { Place } from "./window";

export interface FromList {
  place: Place;
  filter: Listing["filter"];
}

let own = false;

/** The page's address says it before anything is asked. */
export function isLetterWindow(): boolean {
  return own;
}

export function beLetterWindow(is: boolean): void {
  own = is;
}

/** Null where it makes no sense: the letter is shown without a list around it then. */
export function fromListOf(kept: string): FromList | null {
  try {
    const found: unknown = JSON.parse(kept);
    if (typeof found !== "object" || found === null) return null;
    const { place, filter } = found as Partial<FromList>;
    return typeof place?.kind === "string" && typeof filter?.unread === "boolean" ? { place, filter } : null;
  } catch {
    return null;
  }
}
