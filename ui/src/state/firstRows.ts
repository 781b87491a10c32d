// The moment in which the window first showed rows, for whoever measures how long a start takes (scripts/bench/window.mjs), and for
// what has time until then.
import { inNextTurn } from "./turns";

let noted = false;
const waiting = new Set<() => void>();

export function noteFirstRows(): void {
  if (noted) return;
  noted = true;
  // What follows the callback of a frame comes when that frame was painted.
  requestAnimationFrame(() =>
    inNextTurn(() => {
      performance.mark("waxwing-first-rows");
      for (const work of waiting) work();
      waiting.clear();
    }),
  );
}

/** Calls it when the first rows have been painted, unless the answer is called before; whoever comes after that is not called. */
export function whenRowsWereShown(work: () => void): () => void {
  if (!noted) waiting.add(work);
  return () => waiting.delete(work);
}
