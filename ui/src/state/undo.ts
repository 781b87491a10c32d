// What can be taken back, newest last. Ctrl+Z takes the newest; the toast takes its own.
const kept: string[] = [];
const MOST = 50;

export function keepUndo(undo: string): void {
  kept.push(undo);
  if (kept.length > MOST) kept.shift();
}

/** The newest, taken off; null when there is nothing left. */
export function newestUndo(): string | null {
  return kept.pop() ?? null;
}

export function takeUndo(undo: string): boolean {
  const at = kept.lastIndexOf(undo);
  if (at < 0) return false;
  kept.splice(at, 1);
  return true;
}

export function forgetUndos(): void {
  kept.length = 0;
}
