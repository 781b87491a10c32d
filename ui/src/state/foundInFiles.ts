// In which files of a letter the words stand for which a search has found it, where they stand nowhere else in it.
import { useQuery } from "@tanstack/react-query";
import { backend } from "../ipc";
import { keys } from "./queries";
import { useRested } from "./rested";
import { openRow, useSelection } from "./selection";
import { useWindow } from "./window";

const NONE: readonly string[] = [];
/** Whoever types in the search has the next key within this time. In milliseconds. */
const REST = 300;

/** The parts that these files are. They are opened for it, so it is asked once one has stopped typing, of letters that were found. */
export function useFoundInFiles(email: string, any: boolean): readonly string[] {
  const query = useWindow(({ place }) => (place.kind === "search" ? place.query : ""));
  const isFound = useSelection((state) => openRow(state)?.emails.includes(email) === true);
  const rested = useRested(query, REST);
  const { data } = useQuery({
    queryKey: keys.foundInFiles(rested, email),
    queryFn: () => backend().foundInFiles(rested, email),
    enabled: any && isFound && rested !== "",
  });
  return data ?? NONE;
}
