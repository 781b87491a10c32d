// What can be taken back, newest last, with the sentence that says what was done. The newest is what was begun last, and not what was
// done last: what takes long is no newer for that. Ctrl+Z takes the newest; the toast takes its own.
export interface Done {
  undo: string;
  /** Null where nobody has words for it. */
  sentence: string | null;
}

let begun = 0;
const kept: (Done & { deed: number })[] = [];
const MOST = 50;

/** Something is begun. The number that it is kept by when it is done. */
export function beginDeed(): number {
  begun += 1;
  return begun;
}

export function keepUndo({ undo, sentence }: Done, deed = beginDeed()): void {
  const before = kept.findLastIndex((other) => other.deed < deed);
  kept.splice(before + 1, 0, { undo, sentence, deed });
  if (kept.length > MOST) kept.shift();
}

/** The number of what would be taken back next; 0: there is nothing. */
export function newestDeed(): number {
  return kept.at(-1)?.deed ?? 0;
}

/** The newest, taken off; null when there is nothing left. */
export function newestUndo(): Done | null {
  return withoutNumber(kept.pop());
}

export function takeUndo(undo: string): boolean {
  const at = kept.findLastIndex((done) => done.undo === undo);
  if (at < 0) return false;
  kept.splice(at, 1);
  return true;
}

/** All of it, the oldest first, for another window to keep. */
export function handOutUndos(): Done[] {
  return kept.splice(0).map(({ undo, sentence }) => ({ undo, sentence }));
}

export function forgetUndos(): void {
  kept.length = 0;
}

function withoutNumber(done: Done | undefined): Done | null {
  return done === undefined ? null : { undo: done.undo, sentence: done.sentence };
}
