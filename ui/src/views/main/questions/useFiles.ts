// The files of some letters that go by what was typed, in an order, page after page. Both are the engine's: what a list needs of all its
// files it knows without this window.
import { useEffect, useMemo, useRef, useState } from "react";
import { keepPreviousData, useInfiniteQuery, useQueryClient, type InfiniteData } from "@tanstack/react-query";
import { backend } from "../../../ipc";
import type {
  FileSourceView,
  FilesBehindView,
  FilesOrderView,
  FilesView,
  FileView,
} from "../../../ipc/backend";

/**
 * While letters are still looked into, one looks at the beginning of the list again after so many milliseconds, or after so many times what
 * the answer took. As long as nothing new is heard the pause is twice as long each time, up to the longest.
 */
const AGAIN = 1_500;
const TIMES = 4;
const LONGEST = 30_000;

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
  const { data, error, hasNextPage, fetchNextPage, isFetching, isPlaceholderData, dataUpdatedAt, refetch } =
    useInfiniteQuery({
      queryKey: keyOf(source, order, asked),
      queryFn: ({ pageParam }) => backend().files(source, order, asked, pageParam),
      initialPageParam: null as FilesBehindView | null,
      getNextPageParam: (page) => page.next,
      placeholderData: keepPreviousData,
      gcTime: 0,
    });
  // What is typed while a list is made is asked for behind it: not each letter of a word makes one.
  useEffect(() => {
    if (!isFetching) setAsked(words);
  }, [words, isFetching, dataUpdatedAt]);
  // It is the same list for whoever only looks at it.
  const found = useMemo(() => onceEach(data?.pages.flatMap((page) => page.files) ?? []), [data]);
  const last = data?.pages.at(-1);
  const isWhole = last === undefined || last.unread === 0 || isFetching || isPlaceholderData;
  useLooks({ source, order, asked, isWhole, onNews: () => void refetch() });
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

/** Where the last file of a page went while its list was made anew, the next page may begin with some of those before it. */
function onceEach(files: FileView[]): FileView[] {
  const named = new Map(files.map((each) => [`${each.letter.id}-${each.file.part}`, each]));
  return named.size === files.length ? files : [...named.values()];
}

const keyOf = (source: FileSourceView, order: FilesOrderView, asked: string) =>
  ["files", source, order, asked.trim()] as const;

interface LooksOf {
  source: FileSourceView;
  order: FilesOrderView;
  asked: string;
  /** Nothing is to come, or it is being asked for. */
  isWhole: boolean;
  onNews: () => void;
}

/**
 * Looks for files that were found since. Only how many there are is learnt so, from the beginning of the list: all that is shown, which may
 * be thousands of rows, is asked for again where that is another number.
 */
function useLooks({ source, order, asked, isWhole, onNews }: LooksOf) {
  const client = useQueryClient();
  const pause = useRef(AGAIN);
  const latest = useRef(onNews);
  const [looks, setLooks] = useState(0);
  const name = JSON.stringify(keyOf(source, order, asked));
  useEffect(() => {
    latest.current = onNews;
  });
  useEffect(() => {
    pause.current = AGAIN;
  }, [name]);
  useEffect(() => {
    if (isWhole) return;
    let current = true;
    const look = async () => {
      const begun = performance.now();
      const now = await backend()
        .files(source, order, asked, null)
        .catch(() => null);
      if (!current) return;
      const queryKey = keyOf(source, order, asked);
      const last = client.getQueryData<InfiniteData<FilesView>>(queryKey)?.pages.at(-1);
      const isSame = now === null || (now.unread === last?.unread && now.total === last.total);
      pause.current = isSame
        ? Math.min(2 * pause.current, LONGEST)
        : Math.min(Math.max(AGAIN, TIMES * (performance.now() - begun)), LONGEST);
      if (now !== null && now.total !== last?.total) latest.current();
      else if (now !== null && !isSame)
        client.setQueryData<InfiniteData<FilesView>>(
          queryKey,
          (data) => data && { ...data, pages: data.pages.map((page) => ({ ...page, unread: now.unread })) },
        );
      setLooks((before) => before + 1);
    };
    const timer = setTimeout(() => void look(), pause.current);
    return () => {
      current = false;
      clearTimeout(timer);
    };
    // The key says which list it is, whatever objects name it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [name, isWhole, looks]);
}
