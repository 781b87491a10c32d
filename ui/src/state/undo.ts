// What can be taken back, newest last, with the sentence that said it was done. Ctrl+Z takes the newest; the toast takes
// its own.
export interface Done {
  undo: string;
  /** Null where it was done in silence. */
  sentence: string | null;
}

const kept: Done[] = [];
const MOST = 50;

export function keepUndo(done: Done): void {
  kept.push(done);
  if (kept.length > MOST) kept.shift();
}

/** The newest, taken off; null when there is nothing left. */
export function newestUndo(): Done | null {
  return kept.pop() ?? null;
}

export function takeUndo(undo: string): boolean {
  const at = kept.findLastIndex((done) => done.undo === undo);
  if (at < 0) return false;
  kept.splice(at, 1);
  return true;
}

/** All of it, the oldest first, for another window to keep. */
export function handOutUndos(): Done[] {
  return kept.splice(0);
}

export function forgetUndos(): void {
  kept.length = 0;
}
