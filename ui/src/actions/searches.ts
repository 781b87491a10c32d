// Searches that are kept: saved, renamed, removed.
import type { SavedSearchView } from "../ipc/backend";
import { backend } from "../ipc";
import { toast } from "../state/toasts";
import { useWindow } from "../state/window";
import { say } from "../words";
import { attempt, sentenceOf } from "./attempt";

/** Keeps a search and goes there. Gives the sentence of a refusal. */
export async function saveSearch(name: string, query: string): Promise<string | null> {
  try {
    const saved = await backend().saveSearch(name, query);
    useWindow.getState().go({ kind: "search", query, saved });
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

/** Removed at once; Undo keeps it anew. */
export async function forgetSearch({ id, name, query }: SavedSearchView): Promise<void> {
  await attempt(async () => {
    await backend().removeSavedSearch(id);
    const { place, go } = useWindow.getState();
    if (place.kind === "search" && "saved" in place && place.saved === id) go({ kind: "allInboxes" });
    const back = async () => {
      await backend().saveSearch(name, query);
    };
    toast(say("search-forgotten", { name }), {
      action: { label: say("undo"), run: () => void attempt(back) },
    });
  });
}
