// Which letters of a conversation are open when it is opened, and which of the folded ones have a line. A conversation may have
// hundreds of letters that were never read: a bug tracker's over a week-end, or those of somebody who means no good.
import type { LetterView } from "../ipc/backend";

/** Letters that are open at first: the newest, and of those that were not read the first. */
export const MOST_OPEN = 10;
/** Folded letters between two open ones that have a line: half of them at each end. */
export const MOST_FOLDED = 20;
/** So many more have one with each press. */
export const MORE_FOLDED = 200;

type Known = Pick<LetterView, "id" | "unread">;

export function openAtFirst(letters: readonly Known[]): ReadonlySet<string> {
  const newest = letters.at(-1);
  if (newest === undefined) return new Set();
  const unread = letters.slice(0, -1).filter((letter) => letter.unread);
  return new Set([...unread.slice(0, MOST_OPEN - 1), newest].map(({ id }) => id));
}

/** Letters that have no line, in place of whom their number stands. */
export interface Hidden {
  hidden: number;
  /** Known by the first of them. */
  id: string;
}

/** The letters in their order, those in the middle of a long row of folded ones left out. */
export function lines<L extends Known>(
  letters: readonly L[],
  isOpen: (letter: L) => boolean,
  more: number,
): (L | Hidden)[] {
  const room = MOST_FOLDED + more;
  const shown: (L | Hidden)[] = [];
  let folded: L[] = [];
  const close = () => {
    const [first] = folded.slice(room / 2);
    // Nobody is spared a press for the sake of one line.
    if (first === undefined || folded.length <= room + 1) shown.push(...folded);
    else
      shown.push(
        ...folded.slice(0, room / 2),
        { hidden: folded.length - room, id: first.id },
        ...folded.slice(-room / 2),
      );
    folded = [];
  };
  for (const letter of letters) {
    if (!isOpen(letter)) folded.push(letter);
    else {
      close();
      shown.push(letter);
    }
  }
  close();
  return shown;
}
