// Where the cursor goes when rows of its list have left their places. One rule: on goes the row that stands now in the place
// of the first that left. What was sent away is followed by it; what was only read, or lost its star, stays open, and the
// cursor stands before that row, so that the next step opens it. Asks where rows are now, and changes nothing.
import type { Listing } from "../ipc/backend";
import type { Standing } from "./rows";
import type { Selection } from "./selection";

/** Where a row stands by now, by what it is known by; null: the list does not have it. */
export type Find = (key: string) => Promise<number | null>;

export interface Place {
  index: number;
  /** Of the row that stands there now, where that is known. */
  key: string | null;
}

export type Succession =
  | { to: "on" | "before"; place: Place }
  /** What was sent away has gone, and this is what one goes on with; `above` is where one goes on upwards, if that is not the row above. */
  | { to: "next"; place: Place; above?: number }
  | null;

/** So many neighbours are asked for, which may have left too. */
const NEIGHBOURS = 8;

/** Whether a row that the list has still is one of letters that are in other folders than before. */
export type IsElsewhere = (key: string) => boolean;

/** `rows`: as they stood until now, as far as they are here, from the top down. */
export async function successionOf(
  listing: Listing,
  was: Pick<Selection, "chosen" | "cursor" | "anchor" | "leaving">,
  rows: readonly Standing[],
  find: Find,
  isElsewhere: IsElsewhere = () => false,
): Promise<Succession> {
  const { cursor, chosen, leaving } = was;
  if (cursor === null) return null;
  if (leaving !== null) {
    const place = await placeOfThose(leaving, was, rows, find);
    if (place !== null) return { to: "next", place };
    const beside = await placeBeside(leaving, rows, find, isElsewhere);
    if (beside !== null) return beside;
  }
  const open = chosen.size === 1 ? ([...chosen.keys()][0] ?? null) : null;
  if (cursor.before === true) {
    const place = await placeBefore(cursor.key, rows, find);
    // What left is back where it was.
    const back = open === null ? null : await find(open);
    return back !== null && back === place.index - 1
      ? { to: "on", place: { index: back, key: open } }
      : { to: "before", place };
  }
  const { key } = cursor;
  if (key === null) return null;
  const index = await find(key);
  const left = new Set([...chosen.keys(), key]);
  if (index !== null) {
    const stays = !isByMarks(listing) || !chosen.has(key) || !(await hasMoved(rows, key, index, left, find));
    if (stays) return { to: "on", place: { index, key } };
  }
  const place = await placeOf(rows, left, find);
  return { to: "before", place: place ?? { index: cursor.index, key: null } };
}

/** Whether reading a letter, or giving it a star, moves its row. */
export function isByMarks({ order }: Listing): boolean {
  return order.by === "unread" || order.by === "starred";
}

/** The place of what was sent away; null while it is still there. */
async function placeOfThose(
  leaving: ReadonlySet<string>,
  { cursor, anchor }: Pick<Selection, "cursor" | "anchor">,
  rows: readonly Standing[],
  find: Find,
): Promise<Place | null> {
  const standing = rows.filter(({ key }) => leaving.has(key));
  const known = standing.length > 0 ? standing.map(({ key }) => key) : [...leaving];
  let isGone = false;
  for (const key of known.slice(0, NEIGHBOURS)) isGone ||= (await find(key)) === null;
  if (!isGone || cursor === null) return null;
  // It had left its place before it was sent away.
  if (cursor.before === true) return placeBefore(cursor.key, rows, find);
  const top = Math.min(cursor.index, anchor ?? cursor.index);
  const first = standing[0]?.index ?? top;
  // Of a long range the beginning may not be here any more.
  const isHere = top >= first || rows.some(({ index }) => index === top);
  const place = isHere && standing.length > 0 ? await placeOf(rows, leaving, find) : null;
  return place ?? { index: Math.min(first, top), key: null };
}

/**
 * What one goes on with where the list shows letters wherever they are, as a search does: what was sent away stands in it still, at its
 * new place. Null: it has not been sent away yet, or nobody knows what stands beside it.
 */
async function placeBeside(
  leaving: ReadonlySet<string>,
  rows: readonly Standing[],
  find: Find,
  isElsewhere: IsElsewhere,
): Promise<Succession> {
  const at = rows.findIndex(({ key }) => leaving.has(key));
  const first = rows[at];
  if (first === undefined || !isElsewhere(first.key)) return null;
  const top = await find(first.key);
  if (top === null) return null;
  const above = Math.max(0, top - 1);
  const below = await neighbour(rows, at, 1, leaving, find);
  return { to: "next", place: below ?? { index: above, key: null }, above };
}

/** Where the row is that the cursor stands before; without one it stands behind the last. */
async function placeBefore(key: string | null, rows: readonly Standing[], find: Find): Promise<Place> {
  const behind = { index: Infinity, key: null };
  if (key === null) return behind;
  const index = await find(key);
  if (index !== null) return { index, key };
  return (await placeOf(rows, new Set([key]), find)) ?? behind;
}

/** The place of the first of these that stood here; null where none did. */
export async function placeOf(
  rows: readonly Standing[],
  left: ReadonlySet<string>,
  find: Find,
): Promise<Place | null> {
  const at = rows.findIndex(({ key }) => left.has(key));
  const first = rows[at];
  if (first === undefined) return null;
  const below = await neighbour(rows, at, 1, left, find);
  if (below !== null) return below;
  const above = await neighbour(rows, at, -1, left, find);
  return { index: above === null ? first.index : above.index + 1, key: null };
}

/** Whether a row that is still there stands elsewhere among those beside it. */
async function hasMoved(
  rows: readonly Standing[],
  key: string,
  index: number,
  left: ReadonlySet<string>,
  find: Find,
): Promise<boolean> {
  const at = rows.findIndex((row) => row.key === key);
  if (at < 0) return false;
  const below = await neighbour(rows, at, 1, left, find);
  if (below !== null && index > below.index) return true;
  const above = await neighbour(rows, at, -1, left, find);
  return above !== null && index < above.index;
}

/** The next row that has not left, where it is now. What lies beyond a gap of rows that are not here is no neighbour. */
async function neighbour(
  rows: readonly Standing[],
  at: number,
  step: 1 | -1,
  left: ReadonlySet<string>,
  find: Find,
): Promise<Place | null> {
  let asked = 0;
  for (let next = at + step; asked < NEIGHBOURS; next += step) {
    const row = rows[next];
    if (row === undefined || row.index !== (rows[next - step]?.index ?? 0) + step) return null;
    if (left.has(row.key)) continue;
    const index = await find(row.key);
    if (index !== null) return { index, key: row.key };
    asked += 1;
  }
  return null;
}
