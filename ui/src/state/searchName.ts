// What a search is called that the person keeps. Not here: what one is called that nobody keeps, which depends on where it is said.
import type { SavedSearchView } from "../ipc/backend";

/** What it is kept under; undefined where it is not kept, or no longer. */
export function keptName(
  { saved }: { query: string; saved?: string },
  searches: readonly SavedSearchView[],
): string | undefined {
  return searches.find(({ id }) => id === saved)?.name;
}
