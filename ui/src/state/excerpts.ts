// Why the letters of a search were found, where their rows do not show it. The engine says it, for the rows that stand in the window,
// some at a time, once nothing new has been drawn for a moment: so it takes no time from a key. Until it has answered for another
// query a row keeps what it shows, so that nothing flickers while one types.
import { useEffect } from "react";
import { create } from "zustand";
import type { ExcerptView, RowView } from "../ipc/backend";
import { backend } from "../ipc";
import { cameHere } from "./foundThere";
import { useWindow } from "./window";

interface Known {
  query: string;
  /** What the letter was then: another text may have come since. */
  letter: string;
  excerpt: ExcerptView | null;
}

/** Whoever types has the next key within this time, and draws other rows then. In milliseconds. */
const REST = 180;
/** Rows that are asked for at once: the others come after them, and are not asked for any more once they are gone. */
const AT_ONCE = 6;
/** Rows that are remembered. */
const MOST = 1000;

const useKnown = create<{ rows: ReadonlyMap<string, Known> }>(() => ({ rows: new Map() }));

/** The letters of rows that stand in the window and want an answer, as each is now. */
const waiting = new Map<string, string>();
let timer: ReturnType<typeof setTimeout> | undefined;
let asking = false;
/** No sooner than this is anything asked. */
let due = 0;

const queryOf = () => {
  const { place } = useWindow.getState();
  return place.kind === "search" ? place.query : "";
};

// Another search has nothing to do with the last one, unless it was typed on from there.
useWindow.subscribe(({ place }) => {
  if (place.kind !== "search" && useKnown.getState().rows.size > 0) useKnown.setState({ rows: new Map() });
});

/** What a row is to show in the place of how its letter begins; null where that is to stay. */
export function useExcerpt({ email, size, preview }: RowView): ExcerptView | null {
  const query = useWindow(({ place }) => (place.kind === "search" ? place.query : ""));
  const known = useKnown(({ rows }) => rows.get(email));
  const letter = `${size} ${preview}`;
  const isKnown = known?.query === query && known.letter === letter;
  useEffect(() => {
    if (query === "" || isKnown) return;
    want(email, letter);
    return () => void waiting.delete(email);
  }, [query, email, letter, isKnown]);
  return query === "" ? null : (known?.excerpt ?? null);
}

function want(email: string, letter: string): void {
  waiting.set(email, letter);
  due = performance.now() + REST;
  if (!asking) askInAMoment();
}

function askInAMoment(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void askAll(), Math.max(0, due - performance.now()));
}

async function askAll(): Promise<void> {
  asking = true;
  while (waiting.size > 0 && performance.now() >= due) await askSome();
  asking = false;
  if (waiting.size > 0) askInAMoment();
}

async function askSome(): Promise<void> {
  const query = queryOf();
  const some = [...waiting].slice(0, AT_ONCE);
  const emails = some.map(([email]) => email);
  // Without an answer each row shows how its letter begins.
  const told = await backend()
    .excerpts(query, emails)
    .catch(() => null);
  const answer = told ?? emails.map(() => null);
  if (queryOf() !== query) return;
  if (told !== null) cameHere(emails.filter((_, at) => at < told.length && told[at]?.kind !== "elsewhere"));
  // Somebody else has asked for others, in whose way this would be.
  if (answer.length < some.length) due = performance.now() + REST;
  const rows = new Map(useKnown.getState().rows);
  some.slice(0, answer.length).forEach(([email, letter], at) => {
    rows.delete(email);
    rows.set(email, { query, letter, excerpt: answer[at] ?? null });
    if (waiting.get(email) === letter) waiting.delete(email);
  });
  // Those go first that were learnt first.
  for (const email of rows.keys()) {
    if (rows.size <= MOST) break;
    rows.delete(email);
  }
  useKnown.setState({ rows });
}
