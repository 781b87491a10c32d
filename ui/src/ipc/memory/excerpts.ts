// Why letters are found, in memory: as much of what the engine says of it as it takes to try the interface.
import type { ExcerptView, MarkedView } from "../backend";
import { marks, wordsOf } from "./marking";
import type { Letter, World } from "./world";

/** Signs of its beginning that a row shows. */
const SEEN = 48;
/** Signs before the first word that is shown, and behind them. */
const BEFORE = 12;
const BEFORE_IN_FILE = 5;
const ALL = 200;

const marked = (query: string, text: string): MarkedView => ({
  text,
  marks: marks(query, { part: "text", text }),
});

function textOf(letter: Letter): string {
  const page = new DOMParser().parseFromString(letter.html.replace(/<(?:\/p|br)/gu, " $&"), "text/html");
  return page.body.textContent.replace(/\s+/gu, " ").trim();
}

/** A piece of a text around the first word, or null where there is none. */
function pieceOf(query: string, text: string, before = BEFORE): MarkedView | null {
  const [first] = marks(query, { part: "text", text });
  if (first === undefined) return null;
  const space = first[0] > before ? text.indexOf(" ", first[0] - before - 1) + 1 : 0;
  const start = space > first[0] ? first[0] : space;
  return marked(query, `${start > 0 ? "… " : ""}${text.slice(start, start + ALL)}`);
}

const headOf = ({ subject, from, to, cc }: Letter): string =>
  [subject, ...[...from, ...to, ...cc].map(({ name, email }) => `${name ?? ""} ${email}`)].join("\n");

/** The query without the words that stand in a text. */
function withoutThoseIn(text: string, query: string): string {
  return wordsOf(query)
    .filter((word) => marks(word, { part: "text", text }).length === 0)
    .join(" ");
}

/** The words that stand in no header, no text and no name of a file: the query with these alone. */
function missing(query: string, letter: Letter): string {
  const names = letter.attachments.map(({ name }) => name);
  return withoutThoseIn([headOf(letter), textOf(letter), ...names].join("\n"), query);
}

export function excerptOf(world: World, query: string, email: string): ExcerptView | null {
  const letter = world.letters.get(email);
  if (letter === undefined) return null;
  if (world.foundThere.get(query.trim())?.has(email) === true) return { kind: "elsewhere" };
  const inFiles = missing(query, letter);
  if (inFiles !== "") {
    const [part, text] =
      Object.entries(letter.papers ?? {}).find(([, paper]) => pieceOf(inFiles, paper) !== null) ?? [];
    const name = letter.attachments.find((file) => file.part === part)?.name;
    const said = text === undefined ? null : pieceOf(query, text, BEFORE_IN_FILE);
    return name === undefined || said === null ? null : { kind: "inFile", name, said };
  }
  const has = (words: string, text: string) => marks(words, { part: "text", text }).length > 0;
  const text = textOf(letter);
  const rest = withoutThoseIn(headOf(letter), query);
  const file = letter.attachments.find(({ name }) => has(rest, name));
  if (file !== undefined && !has(rest, text)) return { kind: "fileName", said: marked(query, file.name) };
  if (has(query, letter.preview.slice(0, SEEN))) return null;
  const said = pieceOf(query, text);
  return said === null ? null : { kind: "text", said };
}

export function foundInFiles(world: World, query: string, email: string): string[] {
  const letter = world.letters.get(email);
  const inFiles = letter === undefined ? "" : missing(query, letter);
  if (letter === undefined || inFiles === "") return [];
  const found = Object.entries(letter.papers ?? {}).filter(([, text]) => pieceOf(inFiles, text) !== null);
  return found.map(([part]) => part);
}
