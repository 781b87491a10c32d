// How far the search index is behind the letters, for whoever searches meanwhile: what is found then is not all there is.
import { queryOptions, useQuery } from "@tanstack/react-query";
import { backend } from "../ipc";
import type { IndexingView } from "../ipc/backend";
import { say } from "../words";
import { client } from "./client";
import { listingChanged } from "./pulse";
import { keys } from "./queries";

/** How often it is asked while something waits, in milliseconds. */
const AGAIN = 2_000;
/** So few are indexed in a moment, as new mail is: they are told of when they wait for longer than that. */
const FEW = 100;
const MOMENT = 5_000;

interface Behind extends IndexingView {
  /** Since when something waits. */
  since: number;
  /** They are many, or wait for long: then that is told until nothing waits any more. */
  told: boolean;
}

function waits(of: IndexingView | undefined): boolean {
  return of !== undefined && of.letters + of.files > 0;
}

export const indexingQuery = queryOptions({
  queryKey: keys.indexing,
  queryFn: async (): Promise<Behind> => {
    const before = client.getQueryData<Behind>(keys.indexing);
    const behind = await backend().indexing();
    const now = Date.now();
    const waited = before !== undefined && waits(before) ? before : { since: now, told: false };
    // What was missed until then is found now.
    if (waits(before) && !waits(behind)) listingChanged();
    const told = waited.told || behind.letters + behind.files > FEW || now - waited.since >= MOMENT;
    return { ...behind, since: waited.since, told: told && waits(behind) };
  },
  staleTime: AGAIN,
  gcTime: 0,
});

/** Letters have come, or were indexed. While something waits it is asked all the time, and else only when somebody looks. */
export function lookAtIndexing(): void {
  if (!waits(client.getQueryData<Behind>(keys.indexing)))
    void client.invalidateQueries({ queryKey: keys.indexing });
}

/** What the index is still to be given, followed until it is up to date; null where there is nothing to speak of. */
export function useIndexing(): IndexingView | null {
  const { data } = useQuery({
    ...indexingQuery,
    refetchInterval: ({ state }) => (waits(state.data) ? AGAIN : false),
  });
  return data?.told === true ? data : null;
}

/** The same in a sentence. */
export function howFarIndexed({ letters, of, files }: IndexingView): string {
  if (letters === 0) return say("search-index", { letters, files });
  // The last of many is no whole percent.
  const percent = Math.max(0, Math.min(99, Math.floor((100 * (of - letters)) / Math.max(1, of))));
  return say("search-indexing", { percent });
}
