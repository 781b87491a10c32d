// How often the window follows what the engine tells. One change is followed at once, and so are a few in a row; a stream of
// them, as a first synchronisation is, a few times a second: between two times there is room to draw and to scroll.
import type { ChangeView } from "../ipc/backend";

/** Of a stream, two times are so many milliseconds apart. */
export const PACE = 250;
/** So many in a row are no stream. */
export const ROW = 3;
/** What comes of a thing that the person does is told within so many milliseconds of its answer. */
const HURRY = 1_000;

let hurried = -Infinity;

/** The person has just done something, and waits to see it: for a moment nothing waits. */
export function hurry(): void {
  hurried = performance.now() + HURRY;
}

/** Hands changes on, at once or a little later and together with those that come meanwhile. */
export function paced(follow: (changes: ChangeView[]) => void): (changes: ChangeView[]) => void {
  let waiting: ChangeView[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Times that are left, which grow with time.
  let left = ROW;
  let counted = performance.now();
  const count = () => {
    const now = performance.now();
    left = Math.min(ROW, left + (now - counted) / PACE);
    counted = now;
  };
  const go = () => {
    clearTimeout(timer);
    timer = undefined;
    count();
    left = Math.max(0, left - 1);
    const together = waiting;
    waiting = [];
    follow(together);
  };
  return (changes) => {
    waiting = merged([...waiting, ...changes]);
    count();
    if (left >= 1 || performance.now() < hurried || !changes.every(flows)) go();
    else timer ??= setTimeout(go, (1 - left) * PACE);
  };
}

/** What comes by the hundred while letters come. All else is told once, and seen at once. */
function flows(change: ChangeView): boolean {
  switch (change.kind) {
    case "listing":
    case "emails":
    case "arrived":
    case "mailboxes":
    case "searches":
    case "progress":
      return true;
    case "activity":
      return change.activity.kind === "syncing";
    default:
      return false;
  }
}

/** Each thing once: of what an account is at, the last is true. */
function merged(changes: ChangeView[]): ChangeView[] {
  const known = new Map<string, ChangeView>();
  for (const change of changes) {
    const name = nameOf(change);
    known.delete(name);
    known.set(name, change);
  }
  return [...known.values()];
}

function nameOf(change: ChangeView): string {
  switch (change.kind) {
    case "activity":
      return `${change.kind} ${change.account}`;
    case "progress":
      return `${change.kind} ${JSON.stringify(change.of)}`;
    default:
      return JSON.stringify(change);
  }
}
