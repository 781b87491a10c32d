// Where the words of a search stand in a text, in memory: as much of what the engine's index knows as it takes to try the
// interface.
import type { ShownView } from "../backend";

/** Places that are asked for by what they say, and so can be marked. */
const SAYING = /^(?:from|to|cc|subject|body):/iu;
const ASKING = /^[a-z]+:/iu;

/** The words that are wanted, folded. */
export function wordsOf(query: string): string[] {
  const words = (query.match(/(?:[^\s"]|"[^"]*"?)+/gu) ?? [])
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

const LETTER = /[\p{L}\p{N}]/u;

/** Where the words are the beginning of others; words without spaces anywhere. */
export function marks(query: string, { text }: ShownView): [number, number][] {
  const plain = folded(text);
  const spans: [number, number][] = [];
  for (const word of wordsOf(query)) {
    const anywhere = /[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u2e80-\uffef]/u.test(word);
    for (let at = plain.text.indexOf(word); at >= 0; at = plain.text.indexOf(word, at + 1)) {
      if (!anywhere && at > 0 && LETTER.test(plain.text.charAt(at - 1))) continue;
      spans.push([plain.places[at] ?? 0, plain.places[at + word.length] ?? text.length]);
    }
  }
  spans.sort(([a], [b]) => a - b);
  const apart: [number, number][] = [];
  for (const [from, to] of spans) {
    const before = apart.at(-1);
    if (before === undefined || from > before[1]) apart.push([from, to]);
    else before[1] = Math.max(before[1], to);
  }
  return apart;
}
