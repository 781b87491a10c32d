// What servers have found for the search that is shown, among letters whose text is not on this computer. They are asked
// when one has stopped typing.
import { create } from "zustand";
import type { FoundThereView } from "../ipc/backend";
import { backend } from "../ipc";
import { listingChanged } from "./pulse";

interface FoundThere {
  query: string;
  asking: boolean;
  found: FoundThereView | null;
  emails: ReadonlySet<string>;
}

const NOTHING: FoundThere = { query: "", asking: false, found: null, emails: new Set() };

export const useFoundThere = create<FoundThere>(() => NOTHING);

/** Asks once for each query that is looked at. */
export async function askServers(query: string): Promise<void> {
  if (useFoundThere.getState().query === query) return;
  useFoundThere.setState({ ...NOTHING, query, asking: true });
  // Whoever cannot be asked is told with the answer; without one there is nothing to show.
  const found = await backend()
    .searchOnServers(query)
    .catch(() => null);
  if (useFoundThere.getState().query !== query) return;
  useFoundThere.setState({ asking: false, found, emails: new Set(found?.emails) });
  if (found !== null && found.emails.length > 0) listingChanged();
}

export function forgetServers(): void {
  useFoundThere.setState(NOTHING);
}
