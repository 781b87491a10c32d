// A query cut into pieces, as the engine cuts it (crates/store/src/search/token.rs): words, phrases, operators with their
// values, OR, AND, NOT and parentheses. What they find is not known here.

/** In the order in which they are offered. */
export const operators = [
  "from",
  "to",
  "cc",
  "subject",
  "body",
  "has",
  "filename",
  "type",
  "is",
  "in",
  "account",
  "tag",
  "list",
  "after",
  "before",
  "on",
  "newer",
  "older",
  "larger",
  "smaller",
  "id",
  "sort",
] as const;

export type Operator = (typeof operators)[number];

export function isOperator(name: string): name is Operator {
  return (operators as readonly string[]).includes(name);
}

export interface Piece {
  text: string;
  /** Where it stands, in units of UTF-16 as everywhere in a page. */
  start: number;
  end: number;
  kind: "words" | "or" | "and" | "not" | "open" | "close";
  /** How many parentheses are open where it begins. */
  depth: number;
  /** Its quotes have no other half: it takes all that follows. */
  unclosed: boolean;
}

// Keyboards of other scripts and word processors write other signs in the place of those of ASCII, which mean the same.
export const MINUS = "[-\uff0d]";
export const COLON = "[:\uff1a]";
/** Quotes of pairs. Which one of a pair begins a phrase differs by language. */
export const PAIRED = "\u00ab\u00bb\u201c-\u201f\uff02";

/** Words that are written large and say how others hold together. */
const BINDING = new Map<string, "or" | "and" | "not">([
  ["OR", "or"],
  ["AND", "and"],
  ["NOT", "not"],
]);

export function isBinding(kind: Piece["kind"] | undefined): boolean {
  return kind === "or" || kind === "and" || kind === "not";
}

const SPACE = /\s*/uy;
const NAME = `${MINUS}?(?:(?:${operators.join("|")})${COLON})?`;
/** An operator in front of parentheses counts for all that stands in them. */
const OPEN = new RegExp(`${NAME}[(\uff08]`, "iuy");
const CLOSE = /[)\uff09]/uy;
const QUOTED = new RegExp(`${NAME}(?:"[^"]*("?)|[${PAIRED}][^${PAIRED}]*([${PAIRED}]?))`, "iuy");

export function cut(query: string): Piece[] {
  const pieces: Piece[] = [];
  let depth = 0;
  for (let start = after(SPACE, query, 0); start < query.length;) {
    const piece = pieceAt(query, start, depth);
    pieces.push(piece);
    if (piece.kind === "open") depth += 1;
    if (piece.kind === "close" && depth > 0) depth -= 1;
    start = after(SPACE, query, piece.end);
  }
  return pieces;
}

function pieceAt(query: string, start: number, depth: number): Piece {
  const of = (end: number, kind: Piece["kind"], unclosed = false): Piece => ({
    text: query.slice(start, end),
    start,
    end,
    kind,
    depth,
    unclosed,
  });
  const opened = after(OPEN, query, start);
  if (opened > start) return of(opened, "open");
  const closed = after(CLOSE, query, start);
  if (closed > start) return of(closed, "close");
  QUOTED.lastIndex = start;
  const quoted = QUOTED.exec(query);
  if (quoted !== null) return of(start + quoted[0].length, "words", (quoted[1] ?? quoted[2]) === "");
  const end = endOfWord(query, start, depth > 0);
  return of(end, BINDING.get(query.slice(start, end)) ?? "words");
}

/** A word may hold parentheses of its own, as `fill(colour)` does; within parentheses a closing one ends it. */
function endOfWord(query: string, start: number, within: boolean): number {
  let open = 0;
  for (let at = start; at < query.length; at += 1) {
    const character = query.charAt(at);
    if (/\s/u.test(character)) return at;
    const closes = /[)\uff09]/u.test(character);
    if (/[(\uff08]/u.test(character)) open += 1;
    else if (closes && open > 0) open -= 1;
    else if (closes && within) return at;
  }
  return query.length;
}

function after(pattern: RegExp, query: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(query) ? pattern.lastIndex : start;
}

/** A phrase that one of a pair of quotes begins. */
const HALF = new RegExp(`^${NAME}[${PAIRED}]`, "iu");

/**
 * The pieces without AND, which says what holds without it, and with a minus where a NOT stands before a word. Such a piece begins where
 * the NOT does.
 */
export function plainly(pieces: readonly Piece[]): Piece[] {
  const found: Piece[] = [];
  let start: number | null = null;
  let turns = false;
  for (const piece of pieces) {
    if (piece.kind === "and") continue;
    if (piece.kind === "not") {
      start ??= piece.start;
      turns = !turns;
      continue;
    }
    const isTurned = piece.kind === "words" && start !== null;
    found.push(
      isTurned ? { ...piece, start: start ?? 0, text: turns ? turned(piece.text) : piece.text } : piece,
    );
    start = null;
    turns = false;
  }
  return found;
}

const BEGINS_WITH_MINUS = new RegExp(`^${MINUS}`, "u");

function turned(text: string): string {
  return BEGINS_WITH_MINUS.test(text) ? text.slice(1) : `-${text}`;
}

/** The query so that something may follow it: quotes and parentheses have their other half, and no OR waits at the end. */
export function closed(query: string): string {
  let pieces = cut(query);
  let text = query;
  while (isBinding(pieces.at(-1)?.kind)) {
    text = text.slice(0, pieces.at(-1)?.start).trimEnd();
    pieces = pieces.slice(0, -1);
  }
  const last = pieces.at(-1);
  if (last === undefined) return text;
  if (last.unclosed) text = `${text.trimEnd()}${HALF.test(last.text) ? "\u201d" : '"'}`;
  const open = last.depth + { open: 1, close: -1, words: 0, or: 0, and: 0, not: 0 }[last.kind];
  return open > 0 ? text.trimEnd() + ")".repeat(open) : text;
}

/** The query as it is asked: a space at its end says that the last word is whole, and is kept as one. */
export function asAsked(query: string): string {
  const words = query.trim();
  return words !== "" && /\s$/u.test(query) ? `${words} ` : words;
}

/** The same with its last word whole. */
export function ended(query: string): string {
  return asAsked(`${query} `);
}
