// The rows of the list, asked for by the page and only where someone looks. Each answer belongs to an edition: when
// mail arrives, the next edition is fetched for the rows in view and then shown at once, so that nothing jumps.
import { useQueries } from "@tanstack/react-query";
import { create } from "zustand";
import type { Listing, PageView, RowView } from "../ipc/backend";
import { backend } from "../ipc";
import { client } from "./client";
import { listingChanged } from "./pulse";
import { listingOf, useWindow } from "./window";

export const PAGE = 100;
/** When a list is asked for again of which only the beginning has come. */
const MORE = 250;
/** A selection over more rows than this would be too much to hold; it is cut, and the person is told. */
export const MOST = 10_000;

interface Edition {
  number: number;
  /** Whose count this is, and how many rows it has. */
  listing: string;
  total: number | null;
}

export const useEdition = create<Edition>(() => ({ number: 0, listing: "", total: null }));

export function nameOfListing(listing: Listing): string {
  return JSON.stringify(listing);
}

function pageQuery(listing: Listing, edition: number, page: number) {
  return {
    queryKey: ["rows", nameOfListing(listing), edition, page] as const,
    queryFn: async (): Promise<PageView> => {
      const answer = await backend().page(listing, page * PAGE, PAGE);
      if (useEdition.getState().number === edition) noteTotal(listing, answer.total);
      // The rest is being gathered: in a moment all of it can be asked for.
      if (answer.more) setTimeout(listingChanged, MORE);
      return answer;
    },
    gcTime: 30_000,
  };
}

function noteTotal(listing: Listing, total: number): void {
  const current = listingOf(useWindow.getState());
  if (current !== null && nameOfListing(current) === nameOfListing(listing))
    useEdition.setState({ listing: nameOfListing(listing), total });
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
  const total = useEdition((state) => (state.listing === nameOfListing(listing) ? state.total : null));
  const from = Math.floor(first / PAGE);
  const pages = Array.from({ length: Math.floor(last / PAGE) - from + 1 }, (_, at) => from + at);
  const answers = useQueries({ queries: pages.map((page) => pageQuery(listing, edition, page)) });
  const known = answers.find((answer) => answer.data !== undefined)?.data.total ?? null;
  return {
    total: total ?? known,
    row: (index) => answers[Math.floor(index / PAGE) - from]?.data?.rows[index % PAGE],
    failure: answers.find((answer) => answer.error !== null)?.error ?? null,
    retry: () => answers.forEach((answer) => void (answer.error !== null && answer.refetch())),
  };
}

function currentListing(): Listing | null {
  return listingOf(useWindow.getState());
}

/**
 * How many rows the list has that is shown now; null while nobody knows. The edition's count may be another listing's:
 * one that is shown again has its pages still and asks for none.
 */
export function totalNow(): number | null {
  const listing = currentListing();
  if (listing === null) return null;
  const edition = useEdition.getState();
  if (edition.listing === nameOfListing(listing)) return edition.total;
  const pages = client.getQueriesData<PageView>({
    queryKey: ["rows", nameOfListing(listing), edition.number],
  });
  return pages.find(([, page]) => page !== undefined)?.[1]?.total ?? null;
}

/** Whether it is known that the list that is shown has no rows, so that there is nothing to choose. */
export function useNothingListed(): boolean {
  useWindow();
  useEdition();
  return totalNow() === 0;
}

/** A row that is here already. */
export function rowNow(index: number): RowView | undefined {
  const listing = currentListing();
  if (listing === null) return undefined;
  const { queryKey } = pageQuery(listing, useEdition.getState().number, Math.floor(index / PAGE));
  return client.getQueryData<PageView>(queryKey)?.rows[index % PAGE];
}

/** A row, fetched when it is not here. */
export async function fetchRow(index: number): Promise<RowView | undefined> {
  const listing = currentListing();
  if (listing === null || index < 0) return undefined;
  const answer = await client.query(
    pageQuery(listing, useEdition.getState().number, Math.floor(index / PAGE)),
  );
  return answer.rows[index % PAGE];
}

/** The rows from one to another, both included, at most MOST of them counted from `first`. */
export async function fetchRange(first: number, last: number): Promise<RowView[]> {
  const listing = currentListing();
  if (listing === null) return [];
  const length = Math.min(MOST, last - first + 1);
  const here = Array.from({ length }, (_, at) => rowNow(first + at));
  if (here.every((row) => row !== undefined)) return here;
  return (await backend().page(listing, first, length)).rows;
}

/** Fetches the next edition of the rows from `first` to `last`; what it gives makes that edition the shown one. */
export async function prepareEdition(listing: Listing, first: number, last: number): Promise<() => number> {
  const next = useEdition.getState().number + 1;
  const pages: number[] = [];
  for (let page = Math.max(0, Math.floor(first / PAGE)); page <= Math.floor(last / PAGE); page++)
    pages.push(page);
  const answers = await Promise.all(pages.map((page) => client.query(pageQuery(listing, next, page))));
  const total = answers[0]?.total ?? 0;
  return () => {
    useEdition.setState({ number: next, listing: nameOfListing(listing), total });
    client.removeQueries({
      predicate: ({ queryKey }) =>
        queryKey[0] === "rows" && typeof queryKey[2] === "number" && queryKey[2] < next - 1,
    });
    return total;
  };
}
