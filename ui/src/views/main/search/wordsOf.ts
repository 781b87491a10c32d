// How a chip is written: "from: Amara", and "not from: Amara" where it has a minus.
import type { Chip } from "../../../state/search";
import { say } from "../../../words";

export function wordsOf({ operator, value, negative }: Chip): string {
  return say(negative ? "search-chip-not" : "search-chip", { operator, value });
}
