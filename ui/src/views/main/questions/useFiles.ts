// The files of some letters, page after page: which of them go by what was typed, and in which order. Where all of them have to be known for
// that, it goes on by itself until they are.
import { useEffect } from "react";
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
  const wanted = folded(words).split(/\s+/);
  const all = data?.pages.flatMap((page) => page.files) ?? [];
  const found = inOrder(
    all.filter((file) => goesBy(file, wanted)),
    order,
  );
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
  const sender = ({ letter }: FileView) => letter.from.map(nameOf).join(", ");
  switch (order) {
    case "newest":
      return files;
    case "name":
      return files.toSorted((one, other) => names.compare(one.file.name, other.file.name));
    case "size":
      return files.toSorted((one, other) => other.file.size - one.file.size);
    case "sender":
      return files.toSorted((one, other) => names.compare(sender(one), sender(other)));
  }
}
