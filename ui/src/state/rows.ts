// The rows of the list, asked for by the page and only where someone looks. Each answer belongs to an edition: when
// mail arrives, the next edition is fetched for the rows in view and then shown at once, so that nothing jumps.
import { useQueries } from "@tanstack/react-query";
import { useEffect } from "react";
import { create } from "zustand";
import type { Listing, PageView, RowView } from "../ipc/backend";
import { backend } from "../ipc";
import { client } from "./client";
import { lookOf, useLooks } from "./looks";
import { beatsUntilNow, listingChanged } from "./pulse";
import { seen } from "./seen";
import { listingNow, useWindow } from "./window";

export const PAGE = 100;
/** When a list is asked for again of which only the beginning has come: soon, and then less and less often. */
const MORE = [250, 500, 1_000, 2_000, 4_000];
/** Which list that is, and how often it was asked for again. */
let waiting = { listing: "", times: 0 };

/** In how many milliseconds a list is asked for again whose answer is not whole. */
export function nextAsking(listing: string): number {
  const times = waiting.listing === listing ? waiting.times : 0;
  waiting = { listing, times: times + 1 };
  return MORE[Math.min(times, MORE.length - 1)] ?? 4_000;
}

/** A list has come whole: its next change is followed at once again. */
export function askedWhole(listing: string): void {
  if (waiting.listing === listing) waiting = { listing: "", times: 0 };
}
/** A selection over more rows than this would be too much to hold; it is cut, and the person is told. */
export const MOST = 10_000;

interface Edition {
  number: number;
  /** Whose count this is, and how many rows it has. */
  listing: string;
  total: number | null;
  /** How often rows were said to have changed before these were asked for: of later changes they may know nothing. */
  asOf: number;
}

export const useEdition = create<Edition>(() => ({ number: 0, listing: "", total: null, asOf: 0 }));

/** A change was told of that the shown rows may not have. */
export function isBehind(): boolean {
  return useEdition.getState().asOf < beatsUntilNow();
}

let latest = 0;

/** A number that no rows were asked for with, whether they were shown or not. */
function nextEdition(): number {
  latest = Math.max(latest, useEdition.getState().number) + 1;
  return latest;
}

export function nameOfListing(listing: Listing): string {
  return JSON.stringify(listing);
}

function pageQuery(listing: Listing, edition: number, page: number) {
  return {
    queryKey: ["rows", nameOfListing(listing), edition, page] as const,
    queryFn: async (): Promise<PageView> => {
      const answer = await seen(() => backend().page(listing, page * PAGE, PAGE));
      // The rest is being gathered: in a moment all of it can be asked for.
      if (answer.more) setTimeout(listingChanged, nextAsking(nameOfListing(listing)));
      else if (page === 0) askedWhole(nameOfListing(listing));
      return answer;
    },
    gcTime: 30_000,
  };
}

// How long a list is, is noted with the rows that say it, and not before them: or else the list would be drawn once more, as long
// as it is and without rows.
client.getQueryCache().subscribe((event) => {
  if (event.type !== "updated" || event.action.type !== "success") return;
  const [kind, listing, edition] = event.query.queryKey as readonly unknown[];
  if (kind !== "rows" || edition !== useEdition.getState().number) return;
  const current = listingNow();
  if (current === null || nameOfListing(current) !== listing) return;
  const { total } = event.query.state.data as PageView;
  useEdition.setState({ listing, total });
});

/** Asks for the first rows of the list that is shown, or is about to be. */
export function askForFirstRows(): void {
  const listing = listingNow();
  if (listing === null) return;
  // Nobody was there to follow the last change, or goes before he has: what is here of this list may be older.
  if (isBehind())
    useEdition.setState({ number: nextEdition(), listing: "", total: null, asOf: beatsUntilNow() });
  // Rows that are here already say now how many there are, and are not told of again.
  const edition = useEdition.getState();
  const name = nameOfListing(listing);
  const total = edition.listing === name ? null : knownTotal(name, edition.number);
  if (total !== null) useEdition.setState({ listing: name, total });
  void client.query(pageQuery(listing, useEdition.getState().number, 0)).catch(() => undefined);
}

/** Whether the first rows of a list are here, as of now. */
export function areRowsHere(listing: Listing): boolean {
  const { queryKey } = pageQuery(listing, useEdition.getState().number, 0);
  return !isBehind() && client.getQueryData<PageView>(queryKey) !== undefined;
}

/** Asks for the first rows of a list that somebody may be about to go to. */
export function askForRowsOf(listing: Listing): void {
  // Those of an older edition would be asked for once more.
  if (isBehind()) return;
  void client.query(pageQuery(listing, useEdition.getState().number, 0)).catch(() => undefined);
}

/** Asks for the first rows of a list that is about to be shown. What it gives is to be called right before it is. */
export async function firstRowsOf(listing: Listing): Promise<() => void> {
  // Asked for as of now, they know of the last change, which the list that is shown may not have followed yet.
  if (isBehind()) return (await prepareEdition(listing, 0, 0)).show;
  await client.query(pageQuery(listing, useEdition.getState().number, 0));
  return () => undefined;
}

/** How many rows a list has; null while nobody knows. */
export function useTotal(listing: Listing): number | null {
  const name = nameOfListing(listing);
  const noted = useEdition((state) => (state.listing === name ? state.total : null));
  const edition = useEdition((state) => state.number);
  return noted ?? knownTotal(name, edition);
}

/** The same once all of them are gathered; null before. */
export function useGathered(listing: Listing): number | null {
  const total = useTotal(listing);
  const edition = useEdition((state) => state.number);
  const pages = client.getQueriesData<PageView>({ queryKey: ["rows", nameOfListing(listing), edition] });
  return pages.some(([, page]) => page?.more === true) ? null : total;
}

/** As its rows say that are here. */
function knownTotal(name: string, edition: number): number | null {
  const pages = client.getQueriesData<PageView>({ queryKey: ["rows", name, edition] });
  return pages.find(([, page]) => page !== undefined)?.[1]?.total ?? null;
}

export interface Rows {
  /** Null until the first answer. */
  total: number | null;
  row: (index: number) => RowView | undefined;
  failure: unknown;
  retry: () => void;
}

/** The rows of a listing around what is seen. */
export function useRows(listing: Listing, first: number, last: number): Rows {
  const edition = useEdition((state) => state.number);
  const total = useTotal(listing);
  const from = Math.floor(first / PAGE);
  const pages = Array.from({ length: Math.floor(last / PAGE) - from + 1 }, (_, at) => from + at);
  const answers = useQueries({ queries: pages.map((page) => pageQuery(listing, edition, page)) });
  // The pages on either side are there before someone scrolls to them; of a list that is still being gathered they would
  // have to wait for all of it.
  const gathering = answers.some((answer) => answer.data?.more === true);
  const end = total === null || gathering ? last : total - 1;
  // After a leap they wait for what is seen, which would otherwise come among them.
  const isHere = answers.every((answer) => answer.data !== undefined);
  useEffect(() => {
    if (!isHere) return;
    for (const page of [from - 1, Math.floor(last / PAGE) + 1])
      if (page >= 0 && page * PAGE <= end)
        void client.query(pageQuery(listing, edition, page)).catch(() => undefined);
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [nameOfListing(listing), edition, from, Math.floor(last / PAGE), end, isHere]);
  return {
    total,
    row: (index) => answers[Math.floor(index / PAGE) - from]?.data?.rows[index % PAGE],
    failure: answers.find((answer) => answer.error !== null)?.error ?? null,
    retry: () => answers.forEach((answer) => void (answer.error !== null && answer.refetch())),
  };
}

/** What a row is known by while others come and go: its conversation, or its letter where each has a row of its own. */
export function keyOf(row: RowView, grouping = listingNow()?.grouping): string {
  return grouping === "messages" ? row.email : row.thread;
}

/** Where the row stands that is known by this. */
export function positionOf(listing: Listing, key: string): Promise<number | null> {
  return listing.grouping === "messages"
    ? backend().position(listing, "", key)
    : backend().position(listing, key, null);
}

/**
 * How many rows the list has that is shown now; null while nobody knows. The edition's count may be another listing's:
 * one that is shown again has its pages still and asks for none.
 */
export function totalNow(): number | null {
  const listing = listingNow();
  if (listing === null) return null;
  const edition = useEdition.getState();
  if (edition.listing === nameOfListing(listing)) return edition.total;
  return knownTotal(nameOfListing(listing), edition.number);
}

/** The same as soon as somebody knows; null where another list is shown by then, or none. */
export async function totalHere(): Promise<number | null> {
  const listing = listingNow();
  if (listing === null) return null;
  if (totalNow() === null) await fetchRow(0).catch(() => undefined);
  const now = listingNow();
  return now !== null && nameOfListing(now) === nameOfListing(listing) ? totalNow() : null;
}

/** Whether it is known that the list that is shown has no rows, so that there is nothing to choose. */
export function useNothingListed(): boolean {
  useWindow();
  useLooks();
  useEdition();
  return totalNow() === 0;
}

/** What the rows of the shown list are. */
export function useGrouping(): Listing["grouping"] {
  const place = useWindow((state) => state.place);
  return useLooks((state) => lookOf(state, place).grouping);
}

/** A row that is here already. */
export function rowNow(index: number): RowView | undefined {
  const listing = listingNow();
  if (listing === null) return undefined;
  const { queryKey } = pageQuery(listing, useEdition.getState().number, Math.floor(index / PAGE));
  return client.getQueryData<PageView>(queryKey)?.rows[index % PAGE];
}

/** A row, fetched when it is not here. */
export async function fetchRow(index: number): Promise<RowView | undefined> {
  const listing = listingNow();
  if (listing === null || index < 0) return undefined;
  const answer = await client.query(
    pageQuery(listing, useEdition.getState().number, Math.floor(index / PAGE)),
  );
  return answer.rows[index % PAGE];
}

/** The rows from one to another, both included, at most MOST of them counted from `first`. */
export async function fetchRange(first: number, last: number): Promise<RowView[]> {
  const listing = listingNow();
  if (listing === null) return [];
  const length = Math.min(MOST, last - first + 1);
  const here = Array.from({ length }, (_, at) => rowNow(first + at));
  if (here.every((row) => row !== undefined)) return here;
  return (await seen(() => backend().page(listing, first, length))).rows;
}

/** A row in its place, by what it is known by. */
export interface Standing {
  index: number;
  key: string;
}

/** All rows of a list that are here, from the top down. */
export function rowsHere(listing: Listing, edition = useEdition.getState().number): Standing[] {
  const pages = client.getQueriesData<PageView>({ queryKey: ["rows", nameOfListing(listing), edition] });
  return pages
    .flatMap(([queryKey, answer]) => {
      const first = Number(queryKey[3]) * PAGE;
      return (answer?.rows ?? []).map((row, at) => ({
        index: first + at,
        key: keyOf(row, listing.grouping),
      }));
    })
    .sort((one, other) => one.index - other.index);
}

export interface NextEdition {
  /** Its rows that are here. */
  rows: Standing[];
  row: (index: number) => RowView | undefined;
  /** Makes it the shown one, and tells how many rows it has. */
  show: () => number;
}

/** Fetches the next edition of the rows from `first` to `last`. */
export async function prepareEdition(listing: Listing, first: number, last: number): Promise<NextEdition> {
  const next = nextEdition();
  const asOf = beatsUntilNow();
  const pages: number[] = [];
  for (let page = Math.max(0, Math.floor(first / PAGE)); page <= Math.floor(last / PAGE); page++)
    pages.push(page);
  const answers = await Promise.all(pages.map((page) => client.query(pageQuery(listing, next, page))));
  const total = answers[0]?.total ?? 0;
  const show = () => {
    const before = useEdition.getState().number;
    useEdition.setState({ number: next, listing: nameOfListing(listing), total, asOf });
    client.removeQueries({
      predicate: ({ queryKey }) =>
        queryKey[0] === "rows" && typeof queryKey[2] === "number" && queryKey[2] < before,
    });
    return total;
  };
  const row = (index: number) => {
    const { queryKey } = pageQuery(listing, next, Math.floor(index / PAGE));
    return client.getQueryData<PageView>(queryKey)?.rows[index % PAGE];
  };
  return { rows: rowsHere(listing, next), row, show };
}
