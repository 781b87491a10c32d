// What is read stays until what is read next is here, so that nothing else is drawn in between: no empty pane, no letter without
// its text. Nobody waits for that longer than a moment.
import { useEffect, useState } from "react";
import { askFor, isHere } from "./ahead";
import { openLetter, openRow, useSelection } from "./selection";

/** What takes longer is noticed, and then its place is shown. In milliseconds. */
export const PATIENCE = 250;

export interface Shown {
  /** The conversation; null while none is open. */
  thread: string | null;
  /** The one letter of it that is shown, where each has a row of its own. */
  only: string | null;
  /** It was not here when the patience had run out. */
  late: boolean;
}

/** What the reading pane shows, and whether something else comes in a moment. */
export function useShown(): { shown: Shown; comes: boolean } {
  const row = useSelection(openRow);
  const only = useSelection(openLetter);
  const thread = row?.thread ?? null;
  const [before, setShown] = useState<Shown>({ thread, only, late: false });
  const isOther = before.thread !== thread || before.only !== only;
  const comes = isOther && thread !== null && before.thread !== null && !isHere(thread, only);
  if (isOther && !comes) setShown({ thread, only, late: false });
  useEffect(() => {
    if (!comes || row === null) return;
    let isWanted = true;
    const show = (late: boolean) => {
      if (isWanted) setShown({ thread, only, late });
    };
    const timer = setTimeout(() => show(true), PATIENCE);
    void askFor(row, only).then(() => show(false));
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
    // A row that was fetched again is the same conversation.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [comes, thread, only]);
  return { shown: isOther && !comes ? { thread, only, late: false } : before, comes };
}
