// Letters in Drafts that gave their place to a newer version: whoever had chosen one has chosen the other. A list may show the
// old one for a moment yet, so that it is chosen after it was told; it is looked for again when the list is fresh.
import { followRenamed } from "./rearranged";

/** What became of each, as long as the window is open. */
const newer = new Map<string, string>();

export function noteRefiled(before: string, now: string): void {
  newer.set(before, now);
  void followRefiled();
}

/** The letter that it is by now. */
export function newestOf(email: string): string {
  const next = newer.get(email);
  return next === undefined ? email : newestOf(next);
}

/** What is chosen is chosen as what it is by now. */
export async function followRefiled(): Promise<void> {
  if (newer.size > 0) await followRenamed(newestOf).catch(() => undefined);
}
