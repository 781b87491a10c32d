// What is typed into the search field, taken apart for the eye: operators that are finished become chips, and what is
// being typed can be completed. What a query finds is the engine's to say (docs/search.md); nothing here knows it.

export type Operator =
  "from" | "to" | "subject" | "has" | "is" | "in" | "after" | "before" | "larger" | "smaller";

/** In the order in which they are offered. */
export const operators: readonly Operator[] = [
  "from",
  "to",
  "subject",
  "has",
  "is",
  "in",
  "after",
  "before",
  "larger",
  "smaller",
];

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
}

const TOKEN = /^(-?)([a-z]+):(?:"([^"]*)"|([^\s"]+))$/iu;

/** What each operator takes; any text where nothing is said. */
const values: Partial<Record<Operator, readonly string[]>> = {
  has: ["attachment"],
  is: ["unread", "read", "starred", "answered"],
};
const days = ["today", "yesterday", "7d", "30d"];
const sizes = ["1M", "5M", "10M"];
const DAY = /^(?:today|yesterday|\d{1,5}d|\d{4}(?:[-/.]\d{1,2}){0,2})$/iu;
const SIZE = /^\d+(?:\.\d+)?[kmg]?b?$/iu;

function isOperator(name: string): name is Operator {
  return (operators as readonly string[]).includes(name);
}

function takes(operator: Operator, value: string): boolean {
  if (operator === "after" || operator === "before") return DAY.test(value);
  if (operator === "larger" || operator === "smaller") return SIZE.test(value);
  const known = values[operator];
  if (operator === "has" && value.toLowerCase() === "attachments") return true;
  return value.trim() !== "" && (known?.includes(value.toLowerCase()) ?? true);
}

/** The chip that a finished token is, or null where it is only words. */
export function chipOf(token: string): Chip | null {
  const [, minus = "", name = "", quoted, bare] = TOKEN.exec(token) ?? [];
  const operator = name.toLowerCase();
  const value = quoted ?? bare ?? "";
  if (!isOperator(operator) || !takes(operator, value)) return null;
  return { token, operator, value, negative: minus !== "" };
}

/** `from:"Amara Okafor"`; quotes only where they are needed. */
export function tokenOf(operator: Operator, value: string, negative = false): string {
  const clean = value.replace(/"/gu, " ").trim();
  return `${negative ? "-" : ""}${operator}:${/\s/u.test(clean) ? `"${clean}"` : clean}`;
}

/** The pieces of a text: words, phrases and operators with their values. */
function pieces(text: string): string[] {
  return text.match(/(?:[^\s"]|"[^"]*"?)+/gu) ?? [];
}

/**
 * Takes the finished operators out of what is typed. The last piece is finished when a space follows it, or when the
 * person said so. Beside an OR nothing is taken out: the two would be torn apart.
 */
export function takeChips(text: string, ended: boolean): { chips: Chip[]; text: string } {
  const all = pieces(text);
  if (all.includes("OR")) return { chips: [], text };
  const open = ended || /\s$/u.test(text) ? null : (all.pop() ?? null);
  const chips: Chip[] = [];
  const words: string[] = [];
  for (const piece of all) {
    const chip = chipOf(piece);
    if (chip === null) words.push(piece);
    else chips.push(chip);
  }
  if (chips.length === 0) return { chips, text };
  const rest = [...words, ...(open === null ? [] : [open])].join(" ");
  return { chips, text: open === null && rest !== "" ? `${rest} ` : rest };
}

/** The whole query, as the engine is asked. An operator that still wants its value asks for nothing yet. */
export function queryOf(chips: readonly Chip[], text: string): string {
  const words = text
    .trim()
    .replace(/(?:^|\s)-?([a-z]+):"?$/iu, (all: string, name: string) =>
      isOperator(name.toLowerCase()) ? "" : all,
    );
  return [...chips.map((chip) => chip.token), words.trim()].filter(Boolean).join(" ");
}

/** What is being typed last: an operator with the beginning of its value, or the beginning of an operator. */
export interface Typing {
  /** Everything before it. */
  before: string;
  negative: boolean;
  operator: Operator | null;
  typed: string;
}

export function typingIn(text: string): Typing {
  const last = /(?:^|\s)(-?)(?:([a-z]+):)?("[^"]*|[^\s"]*)$/iu.exec(text);
  const name = last?.[2]?.toLowerCase() ?? "";
  const operator = isOperator(name) ? name : null;
  const start = last === null ? text.length : last.index + (/^\s/u.test(last[0]) ? 1 : 0);
  const word = (last?.[3] ?? "").replace(/^"/u, "");
  return {
    before: text.slice(0, start),
    negative: last?.[1] === "-",
    operator,
    typed: operator === null && name !== "" ? `${name}:${word}` : word,
  };
}

export interface Known {
  /** People whose name or address begins like what is typed: what to look for. */
  people: readonly string[];
  folders: readonly string[];
}

const MOST = 6;

/**
 * What may be meant. In an empty field all operators, so that one learns of them; after that only what begins like what
 * is typed, so that nothing covers the results. A single letter is too little to guess from.
 */
export function hintsFor(typing: Typing, known: Known): Hint[] {
  const { operator, typed, negative } = typing;
  const like = (value: string) => value.toLowerCase().startsWith(typed.toLowerCase());
  if (operator === null) {
    if (typed.length === 1 || (typed === "" && typing.before !== "")) return [];
    return operators
      .filter((name) => typed === "" || like(name))
      .map((name) => ({ token: `${negative ? "-" : ""}${name}:`, finished: false }));
  }
  const finished = (value: string): Hint => ({ token: tokenOf(operator, value, negative), finished: true });
  const those = (list: readonly string[]) => list.filter(like).slice(0, MOST).map(finished);
  switch (operator) {
    case "from":
    case "to":
      return typed === "" ? [] : known.people.slice(0, MOST).map(finished);
    case "in":
      return those([...new Set(known.folders)]);
    case "has":
    case "is":
      return those(values[operator] ?? []);
    case "after":
    case "before":
      return those(days);
    case "larger":
    case "smaller":
      return those(sizes);
    case "subject":
      return [];
  }
}
