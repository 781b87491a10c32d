// The files of some letters, page after page: which of them go by what was typed, and in which order. Where all of them have to be known for
// that, it goes on by itself until they are.
import { useEffect, useMemo } from "react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { folded } from "../../../components/typeAhead";
import { backend } from "../../../ipc";
import type { FileSourceView, FileView } from "../../../ipc/backend";
import { nameOf } from "../../../words/address";

/** `newest`: as their letters came, or as a search found them. */
export type FilesOrder = "newest" | "name" | "size" | "sender";

export interface FoundFiles {
  found: FileView[];
  error: Error | null;
  isLooking: boolean;
  /** It looks on by itself, until all are known that are wanted. */
  goesOn: boolean;
  hasOlder: boolean;
  lookOn: () => void;
}

/** The files that go by the words, of the letters that were looked through; where there are words it goes on until there are so many. */
export function useFiles(source: FileSourceView, words: string, order: FilesOrder, most: number): FoundFiles {
  const { data, error, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery({
    queryKey: ["files", source],
    queryFn: ({ pageParam }) => backend().files(source, pageParam),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
    gcTime: 0,
  });
  // Thousands are not put in order for each that is chosen, and for each step of a scroll.
  const found = useMemo(() => {
    const wanted = folded(words).split(/\s+/);
    const all = data?.pages.flatMap((page) => page.files) ?? [];
    return inOrder(
      all.filter((file) => goesBy(file, wanted)),
      order,
    );
  }, [data, words, order]);
  // The largest may be the oldest: no order is one before all of them are here.
  const wantsMore = order !== "newest" || (words.trim() !== "" && found.length < most);
  const goesOn = wantsMore && hasNextPage && error === null;
  useEffect(() => {
    if (goesOn && !isFetching) void fetchNextPage();
  }, [goesOn, isFetching, fetchNextPage]);
  return {
    found,
    error,
    isLooking: isFetching || goesOn,
    goesOn,
    hasOlder: hasNextPage,
    lookOn: () => void fetchNextPage(),
  };
}

/** What is known of files, folded: each key and each page that comes goes through all of them. */
const knownOf = new WeakMap<FileView, string>();

/** Each word stands somewhere in what is known of a file. */
function goesBy(view: FileView, words: string[]): boolean {
  const { file, letter } = view;
  let known = knownOf.get(view);
  if (known === undefined) {
    const from = letter.from.flatMap((one) => [one.name ?? "", one.email]);
    known = folded([file.name, letter.subject, ...from].join("\n"));
    knownOf.set(view, known);
  }
  return words.every((word) => known.includes(word));
}

/** "bill 9" stands before "bill 10". */
const names = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** What is equal stays as it came. */
export function inOrder(files: FileView[], order: FilesOrder): FileView[] {
  switch (order) {
    case "newest":
      return files;
    case "name":
      return byName(files, ({ file }) => file.name);
    case "size":
      return files.toSorted((one, other) => other.file.size - one.file.size);
    case "sender":
      return byName(files, ({ letter }) => letter.from.map(nameOf).join(", "));
  }
}

/** What each is called is asked once, and not for each two that are compared. */
function byName(files: FileView[], called: (file: FileView) => string): FileView[] {
  const all = files.map((file) => [called(file), file] as const);
  return all.toSorted(([one], [other]) => names.compare(one, other)).map(([, file]) => file);
}
