// What a row of the in-memory engine tells of its whole conversation, as the store does it (crates/store/src/whole.rs): who has
// written in it, in whatever folder, and how many letters it shows to whoever opens it.
import type { AddressView, Listing, ParticipantView } from "../backend";
import { identitiesOf } from "./identities";
import { nameOf, peopleOf, receives } from "./names";
import { conversation } from "./reading";
import type { Letter, World } from "./world";

export interface Whole {
  people: ParticipantView[];
  letters: number;
}

/** Of the conversation that a row has these letters of. */
export function wholeOf(world: World, listing: Listing, letters: readonly Letter[]): Whole {
  const told = (each: readonly Letter[]) =>
    participants(
      world,
      oldestFirst(each).map((letter) => ({ from: peopleOf(world, listing, letter), unread: false })),
    );
  const [first] = letters;
  if (first === undefined || listing.grouping === "messages") return { people: told(letters), letters: 1 };
  const standing = standingOf(world, first.thread, letters);
  const written = standing.filter((letter) => !letter.draft && !isIn(world, letter, "drafts"));
  const writers = participants(world, written);
  const goesOut =
    listing.source.kind === "mailbox" &&
    ["sent", "drafts"].includes(world.mailbox(listing.source.mailbox).role ?? "");
  const people =
    goesOut || writers.every(({ own }) => own)
      ? told(letters)
      : listing.order.by === "sender"
        ? led(told(letters), writers)
        : writers;
  return { people, letters: standing.length };
}

/** A list by name has rows that begin with that name. */
function led([first]: readonly ParticipantView[], writers: readonly ParticipantView[]): ParticipantView[] {
  if (first === undefined) return [...writers];
  const isFirst = (one: ParticipantView) => one.name === first.name || (one.own && first.own);
  const newestUnread = writers.some((one) => isFirst(one) && one.newestUnread);
  return [{ ...first, newestUnread }, ...writers.filter((one) => !isFirst(one))];
}

const oldestFirst = (letters: readonly Letter[]) => [...letters].sort((one, other) => one.at - other.at);

function isIn(world: World, letter: Letter, ...roles: string[]): boolean {
  return letter.mailboxes.some((id) => roles.includes(world.mailbox(id).role ?? ""));
}

/** Trash, Junk, or one of the person's own folders within them. */
function isAside(world: World, id: string): boolean {
  const mailbox = world.mailbox(id);
  if (mailbox.role !== null) return mailbox.role === "trash" || mailbox.role === "junk";
  for (let at = mailbox.parent; at !== null; at = world.mailbox(at).parent) {
    const { role } = world.mailbox(at);
    if (role === "trash" || role === "junk") return true;
  }
  return false;
}

/** Oldest first: those of the row, others that are not put aside, and what was sent and came back once. */
function standingOf(world: World, thread: string, own: readonly Letter[]): Letter[] {
  const looked = new Set(own.map(({ id }) => id));
  const all = world.thread(thread).filter(({ mailboxes }) => mailboxes.length > 0);
  const isApart = (letter: Letter) => letter.mailboxes.every((id) => isAside(world, id));
  const near = all.filter((letter) => looked.has(letter.id) || !isApart(letter));
  const among = near.length > 0 ? near : all;
  const here = new Set(among.map(({ id }) => id));
  const twice = conversation(world, thread).flatMap(({ id, sameAs }) =>
    sameAs == null || !here.has(sameAs) ? [] : [looked.has(id) && !looked.has(sameAs) ? sameAs : id],
  );
  return oldestFirst(among.filter(({ id }) => !twice.includes(id)));
}

/** Whoever wrote first before the others, each once, and oneself by whichever address. */
function participants(
  world: World,
  written: readonly { from: readonly AddressView[]; unread: boolean }[],
): ParticipantView[] {
  const addresses = [...world.accounts, ...identitiesOf(world)].map(({ email }) => email);
  const people = new Map<string, ParticipantView>();
  let newest: ParticipantView | undefined;
  for (const { from, unread } of written) {
    const named = from.filter((person) => nameOf(person) !== "");
    for (const person of named) {
      const own = addresses.some((address) => receives(address, person.email));
      const key = own ? "" : person.email.toLowerCase();
      const one = people.get(key) ?? { name: nameOf(person), own, newestUnread: false };
      people.set(key, one);
      if (unread && person === named[0]) newest = one;
    }
  }
  if (newest !== undefined) newest.newestUnread = true;
  return [...people.values()];
}
