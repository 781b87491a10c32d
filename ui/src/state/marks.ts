// Where the words of a search stand in a line of the list, so that they can be marked. What a query finds is the
// engine's to say; this only shows why.
import { pieces } from "./search";

/** Places that are asked for by what they say, and so can be marked. */
const SAYING = /^(?:from|to|cc|subject|body):/iu;
const ASKING = /^[a-z]+:/iu;

/** The words that are wanted, folded. */
export function wordsOf(query: string): string[] {
  const words = pieces(query)
    .map((piece) => piece.replace(/^\(+|\)+$/gu, ""))
    .filter((piece) => !piece.startsWith("-") && piece !== "OR")
    .map((piece) => piece.replace(SAYING, ""))
    .filter((piece) => !ASKING.test(piece) || piece.startsWith("http"))
    .map((piece) => folded(piece.replace(/"/gu, " ")).text.trim())
    .filter((word) => word.length > 1 || /[\u2e80-\uffff]/u.test(word));
  return [...new Set(words)].sort((a, b) => b.length - a.length);
}

/** Small letters without accents, and from which place of the text each of them is. */
function folded(text: string): { text: string; places: number[] } {
  let out = "";
  const places: number[] = [];
  let at = 0;
  for (const character of text) {
    const plain = character.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    for (const one of plain) {
      out += one;
      for (let unit = 0; unit < one.length; unit++) places.push(at);
    }
    at += character.length;
  }
  places.push(at);
  return { text: out, places };
}

export interface Piece {
  text: string;
  marked: boolean;
}

const LETTER = /[\p{L}\p{N}]/u;

/** The text in pieces, those marked that begin like one of the words. Words without spaces are marked anywhere. */
export function marked(text: string, words: readonly string[]): Piece[] {
  if (words.length === 0) return [{ text, marked: false }];
  const plain = folded(text);
  const spans: [number, number][] = [];
  for (const word of words) {
    const anywhere = /[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u2e80-\uffef]/u.test(word);
    for (let at = plain.text.indexOf(word); at >= 0; at = plain.text.indexOf(word, at + 1)) {
      if (!anywhere && at > 0 && LETTER.test(plain.text.charAt(at - 1))) continue;
      spans.push([plain.places[at] ?? 0, plain.places[at + word.length] ?? text.length]);
    }
  }
  spans.sort(([a], [b]) => a - b);
  const out: Piece[] = [];
  let behind = 0;
  for (const [from, to] of spans) {
    if (to <= behind) continue;
    const start = Math.max(from, behind);
    if (start > behind) out.push({ text: text.slice(behind, start), marked: false });
    out.push({ text: text.slice(start, to), marked: true });
    behind = to;
  }
  if (behind < text.length) out.push({ text: text.slice(behind), marked: false });
  return out;
}
