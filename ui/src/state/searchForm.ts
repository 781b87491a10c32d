// The form of the search, which writes the same query that one could type, and reads it back. What it has no field for
// stays among the words.
import { chipOf, tokenOf, type Operator } from "./search";
import { cut } from "./searchPieces";

export interface SearchFormState {
  words: string;
  not: string;
  from: string;
  to: string;
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
  larger: string;
}

export const EMPTY: SearchFormState = {
  words: "",
  not: "",
  from: "",
  to: "",
  subject: "",
  body: "",
  filename: "",
  folder: "",
  account: "",
  kind: "",
  state: "",
  after: "",
  before: "",
  larger: "",
};

const fields: Partial<Record<Operator, keyof SearchFormState>> = {
  from: "from",
  to: "to",
  subject: "subject",
  body: "body",
  filename: "filename",
  in: "folder",
  account: "account",
  type: "kind",
  is: "state",
  after: "after",
  before: "before",
  larger: "larger",
};

/** What a form holds that writes this query. */
export function formOf(query: string): SearchFormState {
  const form = { ...EMPTY };
  const all = cut(query).map(({ text }) => text);
  const together = all.some((piece) => piece === "OR" || /^-?\(/u.test(piece));
  if (together) return { ...form, words: query.trim() };
  const words: string[] = [];
  const not: string[] = [];
  for (const piece of all) {
    const chip = chipOf(piece);
    const field = chip === null || chip.negative ? undefined : fields[chip.operator];
    if (chip !== null && field !== undefined && form[field] === "") form[field] = chip.value;
    else if (piece === "has:attachment" && form.kind === "") form.kind = "any";
    else if (/^-[^-:"()]+$/u.test(piece)) not.push(piece.slice(1));
    else words.push(piece);
  }
  return { ...form, words: words.join(" "), not: not.join(" ") };
}

/** The query that a form means. */
export function queryOfForm(form: SearchFormState): string {
  const token = (operator: Operator, value: string) =>
    value.trim() === "" ? [] : [tokenOf(operator, value.trim())];
  return [
    ...token("from", form.from),
    ...token("to", form.to),
    ...token("subject", form.subject),
    ...token("body", form.body),
    ...token("filename", form.filename),
    ...token("in", form.folder),
    ...token("account", form.account),
    ...(form.kind === "any" ? ["has:attachment"] : token("type", form.kind)),
    ...token("is", form.state),
    ...token("after", form.after),
    ...token("before", form.before),
    ...token("larger", form.larger),
    form.words.trim(),
    ...form.not
      .split(/\s+/u)
      .filter(Boolean)
      .map((word) => `-${word}`),
  ]
    .filter(Boolean)
    .join(" ");
}
