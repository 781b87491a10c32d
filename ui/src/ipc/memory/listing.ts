// Lists of conversations out of the letters in memory: filtered, grouped, ordered, cut into pages.
import type { Listing, ListingSource, PageView, RowView } from "../backend";
import { crowdMoment, crowdPage, crowdPosition, isCrowd } from "./crowd";
import { identitiesOf } from "./identities";
import { matches } from "./matching";
import { nameOf, peopleOf, receives } from "./names";
import { wholeOf } from "./whole";
import type { Letter, World } from "./world";

/** Whether a letter stands in the lists of a place. */
export function inSource(world: World, source: ListingSource, letter: Letter): boolean {
  const roles = letter.mailboxes.map((id) => world.mailbox(id).role);
  if (source.kind === "mailbox") return letter.mailboxes.includes(source.mailbox);
  if (source.kind === "allInboxes") return roles.includes("inbox");
  if (source.kind === "inboxes") return source.accounts.includes(letter.account) && roles.includes("inbox");
  if (source.kind === "search")
    return (
      matches(world, letter, source.query) ||
      (world.foundThere.get(source.query.trim())?.has(letter.id) ?? false)
    );
  return letter.starred && !roles.includes("trash") && !roles.includes("junk");
}

function rowOf(world: World, listing: Listing, letters: Letter[]): RowView {
  const newest = letters.reduce((best, letter) => (letter.at >= best.at ? letter : best));
  const { people, letters: inAll } = wholeOf(world, listing, letters);
  const [avatar] = peopleOf(world, listing, newest);
  return {
    thread: newest.thread,
    email: newest.id,
    account: newest.account,
    emails: letters.map((letter) => letter.id),
    mailboxes: mailboxesOf(listing, newest, letters),
    people,
    letters: inAll,
    moreLetters: false,
    avatar: avatar?.email ?? "",
    avatarName: avatar === undefined ? "" : nameOf(avatar),
    size: letters.reduce((sum, letter) => sum + letter.size, 0),
    subject: newest.subject,
    preview: newest.preview,
    receivedAt: newest.at,
    unread: letters.some((letter) => letter.unread),
    starred: letters.some((letter) => letter.starred),
    answered: newest.answered,
    hasAttachment: letters.some((letter) => letter.hasAttachment),
    muted: world.muted.has(newest.thread),
  };
}

/** The folders that show these letters, those of the newest first; where the list is of one folder, that one. */
function mailboxesOf({ source }: Listing, newest: Letter, letters: Letter[]): string[] {
  if (source.kind === "mailbox") return [source.mailbox];
  return [...new Set([newest, ...letters].flatMap(({ mailboxes }) => mailboxes))];
}

export function rows(world: World, listing: Listing): RowView[] {
  const groups = new Map<string, Letter[]>();
  for (const letter of world.letters.values()) {
    if (!inSource(world, listing.source, letter)) continue;
    const key = listing.grouping === "conversations" ? letter.thread : letter.id;
    groups.set(key, [...(groups.get(key) ?? []), letter]);
  }
  const { filter, order } = listing;
  const own = [...world.accounts, ...identitiesOf(world)].map(({ email }) => email);
  const isOwn = (address: string) => own.some((each) => receives(each, address));
  const toMe = (letter: Letter) => [...letter.to, ...letter.cc].some(({ email }) => isOwn(email));
  return [...groups.values()]
    .filter((letters) => !filter.toMe || letters.some(toMe))
    .map((letters) => rowOf(world, listing, letters))
    .filter((row) => (row.unread || !filter.unread) && (row.starred || !filter.starred))
    .filter((row) => row.hasAttachment || !filter.attachment)
    .sort((a, b) => {
      const newest = b.receivedAt - a.receivedAt || (a.thread < b.thread ? -1 : 1);
      if (order.by === "date") return order.reversed ? -newest : newest;
      const first = compare(a, b, order.by);
      return (order.reversed ? -first : first) || newest;
    });
}

function compare(a: RowView, b: RowView, by: Listing["order"]["by"]): number {
  const bare = (subject: string) => subject.replace(/^(?:(?:re|fwd?|aw|wg):\s*)+/iu, "");
  switch (by) {
    case "sender":
      return (a.people[0]?.name ?? "").localeCompare(b.people[0]?.name ?? "");
    case "subject":
      return bare(a.subject).localeCompare(bare(b.subject));
    case "size":
      return b.size - a.size;
    case "unread":
      return Number(b.unread) - Number(a.unread);
    case "starred":
      return Number(b.starred) - Number(a.starred);
    default:
      return Number(b.hasAttachment) - Number(a.hasAttachment);
  }
}

export function pageOf(world: World, listing: Listing, offset: number, limit: number): PageView {
  if (isCrowd(listing)) return crowdPage(world.crowd, listing, offset, limit);
  const all = rows(world, listing);
  return { total: all.length, rows: all.slice(offset, offset + limit), more: false };
}

export function positionOf(
  world: World,
  listing: Listing,
  thread: string,
  email: string | null,
): number | null {
  if (isCrowd(listing)) return crowdPosition(world.crowd, listing, email ?? thread);
  const index = rows(world, listing).findIndex((row) =>
    email === null ? row.thread === thread : row.emails.includes(email),
  );
  return index < 0 ? null : index;
}

export function momentOf(world: World, listing: Listing, moment: number): number | null {
  if (isCrowd(listing)) return crowdMoment(listing, moment);
  if (listing.order.by !== "date") return null;
  const isBefore = (row: RowView) =>
    listing.order.reversed ? row.receivedAt < moment : row.receivedAt > moment;
  return rows(world, listing).filter(isBefore).length;
}
