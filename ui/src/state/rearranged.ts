// Conversations have become others under the selection: the rows are chosen that its letters have now.
import { backend } from "../ipc";
import type { Listing, RowView } from "../ipc/backend";
import { isLetterWindow } from "./letterWindow";
import { rowOf } from "./loneRow";
import { keyOf, nameOfListing, positionOf } from "./rows";
import { seen, seenAs } from "./seen";
import { chosenRows, holding, putAwayFor, useSelection } from "./selection";
import { listingNow } from "./window";

/** So many rows are looked for again, and as many letters of each. */
const ROWS = 20;
const LETTERS = 200;

/**
 * The conversations are chosen that these letters are in, as the list that is shown has them. What the person has chosen since
 * then stays: `choices` is how often they had before.
 */
export async function chooseConversationsOf(emails: readonly string[], choices: number): Promise<void> {
  const listing = listingNow();
  const letters = await backend().letters([...emails]);
  const single = listing?.grouping === "messages";
  const keys = [...new Set(letters.map((letter) => (single ? letter.id : letter.thread)))].slice(0, ROWS);
  const found: Found[] = [];
  for (const key of keys) found.push(...(listing === null ? [] : await find(listing, key)));
  if (isElsewhere(listing) || hasChosenSince(choices)) return;
  const [first] = found;
  if (first !== undefined) return stand(found, first);
  const [letter] = letters;
  if (letter === undefined || !isLetterWindow()) return putAwayFor();
  // A letter in a window of its own may be in no list.
  const row = await rowOf(letter.thread, single ? letter.id : null);
  if (row !== null && !isElsewhere(listing) && !hasChosenSince(choices))
    useSelection.setState(holding([[keyOf(row), row]]));
}

/** What is chosen may be another conversation now, since something was taken back. */
export async function chooseAgain(): Promise<void> {
  const rows = chosenRows();
  const { choices } = useSelection.getState();
  if (rows.length === 0 || rows.length > ROWS) return;
  const emails = rows.flatMap((row) => row.emails.slice(0, LETTERS));
  const threads = new Map((await backend().letters(emails)).map((letter) => [letter.id, letter.thread]));
  const isOther = (row: RowView) =>
    row.emails.some((email) => (threads.get(email) ?? row.thread) !== row.thread);
  if (!rows.some(isOther)) return;
  if (listingNow()?.grouping === "messages") return tellThreads(threads);
  await chooseConversationsOf(emails, choices);
}

/** Letters that have rows of their own stay chosen, as letters of other conversations. */
export function tellThreads(threads: ReadonlyMap<string, string>): void {
  useSelection.setState(({ chosen }) => ({
    chosen: new Map(
      [...chosen].map(([key, row]) => [
        key,
        seenAs(row, { ...row, thread: threads.get(row.email) ?? row.thread }),
      ]),
    ),
  }));
}

/**
 * Letters that are chosen are others by now, as `newest` says: those are chosen in their place. Nobody chooses anything by
 * that, and the cursor goes along.
 */
export async function followRenamed(newest: (email: string) => string): Promise<void> {
  const listing = listingNow();
  if (listing === null) return;
  for (const [key, row] of useSelection.getState().chosen) {
    const others = row.emails.map(newest).filter((email) => !row.emails.includes(email));
    if (others.length === 0) continue;
    const [letter] = await backend().letters(others.slice(0, LETTERS));
    if (letter === undefined) continue;
    const [found] = await find(listing, listing.grouping === "messages" ? letter.id : letter.thread);
    if (found !== undefined && !isElsewhere(listing)) putInPlaceOf(key, found);
  }
}

function putInPlaceOf(before: string, { key, index, row }: Found): void {
  useSelection.setState((state) => {
    if (!state.chosen.has(before)) return state;
    const chosen = new Map(
      [...state.chosen].map((each) => (each[0] === before ? ([key, row] as const) : each)),
    );
    if (state.cursor === null) return { chosen };
    // Where its row has left already, the cursor waits beside the place.
    const wasOn = state.cursor.key === before || (state.cursor.before === true && chosen.size === 1);
    if (!wasOn) return { chosen };
    const anchor = state.anchor === state.cursor.index ? index : state.anchor;
    return { chosen, cursor: { index, key }, anchor };
  });
}

interface Found {
  key: string;
  index: number;
  row: RowView;
}

/** The row as it is now, whatever of the list is loaded. */
async function find(listing: Listing, key: string): Promise<Found[]> {
  const index = await positionOf(listing, key).catch(() => null);
  if (index === null) return [];
  const [row] = (await seen(() => backend().page(listing, index, 1))).rows;
  return row === undefined || keyOf(row, listing.grouping) !== key ? [] : [{ key, index, row }];
}

/** The cursor stays where it is if that is chosen. */
function stand(found: Found[], first: Found): void {
  useSelection.setState((state) => {
    const stays = found.find(({ key }) => key === state.cursor?.key);
    const { key, index } = stays ?? first;
    return {
      ...holding(found.map((each) => [each.key, each.row])),
      cursor: { index, key },
      anchor: index,
      moves: stays === undefined ? state.moves + 1 : state.moves,
    };
  });
}

function hasChosenSince(choices: number): boolean {
  return useSelection.getState().choices !== choices;
}

/** Whether another list is shown by now, which has its own selection. */
function isElsewhere(listing: Listing | null): boolean {
  const now = listingNow();
  return (now === null ? null : nameOfListing(now)) !== (listing === null ? null : nameOfListing(listing));
}
