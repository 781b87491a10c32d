// Lists of conversations out of the letters in memory: filtered, grouped, ordered, cut into pages.
import type { Listing, PageView, RowView } from "../backend";
import { nameOf } from "./names";
import { matches } from "./matching";
import type { Letter, World } from "./world";

function inSource(world: World, listing: Listing, letter: Letter): boolean {
  const { source } = listing;
  const roles = letter.mailboxes.map((id) => world.mailbox(id).role);
  if (source.kind === "mailbox") return letter.mailboxes.includes(source.mailbox);
  if (source.kind === "allInboxes") return roles.includes("inbox");
  if (source.kind === "search")
    return (
      matches(world, letter, source.query) || (world.foundThere.get(source.query)?.has(letter.id) ?? false)
    );
  return letter.starred && !roles.includes("trash") && !roles.includes("junk");
}

function rowOf(world: World, letters: Letter[]): RowView {
  const newest = letters.reduce((best, letter) => (letter.at >= best.at ? letter : best));
  const sentHere = newest.mailboxes.some((id) => ["sent", "drafts"].includes(world.mailbox(id).role ?? ""));
  const shown = sentHere ? (newest.to[0] ?? newest.from[0]) : newest.from[0];
  const writers = [...letters]
    .sort((a, b) => b.at - a.at)
    .flatMap((letter) => (sentHere ? letter.to : letter.from));
  const people = [...new Set(writers.map(nameOf))];
  return {
    thread: newest.thread,
    email: newest.id,
    account: newest.account,
    emails: letters.map((letter) => letter.id),
    people,
    avatar: shown?.email ?? "",
    subject: newest.subject,
    preview: newest.preview,
    receivedAt: newest.at,
    unread: letters.some((letter) => letter.unread),
    starred: letters.some((letter) => letter.starred),
    answered: newest.answered,
    hasAttachment: letters.some((letter) => letter.hasAttachment),
  };
}

export function rows(world: World, listing: Listing): RowView[] {
  const groups = new Map<string, Letter[]>();
  for (const letter of world.letters.values()) {
    if (!inSource(world, listing, letter)) continue;
    const key = listing.grouping === "conversations" ? letter.thread : letter.id;
    groups.set(key, [...(groups.get(key) ?? []), letter]);
  }
  const all = [...groups.values()].map((letters) => rowOf(world, letters));
  const kept = listing.filter === "unread" ? all.filter((row) => row.unread) : all;
  const sign = listing.order === "newest" ? -1 : 1;
  return kept.sort((a, b) => sign * (a.receivedAt - b.receivedAt) || (a.thread < b.thread ? -1 : 1));
}

export function pageOf(world: World, listing: Listing, offset: number, limit: number): PageView {
  const all = rows(world, listing);
  return { total: all.length, rows: all.slice(offset, offset + limit), more: false };
}

export function positionOf(world: World, listing: Listing, thread: string): number | null {
  const index = rows(world, listing).findIndex((row) => row.thread === thread);
  return index < 0 ? null : index;
}
