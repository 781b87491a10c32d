// A search over the letters in memory: as much of the engine's language as it takes to try the interface. The language
// itself is the store's (docs/search.md).
import type { AddressView } from "../backend";
import type { Letter, World } from "./world";

type Test = (letter: Letter) => boolean;

const people = (addresses: AddressView[]) =>
  addresses.map((each) => `${each.name ?? ""} ${each.email}`).join(" ");
const holds = (text: string, words: string) => text.toLowerCase().includes(words.toLowerCase());
const recipients = (letter: Letter) => people([...letter.to, ...letter.cc, ...letter.bcc]);

/** What an operator asks, or null where it does not know the value. */
function asked(world: World, name: string, value: string): Test | null {
  const day = new Date(value).getTime();
  const size = /^(\d+)([km]?)b?$/iu.exec(value);
  const unit = { k: 1_000, m: 1_000_000 }[size?.[2]?.toLowerCase() ?? ""] ?? 1;
  const bytes = Number(size?.[1]) * unit;
  switch (name) {
    case "from":
      return (letter) => holds(people(letter.from), value);
    case "to":
      return (letter) => holds(recipients(letter), value);
    case "cc":
      return (letter) => holds(people(letter.cc), value);
    case "body":
      return (letter) => holds(letter.html, value);
    case "filename":
    case "type":
      return (letter) => letter.attachments.some((file) => holds(`${file.name} ${file.mediaType}`, value));
    case "account":
      return (letter) =>
        world.accounts.some(
          (each) => each.id === letter.account && holds(`${each.email} ${each.label}`, value),
        );
    case "sort":
      return () => true;
    case "subject":
      return (letter) => holds(letter.subject, value);
    case "has":
      return value === "attachment" ? (letter) => letter.hasAttachment : null;
    case "is":
      if (value === "unread") return (letter) => letter.unread;
      if (value === "read") return (letter) => !letter.unread;
      if (value === "replied" || value === "answered") return (letter) => letter.answered;
      return value === "starred" ? (letter) => letter.starred : null;
    case "in":
      return (letter) =>
        letter.mailboxes
          .map((id) => world.mailbox(id))
          .some((mailbox) => mailbox.role === value.toLowerCase() || holds(mailbox.name, value));
    case "newer":
    case "after":
      return Number.isNaN(day) ? null : (letter) => letter.at >= day;
    case "older":
    case "before":
      return Number.isNaN(day) ? null : (letter) => letter.at < day;
    case "larger":
      return size === null ? null : (letter) => letter.size > bytes;
    case "smaller":
      return size === null ? null : (letter) => letter.size < bytes;
    default:
      return null;
  }
}

/** Whether a letter has everything that the query wants. */
export function matches(world: World, letter: Letter, query: string): boolean {
  const files = [...letter.attachments.map(({ name }) => name), ...Object.values(letter.papers ?? {})];
  const said = [letter.subject, letter.preview, letter.html, people(letter.from), recipients(letter)];
  const whole = [...said, ...files].join(" ");
  const pieces = query.match(/(?:[^\s"]|"[^"]*"?)+/gu) ?? [];
  return pieces.every((piece, at) => {
    if (["AND", "NOT", "OR"].includes(piece)) return true;
    const minus = piece.startsWith("-") !== (pieces[at - 1] === "NOT");
    const bare = piece.startsWith("-") ? piece.slice(1) : piece;
    const [, name = "", value = ""] = /^([a-z]+):(.+)$/iu.exec(bare) ?? [];
    const test = asked(world, name.toLowerCase(), value.replace(/"/gu, ""));
    const found = test === null ? holds(whole, bare.replace(/"/gu, "")) : test(letter);
    return found !== minus;
  });
}
