// The files of some letters that go by what was typed, in an order, page after page. Both are the engine's: what a list needs of all its
// files it knows without this window.
import { useEffect, useMemo, useState } from "react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { backend } from "../../../ipc";
import type { FileSourceView, FilesOrderView, FileView } from "../../../ipc/backend";

/** While letters are still looked into, the list is asked for again after so many milliseconds. */
const AGAIN = 1_500;

export interface FoundFiles {
  found: FileView[];
  /** Files of all pages. */
  total: number;
  /** Letters that are still to be looked into, and may bring more. */
  unread: number;
  error: Error | null;
  isLooking: boolean;
  hasMore: boolean;
  more: () => void;
}

export function useFiles(source: FileSourceView, words: string, order: FilesOrderView): FoundFiles {
  const [asked, setAsked] = useState(words);
  const { data, error, hasNextPage, fetchNextPage, isFetching, isPlaceholderData, dataUpdatedAt } =
    useInfiniteQuery({
      queryKey: ["files", source, order, asked.trim()],
      queryFn: ({ pageParam }) => backend().files(source, order, asked, pageParam),
      initialPageParam: 0,
      getNextPageParam: (page) => page.next,
      placeholderData: keepPreviousData,
      gcTime: 0,
      refetchInterval: ({ state }) => ((state.data?.pages.at(-1)?.unread ?? 0) > 0 ? AGAIN : false),
    });
  // What is typed while a list is made is asked for behind it: not each letter of a word makes one.
  useEffect(() => {
    if (!isFetching) setAsked(words);
  }, [words, isFetching, dataUpdatedAt]);
  // It is the same list for whoever only looks at it.
  const found = useMemo(() => data?.pages.flatMap((page) => page.files) ?? [], [data]);
  const last = data?.pages.at(-1);
  const isLooking = isFetching || isPlaceholderData || asked !== words;
  return {
    found,
    total: last?.total ?? 0,
    unread: last?.unread ?? 0,
    error,
    isLooking,
    hasMore: hasNextPage && !isPlaceholderData,
    more: () => {
      if (hasNextPage && !isFetching) void fetchNextPage();
    },
  };
}
