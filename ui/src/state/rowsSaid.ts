// How many rows are meant, in the words of the list that is shown: "3 conversations", or "3 letters" where each has a row of its own.
import { say } from "../words";
import { listingNow } from "./window";

export function rowsSaid(n: number): string {
  return say(`rows-${listingNow()?.grouping ?? "conversations"}`, { n });
}
