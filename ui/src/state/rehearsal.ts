// What a person does in the window is slow the first times, since a web view runs code slowly that it has hardly run: the first
// opening of a folder takes twice as long as the third. So what is drawn then is drawn a few times soon after the window shows its
// first rows, where nobody sees it and each time for some milliseconds only. Not here: what is drawn.
import { useEffect, useState } from "react";
import { whenRowsWereShown } from "./firstRows";

/** How often. */
const TIMES = 4;
/** Between two times, in milliseconds: whoever presses something meanwhile comes first. */
const APART = 150;

/** Draws who asks a few times more, once after the start. Whose turn it is: 0 where nothing is rehearsed, then 1, 2 and so on, and 0 again. */
export function useRehearsal(): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const go = (next: number) => {
      timer = setTimeout(() => {
        setTurn(next > TIMES ? 0 : next);
        if (next <= TIMES) go(next + 1);
      }, APART);
    };
    const end = whenRowsWereShown(() => go(1));
    return () => {
      end();
      clearTimeout(timer);
    };
  }, []);
  return turn;
}
