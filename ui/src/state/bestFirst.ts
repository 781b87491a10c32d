// "The best matches first", as it stands in a query. It asks nothing of a letter, and so it counts wherever it stands, in parentheses
// and beside an OR too, as the engine takes it (crates/store/src/search/query.rs). The chip in the field, the button above the results
// and the order in the head of the list all ask here, and cannot disagree.
import { withoutLoneOr } from "./search";
import { cut, plainly, type Piece } from "./searchPieces";
import { without } from "./searchWithout";

const BEST = "sort:best";

const says = ({ kind, text }: Piece) => kind === "words" && /^-?sort:(?:best|"\s*best\s*")$/iu.test(text);

export function isBest(query: string): boolean {
  return plainly(cut(query)).some(says);
}

/** The query with its best matches first, or in the order that is chosen for its list. */
export function withBest(query: string, wanted: boolean): string {
  const rest = withoutLoneOr(without(query.trimStart(), says));
  return wanted ? `${BEST} ${rest}` : rest;
}
