// Which letters of the open conversation a search has found. Its row has the letters that match and no others; they are shown open,
// however old and read they are.
import { useRef } from "react";
import { openRow, useSelection } from "./selection";
import { useWindow } from "./window";

const NONE: ReadonlySet<string> = new Set();
/** Letters that are opened at once; of more than these the newest are. */
const MOST = 20;

/** The letters that were found since the conversation was opened: what was opened for one search stays open for the next. */
export function useFoundLetters(thread: string): ReadonlySet<string> {
  const searched = useWindow(({ place }) => place.kind === "search");
  const row = useSelection(openRow);
  const known = useRef<ReadonlySet<string>>(NONE);
  // A row has its newest letter first.
  const found = searched && row?.thread === thread ? row.emails.slice(0, MOST) : [];
  if (found.some((email) => !known.current.has(email))) known.current = new Set([...known.current, ...found]);
  return known.current;
}
