// Searches that are kept: saved, renamed, removed.
import type { SavedSearchView } from "../ipc/backend";
import { backend } from "../ipc";
import { reordered } from "../state/accounts";
import { ended } from "../state/searchPieces";
import { toast } from "../state/toasts";
import { useWindow } from "../state/window";
import { say } from "../words";
import { attempt, sentenceOf } from "./attempt";
import { hooks } from "./commands";

/** Keeps a search and goes there, to its list: the button that it was kept by is gone then. Gives the sentence of a refusal. */
export async function saveSearch(name: string, query: string): Promise<string | null> {
  try {
    const saved = await backend().saveSearch(name, query.trim());
    useWindow.getState().go({ kind: "search", query: ended(query), saved });
    // Behind the question, which closes with the answer.
    setTimeout(() => hooks.focusList(), 0);
    return null;
  } catch (failure) {
    return sentenceOf(failure);
  }
}

export async function renameSearch(search: SavedSearchView, name: string): Promise<string | null> {
  try {
    await backend().changeSavedSearch(search.id, name, search.query);
    return null;
  } catch (failure) {
    return sentenceOf(failure);
  }
}

/** A search goes to the place of another, or one up or down, and where it is now is said. */
export async function placeSearch(
  saved: SavedSearchView[],
  moved: string,
  to: string | 1 | -1,
): Promise<void> {
  const before = saved.map(({ id }) => id);
  const after = reordered(before, moved, to);
  const search = saved.find(({ id }) => id === moved);
  if (after === before || search === undefined) return;
  await attempt(async () => {
    await backend().orderSavedSearches(after);
    const place = String(after.indexOf(moved) + 1);
    toast(say("placed", { name: search.name, place, count: String(after.length) }));
  });
}

/** Removed at once; Undo keeps it anew, where it was. */
export async function forgetSearch({ id, name, query }: SavedSearchView): Promise<void> {
  await attempt(async () => {
    const before = (await backend().savedSearches()).map((search) => search.id);
    await backend().removeSavedSearch(id);
    const { place, kept, leaveSearches } = useWindow.getState();
    if (place.kind === "search" && "saved" in place && place.saved === id) leaveSearches();
    // A search that was typed over it leads back past it.
    else if (kept !== null && "saved" in kept && kept.saved === id) useWindow.setState({ kept: null });
    const back = async () => {
      const anew = await backend().saveSearch(name, query);
      await backend().orderSavedSearches(before.map((each) => (each === id ? anew : each)));
    };
    toast(say("search-forgotten", { name }), {
      action: { label: say("undo"), run: () => void attempt(back) },
    });
  });
}
