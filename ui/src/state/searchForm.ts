// The form of the search, which writes the same query that one could type, and reads it back. What it has no field for
// stays among the words.
import { parseDate } from "@internationalized/date";
import { chipOf, withoutLoneOr, tokenOf, type Operator } from "./search";
import { closed, cut, MINUS, plainly } from "./searchPieces";

export interface SearchFormState {
  words: string;
  not: string;
  from: string;
  to: string;
  cc: string;
  list: string;
  subject: string;
  body: string;
  filename: string;
  /** A folder's name; empty: anywhere. */
  folder: string;
  account: string;
  kind: string; // "", "any" file, or what `type:` takes
  state: string; // "", or what `is:` takes
  after: string;
  before: string;
  on: string;
  tag: string;
  larger: string;
  smaller: string;
  order: string; // "": as the list is sorted; or what `sort:` takes
}

export const EMPTY: SearchFormState = {
  words: "",
  not: "",
  from: "",
  to: "",
  cc: "",
  list: "",
  subject: "",
  body: "",
  filename: "",
  folder: "",
  account: "",
  kind: "",
  state: "",
  after: "",
  before: "",
  on: "",
  tag: "",
  larger: "",
  smaller: "",
  order: "",
};

const fields: Partial<Record<Operator, keyof SearchFormState>> = {
  from: "from",
  to: "to",
  cc: "cc",
  list: "list",
  subject: "subject",
  body: "body",
  filename: "filename",
  in: "folder",
  account: "account",
  type: "kind",
  is: "state",
  after: "after",
  before: "before",
  on: "on",
  tag: "tag",
  larger: "larger",
  smaller: "smaller",
  sort: "order",
};

/** Fields of words: each of them in any order, and a phrase where quotes stand, as among the words themselves. */
const ofWords: readonly Operator[] = ["from", "to", "cc", "list", "subject", "body", "filename"];
/** Fields that a page shows as a day of the calendar. */
const ofDays: readonly Operator[] = ["after", "before", "on"];

/** A word or a phrase that is not wanted. */
const NOT = new RegExp(`^${MINUS}(?:[^-:"()\uff08\uff09\uff1a]+|"[^"]+")$`, "u");

/** In a field a minus turns the operator round, as it would turn the word. */
const WITH_MINUS = new RegExp(`^${MINUS}(?=[\\p{L}\\p{N}"])`, "u");

/** What a form holds that writes this query. */
export function formOf(query: string): SearchFormState {
  const form = { ...EMPTY };
  const pieces = plainly(cut(query));
  if (pieces.some(({ kind }) => kind !== "words")) return { ...form, words: query.trim() };
  const words: string[] = [];
  const not: string[] = [];
  for (const { text } of pieces) {
    const chip = chipOf(text);
    const field = chip === null || chip.negative ? undefined : fields[chip.operator];
    if (chip !== null && field !== undefined && ofWords.includes(chip.operator)) {
      form[field] = `${form[field]} ${text.slice(chip.operator.length + 1)}`.trimStart();
    } else if (
      chip !== null &&
      field !== undefined &&
      form[field] === "" &&
      isShown(chip.operator, chip.value)
    ) {
      form[field] = chip.value;
    } else if (text === "has:attachment" && form.kind === "") form.kind = "any";
    else if (NOT.test(text)) not.push(text.slice(1));
    else words.push(text);
  }
  return { ...form, words: words.join(" "), not: not.join(" ") };
}

/** Whether the field can show the value: days like 7d and 2026-11 are none of the calendar. */
function isShown(operator: Operator, value: string): boolean {
  if (!ofDays.includes(operator)) return true;
  try {
    return parseDate(value).toString() === value;
  } catch {
    return false;
  }
}

/** The words and phrases of a field. Parentheses, OR and AND mean nothing there; a NOT is the minus of its word. */
function wordsOf(text: string): string[] {
  return plainly(cut(closed(text)))
    .filter(({ kind }) => kind === "words")
    .map(({ text }) => text);
}

/** The query that a form means. */
export function queryOfForm(form: SearchFormState): string {
  const token = (operator: Operator, value: string) =>
    value.trim() === "" ? [] : [tokenOf(operator, value.trim())];
  const tokens = (operator: Operator, value: string) =>
    wordsOf(value).map((word) =>
      WITH_MINUS.test(word) ? `-${operator}:${word.slice(1)}` : `${operator}:${word}`,
    );
  return [
    ...tokens("from", form.from),
    ...tokens("to", form.to),
    ...tokens("cc", form.cc),
    ...tokens("list", form.list),
    ...tokens("subject", form.subject),
    ...tokens("body", form.body),
    ...tokens("filename", form.filename),
    ...token("in", form.folder),
    ...token("account", form.account),
    ...(form.kind === "any" ? ["has:attachment"] : token("type", form.kind)),
    ...token("is", form.state),
    ...token("after", form.after),
    ...token("before", form.before),
    ...token("on", form.on),
    ...token("tag", form.tag),
    ...token("larger", form.larger),
    ...token("smaller", form.smaller),
    ...token("sort", form.order),
    withoutLoneOr(closed(form.words)).trim(),
    ...wordsOf(form.not).map((word) => `-${word.replace(/^[-\uff0d]/u, "")}`),
  ]
    .filter(Boolean)
    .join(" ");
}
