// What servers have found for the search that is shown, among letters whose text is not on this computer. They are asked
// when one has stopped typing.
import { create } from "zustand";
import type { FoundThereView } from "../ipc/backend";
import { backend } from "../ipc";
import { listingChanged } from "./pulse";

interface FoundThere {
  /** Without the space at its end, which says something of its last word to this computer alone. */
  query: string;
  asking: boolean;
  found: FoundThereView | null;
  /** Those of them whose text is not on this computer. */
  emails: ReadonlySet<string>;
}

const NOTHING: FoundThere = { query: "", asking: false, found: null, emails: new Set() };

export const useFoundThere = create<FoundThere>(() => NOTHING);

/** Asks once for each query that is looked at; once more where it is searched for again and not all could be asked. */
export async function askServers(typed: string): Promise<void> {
  const query = typed.trim();
  const { query: shown, asking, found } = useFoundThere.getState();
  if (shown === query && (asking || found?.failed.length === 0)) return;
  useFoundThere.setState({ ...NOTHING, query, asking: true });
  // Whoever cannot be asked is told with the answer; without one there is nothing to show, and nothing was asked.
  const answer = await backend()
    .searchOnServers(query)
    .catch(() => null);
  if (useFoundThere.getState().query !== query) return;
  useFoundThere.setState(
    answer === null ? NOTHING : { query, asking: false, found: answer, emails: new Set(answer.emails) },
  );
  if (answer !== null && answer.emails.length > 0) listingChanged();
}

/** The text of these letters is on this computer by now, whoever had it brought. */
export function cameHere(letters: readonly string[]): void {
  const { emails } = useFoundThere.getState();
  const left = new Set(emails);
  for (const letter of letters) left.delete(letter);
  if (left.size < emails.size) useFoundThere.setState({ emails: left });
}
