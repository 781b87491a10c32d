// What is typed into the search field, taken apart for the eye: operators that are finished can be chips, and what is
// being typed can be completed. Where the chips stand is known in searchTyping.ts. What a query finds is the engine's to say
// (docs/search.md); nothing here knows it.
import type { FolderName } from "./folderNames";
import type { OfferedPerson } from "./searchPeople";
import {
  COLON,
  cut,
  isBinding,
  isOperator,
  MINUS,
  operators,
  PAIRED,
  plainly,
  type Operator,
  type Piece,
} from "./searchPieces";
import { without } from "./searchWithout";

export { operators, type Operator };

export interface Chip {
  /** As it stands in the query: `-from:"Amara Okafor"`. */
  token: string;
  operator: Operator;
  value: string;
  negative: boolean;
}

/** What can be put in place of what is being typed. */
export interface Hint {
  /** A whole operator with its value, or an operator that still wants one. */
  token: string;
  finished: boolean;
  /** How its value is told, where that is not how it is looked for. */
  said?: string;
}

const TOKEN = new RegExp(
  `^(${MINUS}?)([a-z]+)${COLON}(?:"([^"]*)"|[${PAIRED}]([^${PAIRED}]*)[${PAIRED}]|([^\\s"${PAIRED}]+))$`,
  "iu",
);
const TYPED = new RegExp(`^(${MINUS}?)(?:([a-z]+)${COLON})?["${PAIRED}]?([^"${PAIRED}]*)`, "iu");

/** What each operator takes; any text where nothing is said. */
const values: Partial<Record<Operator, readonly string[]>> = {
  has: ["attachment"],
  is: ["unread", "read", "starred", "replied", "forwarded"],
  type: [
    "pdf",
    "image",
    "document",
    "spreadsheet",
    "presentation",
    "archive",
    "calendar",
    "audio",
    "video",
    "letter",
  ],
  sort: ["best"],
};
/** Words that an operator knows beside those that it offers. */
const also: Partial<Record<Operator, readonly string[]>> = { has: ["attachments"], is: ["answered"] };
const days = ["today", "yesterday", "7d", "30d"];
const spans = ["7d", "2w", "3m", "1y"];
const sizes = ["1M", "5M", "10M"];
const DAY =
  /^(?:today|yesterday|\d{1,5}[dwmy]|\d{8}|\d{4}(?:[-/.]\d{1,2}){0,2}|\d{1,2}[-/.]\d{4}|\d{1,2}([-/.])\d{1,2}\1\d{4})$/iu;
const SIZE = /^\d+(?:[.,]\d+)?\s?(?:[kmg]i?)?b?$/iu;

function takes(operator: Operator, value: string): boolean {
  switch (operator) {
    case "after":
    case "before":
    case "on":
    case "newer":
    case "older":
      return DAY.test(value);
    case "larger":
    case "smaller":
      return SIZE.test(value);
    case "has":
    case "is":
    case "sort":
      return [...(values[operator] ?? []), ...(also[operator] ?? [])].includes(value.toLowerCase());
    default:
      return value.trim() !== "";
  }
}

/** The chip that a finished token is, or null where it is only words. */
export function chipOf(token: string): Chip | null {
  const [, minus = "", name = "", quoted, paired, bare] = TOKEN.exec(token) ?? [];
  const operator = name.toLowerCase();
  const value = quoted ?? paired ?? bare ?? "";
  if (!isOperator(operator) || !takes(operator, value)) return null;
  // There is no order of which it would be the opposite.
  if (operator === "sort" && minus !== "") return null;
  return { token, operator, value, negative: minus !== "" };
}

/** What would end a value, or begin a phrase or parentheses, if it did not stand in quotes. */
const QUOTES = new RegExp(`[\\s${PAIRED}()\uff08\uff09]`, "u");

/** `from:"Amara Okafor"`; quotes only where they are needed. */
export function tokenOf(operator: Operator, value: string, negative = false): string {
  const clean = value.replace(/"/gu, " ").trim();
  return `${negative ? "-" : ""}${operator}:${QUOTES.test(clean) ? `"${clean}"` : clean}`;
}

/** What is being typed at the caret: an operator with the beginning of its value, or the beginning of an operator. */
export interface Typing {
  /** Everything before it, and everything behind it. */
  before: string;
  after: string;
  negative: boolean;
  operator: Operator | null;
  typed: string;
}

export function typingIn(text: string, caret = text.length): Typing {
  const until = text.slice(0, caret);
  const after = text.slice(caret);
  const nothing = { before: until, after, negative: false, operator: null, typed: "" };
  const piece = cut(until).at(-1);
  // Within a word nothing is offered: the rest of it would stand behind what is taken.
  const isAtEnd = /^(?:[\s)]|$)/u.test(after);
  const isWord = piece?.kind === "words" || isBinding(piece?.kind);
  if (piece === undefined || !isWord || !isAtEnd || (piece.end < caret && !piece.unclosed)) return nothing;
  const [, minus, name, word = ""] = TYPED.exec(piece.text) ?? [];
  const operator =
    name !== undefined && isOperator(name.toLowerCase()) ? (name.toLowerCase() as Operator) : null;
  return {
    before: text.slice(0, piece.start),
    after,
    negative: minus !== undefined && minus !== "",
    operator,
    typed: operator === null && name !== undefined ? `${name}:${word}` : word,
  };
}

/** Whether the value is a person, so that people may be offered for it. */
export function namesSomebody(operator: Operator | null): boolean {
  return operator === "from" || operator === "to" || operator === "cc";
}

export interface Known {
  /** People whose name or address begins like what is typed: what to look for. */
  people: readonly OfferedPerson[];
  folders: readonly FolderName[];
  accounts: readonly string[];
  tags: readonly string[];
  /** Mailing lists by their List-Id and their name. */
  lists: readonly { list: string; name: string }[];
}

const MOST = 10;
/** People are many, and are told apart by more than a word. Where there are others the list says so. */
export const MOST_PEOPLE = 20;

/** As the engine compares names: case and accents make no difference. */
export function plain(name: string): string {
  return name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * What may be meant. In an empty field all operators, so that one learns of them; after that only what begins like what
 * is typed, so that nothing covers the results. A single letter is too little to guess from.
 */
export function hintsFor(typing: Typing, known: Known): Hint[] {
  const { operator, typed, negative } = typing;
  const like = (value: string) => plain(value).startsWith(plain(typed));
  if (operator === null) {
    const binding = bindings(typing);
    if (binding.length > 0) return binding;
    const isAlone = (typing.before + typing.after).trim() === "";
    if (typed.length === 1 || (typed === "" && !isAlone)) return [];
    return operators
      .filter((name) => typed === "" || like(name))
      .map((name) => ({ token: `${negative ? "-" : ""}${name}:`, finished: false }));
  }
  const finished = (value: string): Hint => ({ token: tokenOf(operator, value, negative), finished: true });
  const those = (list: readonly string[]) => list.filter(like).slice(0, MOST).map(finished);
  switch (operator) {
    case "from":
    case "to":
    case "cc":
      if (typed === "") return [];
      return known.people
        .slice(0, MOST_PEOPLE)
        .map(({ asked, said }) => (asked === said ? finished(asked) : { ...finished(asked), said }));
    case "in": {
      const named = known.folders.filter(({ name, path }) => like(name) || like(path));
      return [...new Set(named.map(({ path }) => path))].slice(0, MOST).map(finished);
    }
    case "account":
      return those([...new Set(known.accounts)]);
    case "tag":
      return those(known.tags);
    case "list": {
      const lists = known.lists.filter(({ list, name }) => like(list) || like(name)).map(({ list }) => list);
      return [...new Set(lists)].slice(0, MOST).map(finished);
    }
    case "has":
    case "is":
    case "type":
    case "sort":
      return those(values[operator] ?? []);
    case "after":
    case "before":
    case "on":
      return those(days);
    case "newer":
    case "older":
      return those(spans);
    case "larger":
    case "smaller":
      return those(sizes);
    default:
      return [];
  }
}

/** OR, AND and NOT, which are written large and behind something; a NOT may be the first. */
function bindings({ before, typed, negative }: Typing): Hint[] {
  if (typed.length < 2 || negative) return [];
  const kind = cut(before).at(-1)?.kind;
  const isBehind = kind === "words" || kind === "close";
  return (["OR", "AND", "NOT"] as const)
    .filter((word) => word.startsWith(typed) && (isBehind || word === "NOT"))
    .map((token) => ({ token, finished: true }));
}

/** The piece of a query that is this token and asks for it by itself: within parentheses or beside an OR it says less. */
function pieceOf(query: string, token: string): Piece | undefined {
  const all = plainly(cut(query));
  return all.find(
    ({ text, depth }, at) =>
      text.toLowerCase() === token && depth === 0 && all[at - 1]?.kind !== "or" && all[at + 1]?.kind !== "or",
  );
}

/** Whether a query asks for this token, whatever its case. */
export function hasToken(query: string, token: string): boolean {
  return pieceOf(query, token) !== undefined;
}

/** The query with a token more, or without it. A new one stands in front, where no open quotes and no OR can take it. */
export function withToken(query: string, token: string, wanted: boolean): string {
  let rest = query.trimStart();
  for (let piece = pieceOf(rest, token); piece !== undefined; piece = pieceOf(rest, token)) {
    const { end } = piece;
    rest = without(rest, (each) => each.end === end);
  }
  rest = withoutLoneOr(rest);
  return wanted ? `${token} ${rest}` : rest;
}

/** Nothing stands before an OR or an AND at the beginning, so that it means nothing, and is to mean nothing behind something else. */
export function withoutLoneOr(query: string): string {
  return query.replace(/^\s*(?:(?:OR|AND)(?:\s+|$))+/u, "");
}
