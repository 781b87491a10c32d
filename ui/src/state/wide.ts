// A choice of more rows than are held one by one, up to a whole list of a million: it names the list, from one row to another,
// without some rows and with some beside them. The engine finds the letters when something is done to them (ADR 75). Pure: which
// list is shown, and what is chosen in it, is selection.ts's.
import type { Listing, ListedView, RowView } from "../ipc/backend";
import { keyOf, nameOfListing, type Standing } from "./rows";
import { placeOf, type Find } from "./succession";

/** Up to so many rows are held one by one, with all that is known of them. */
export const HELD = 1_000;

/** A row at which the choice ends, which belongs to it. */
export interface End {
  index: number;
  key: string;
}

/** Where an end is by now, while nobody knows yet which row that is. */
export type Place = Omit<End, "key"> & { key: string | null };

export interface Wide {
  /** Which list it is in, by its name; in another one nothing is chosen by it. */
  listing: string;
  /** Null: the beginning of the list, whatever comes there. */
  first: End | null;
  /** Null: the end of the list. */
  last: End | null;
  /** What the rows between the two are known by that are not chosen. */
  except: ReadonlySet<string>;
  /** Rows that are chosen beside them. */
  also: ReadonlyMap<string, RowView>;
}

/** What something is done to: rows that are held, or such a choice. */
export type Meant = RowView[] | Wide;

export function isWide(meant: Meant): meant is Wide {
  return !Array.isArray(meant);
}

export function between(listing: Listing, first: End | null, last: End | null): Wide {
  return { listing: nameOfListing(listing), first, last, except: new Set(), also: new Map() };
}

/** Whether a row is chosen by it. */
export function has(wide: Wide, index: number, key: string): boolean {
  if (wide.also.has(key)) return true;
  return isBetween(wide, index) && !wide.except.has(key);
}

function isBetween({ first, last }: Wide, index: number): boolean {
  return index >= (first?.index ?? 0) && index <= (last?.index ?? Infinity);
}

/** How many rows are chosen in a list that has so many. */
export function sizeOf({ first, last, except, also }: Wide, total: number): number {
  const end = last === null ? total : last.index + 1;
  return Math.max(0, end - (first?.index ?? 0) - except.size) + also.size;
}

/** With one row more, or one less. */
export function toggled(wide: Wide, row: RowView, index: number): Wide {
  const key = keyOf(row);
  return has(wide, index, key) ? without(wide, key) : withRow(wide, row, index);
}

function without(wide: Wide, key: string): Wide {
  const also = new Map(wide.also);
  return also.delete(key) ? { ...wide, also } : { ...wide, except: new Set([...wide.except, key]) };
}

/** With this row too. */
export function withRow(wide: Wide, row: RowView, index: number): Wide {
  const key = keyOf(row);
  if (has(wide, index, key)) return wide;
  if (!isBetween(wide, index)) return { ...wide, also: new Map([...wide.also, [key, row]]) };
  return { ...wide, except: new Set([...wide.except].filter((each) => each !== key)) };
}

/** As the engine is told. Without `newest` all letters of each row are meant. */
export function listedView(wide: Wide, newest = false): ListedView {
  return {
    listing: JSON.parse(wide.listing) as Listing,
    first: wide.first?.key ?? null,
    last: wide.last?.key ?? null,
    except: [...wide.except],
    also: [...wide.also.values()].flatMap((row) => (newest ? [row.email] : row.emails)),
    newest,
  };
}

/** Of so many rows that are not chosen it is asked whether the list has them still. */
const ASKED = 50;

/** Where the two ends are in the list as it is now, and which rows that are not chosen it has no more. */
export interface Changed {
  first: Place | null;
  last: Place | null;
  gone: ReadonlySet<string>;
}

/**
 * `rows`: as they stood until now, as far as they are here. An end that has left is beside its place, within the choice. Null: what
 * stood beside it is not here, and nobody knows any more where the choice ends: others may have left with it, above and below, so that
 * its number is that of a row which was never chosen.
 */
export async function changed(wide: Wide, rows: readonly Standing[], find: Find): Promise<Changed | null> {
  const gone = new Set<string>();
  for (const key of [...wide.except].slice(0, ASKED)) if ((await find(key)) === null) gone.add(key);
  const first = wide.first === null ? null : await placeNow(wide.first, 0, rows, find);
  const last = wide.last === null ? null : await placeNow(wide.last, 1, rows, find);
  return first === undefined || last === undefined ? null : { first, last, gone };
}

async function placeNow(
  end: End,
  before: 0 | 1,
  rows: readonly Standing[],
  find: Find,
): Promise<Place | undefined> {
  const index = await find(end.key);
  if (index !== null) return { index, key: end.key };
  const place = await placeOf(rows, new Set([end.key]), find);
  return place === null ? undefined : { index: Math.max(0, place.index - before), key: null };
}
