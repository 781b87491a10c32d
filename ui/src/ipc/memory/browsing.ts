// The browser of files in memory: whose files, by which words, in which order, a page at a time.
import type { FileSourceView, FilesBehindView, FilesOrderView, FilesView, FileView } from "../backend";
import { inSource } from "./listing";
import { bare } from "./reading";
import type { Letter, World } from "./world";

/** Letters of a page of all files: few, so that a test sees a second one. Files of other lists come at once. */
const FEW = 2;

/** With its place among the files of its letter. */
type Listed = FileView & { place: number };

export function files(
  world: World,
  source: FileSourceView,
  order: FilesOrderView,
  words: string,
  behind: FilesBehindView | null,
): FilesView {
  const letters = [...world.letters.values()]
    .filter((letter) => letter.attachments.length > 0 && isOf(world, source, letter))
    .sort((one, other) => other.at - one.at);
  const wanted = folded(words).split(/\s+/);
  const all = letters.flatMap((letter) =>
    letter.attachments.map((file, place) => ({ letter: bare(letter), file, place })),
  );
  const list = inOrder(
    all.filter((file) => goesBy(file, wanted)),
    order,
  );
  const isBehind = ({ letter, place }: Listed) => letter.id === behind?.email && place === behind.place;
  const offset = behind === null ? 0 : list.findIndex(isBehind) + 1 || behind.row;
  const end = order === "newest" && words.trim() === "" ? endOfFew(list, offset) : list.length;
  return {
    files: list.slice(offset, end).map(({ letter, file }) => ({ letter, file })),
    next: end < list.length ? behindRow(list, end - 1) : null,
    total: list.length,
    unread: world.unlisted,
  };
}

function isOf(world: World, source: FileSourceView, letter: Letter): boolean {
  switch (source.kind) {
    case "mailboxes":
      return letter.mailboxes.some((mailbox) => source.mailboxes.includes(mailbox));
    case "person":
      return letter.from.some((each) => each.email === source.address);
    default:
      return inSource(world, source, letter);
  }
}

function behindRow(list: readonly Listed[], row: number): FilesBehindView | null {
  const last = list[row];
  return last === undefined ? null : { email: last.letter.id, place: last.place, row };
}

function endOfFew(list: readonly FileView[], offset: number): number {
  const met = new Set<string>();
  const end = list.findIndex(({ letter }, at) => at >= offset && met.add(letter.id).size > FEW);
  return end === -1 ? list.length : end;
}

const folded = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

/** Each word stands somewhere in what is known of a file. */
function goesBy({ file, letter }: FileView, words: string[]): boolean {
  const from = letter.from.flatMap((one) => [one.name ?? "", one.email]);
  const known = folded([file.name, letter.subject, ...from].join("\n"));
  return words.every((word) => known.includes(word));
}

/** "bill 9" stands before "bill 10". */
const names = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** What is equal stays as it came. */
function inOrder(list: Listed[], order: FilesOrderView): Listed[] {
  const by = (called: (file: FileView) => string) =>
    list.toSorted((one, other) => names.compare(called(one), called(other)));
  switch (order) {
    case "newest":
      return list;
    case "name":
      return by(({ file }) => file.name);
    case "size":
      return list.toSorted((one, other) => other.file.size - one.file.size);
    case "sender":
      return by(({ letter }) => letter.from.map(({ name, email }) => name ?? email).join(", "));
    case "kind":
      return by(({ file }) => `${file.shows} ${file.name}`);
  }
}
