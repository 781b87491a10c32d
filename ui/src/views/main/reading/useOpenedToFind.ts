// Letters that are folded are opened while words are looked for: the newest first, so many at a time. What was opened stays so, since
// somebody may read on at what is found there; it counts as read when it comes near, as any other.
import { useEffect, useLayoutEffect, useRef } from "react";
import type { LetterView } from "../../../ipc/backend";
import { isFinding, markSearched, noteOnTheWay, useFind } from "../../../state/letterFind";
import { isReadInSheet, useWindow } from "../../../state/window";

const NONE: readonly LetterView[] = [];

/** Whether words are looked for. `open` opens letters, and is always the same function. */
export function useOpenedToFind(
  letters: readonly LetterView[] | undefined,
  isOpen: (letter: LetterView) => boolean,
  open: (emails: readonly string[]) => void,
): boolean {
  const inSheet = useWindow(isReadInSheet);
  const finding = useFind(isFinding) && !inSheet;
  const reach = useFind((state) => state.reach);
  const folded = finding ? (letters ?? NONE).filter((letter) => !isOpen(letter)) : NONE;
  const isThere = letters !== undefined;
  const opened = useRef(0);
  // Before anything is drawn, so that nobody is told that nothing was found where nobody has looked.
  useLayoutEffect(() => {
    if (!finding) opened.current = 0;
    const room = reach - opened.current;
    if (!finding || !isThere || room <= 0) return;
    const due = folded.slice(-room);
    opened.current += due.length;
    if (due.length > 0) open(due.map(({ id }) => id));
    // What somebody folds while words are looked for stays folded.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [finding, reach, isThere, open]);
  const left = folded.length;
  useLayoutEffect(() => {
    if (!finding) return;
    useFind.setState({ folded: left });
    noteOnTheWay();
    return () => useFind.setState({ folded: 0 });
  }, [finding, left]);
  // A subject of its own comes with a letter.
  useEffect(() => {
    if (finding) markSearched();
  }, [finding, left]);
  return finding;
}
