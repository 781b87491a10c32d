// Where the words of the search that is shown stand in the lines of the window. The engine says it, by the words of its
// index (`marks`); lines that appear together are asked for together. Until it has answered for another query, a line keeps the
// marks that it has, so that nothing flickers while one types.
import { useEffect } from "react";
import { create } from "zustand";
import type { ShownPartView, ShownView } from "../ipc/backend";
import { backend } from "../ipc";
import { useWindow } from "./window";

/** Beginnings and ends, in ascending order and apart. */
export type Places = readonly (readonly [number, number])[];

interface Known {
  query: string;
  places: Places;
}

const NOWHERE: Places = [];
/** Lines that are remembered. */
const MOST = 4000;

const useKnown = create<{ lines: ReadonlyMap<string, Known> }>(() => ({ lines: new Map() }));

let waiting = new Map<string, ShownView>();
/** What is on its way, so that it is asked for once. */
let asked = { query: "", lines: new Set<string>() };

/** Where the words of the search stand in a line; nowhere where nothing is searched for. */
export function useMarks(part: ShownPartView, text: string): Places {
  const query = useWindow(({ place }) => (place.kind === "search" ? place.query : ""));
  const key = `${part} ${text}`;
  const known = useKnown(({ lines }) => lines.get(key));
  const isKnown = known?.query === query;
  useEffect(() => {
    if (query === "" || text === "" || isKnown) return;
    if (asked.query !== query) {
      asked = { query, lines: new Set() };
      waiting = new Map();
    }
    if (asked.lines.has(key)) return;
    asked.lines.add(key);
    if (waiting.size === 0) queueMicrotask(() => void (waiting.size > 0 && askForAll()));
    waiting.set(key, { part, text });
  }, [query, key, part, text, isKnown]);
  return query === "" ? NOWHERE : (known?.places ?? NOWHERE);
}

async function askForAll(): Promise<void> {
  const lines = waiting;
  const mine = asked;
  waiting = new Map();
  // Without an answer there is nothing to mark; the search itself says what is wrong.
  const marks = await backend()
    .marks(mine.query, [...lines.values()])
    .catch(() => null);
  // Answered or not, each can be asked for again.
  for (const key of lines.keys()) mine.lines.delete(key);
  // Somebody has typed on meanwhile: these are the places of other words.
  if (marks === null || asked.query !== mine.query) return;
  const known = new Map(useKnown.getState().lines);
  [...lines.keys()].forEach((key, at) => {
    known.delete(key);
    known.set(key, { query: mine.query, places: marks[at] ?? NOWHERE });
  });
  // Those go first that were learnt first.
  for (const key of known.keys()) {
    if (known.size <= MOST) break;
    known.delete(key);
  }
  useKnown.setState({ lines: known });
}

export interface Piece {
  text: string;
  marked: boolean;
}

/** A text in pieces, those marked that stand in these places. What is behind its end, since it was another then, is left out. */
export function inPieces(text: string, places: Places): Piece[] {
  const out: Piece[] = [];
  let behind = 0;
  for (const [from, to] of places) {
    if (from < behind || to > text.length) continue;
    if (from > behind) out.push({ text: text.slice(behind, from), marked: false });
    out.push({ text: text.slice(from, to), marked: true });
    behind = to;
  }
  if (behind < text.length) out.push({ text: text.slice(behind), marked: false });
  return out;
}

/** The same pieces in front of a place of their text, and behind it: one that reaches across it is marked in both. */
export function piecesApart(pieces: readonly Piece[], place: number): [Piece[], Piece[]] {
  const before: Piece[] = [];
  const behind: Piece[] = [];
  let at = 0;
  for (const { text, marked } of pieces) {
    const cut = Math.min(Math.max(place - at, 0), text.length);
    if (cut > 0) before.push({ text: text.slice(0, cut), marked });
    if (cut < text.length) behind.push({ text: text.slice(cut), marked });
    at += text.length;
  }
  return [before, behind];
}
