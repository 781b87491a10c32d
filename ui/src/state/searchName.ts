// What a search is called that the person keeps. Not here: what one is called that nobody keeps, which depends on where it is said.
import type { SavedSearchView } from "../ipc/backend";
import { chipOf } from "./search";
import { cut, PAIRED, plainly } from "./searchPieces";

const QUOTES = new RegExp(`["${PAIRED}]`, "gu");

/** More does not fit among the folders. */
const LONGEST = 40;

/** What it may be called: what is looked for, without operators and what is not wanted. Empty where nothing is left. */
export function suggestedName(query: string): string {
  const said = plainly(cut(query)).flatMap(({ text, kind }) => {
    if (kind !== "words" || /^[-\uff0d]/u.test(text)) return [];
    const chip = chipOf(text);
    // What comes first says nothing of what is looked for.
    if (chip?.operator === "sort") return [];
    return [chip?.value ?? text.replace(QUOTES, "")];
  });
  const name = said.join(" ").trim();
  return name.length <= LONGEST ? name : `${name.slice(0, LONGEST).trimEnd()}…`;
}

/** What it is kept under; undefined where it is not kept, or no longer. */
export function keptName(
  { saved }: { query: string; saved?: string },
  searches: readonly SavedSearchView[],
): string | undefined {
  return searches.find(({ id }) => id === saved)?.name;
}
