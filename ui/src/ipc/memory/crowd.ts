// A mailbox of a million letters that are made up when asked for, to see that the list stays quick. What was done to many of them
// at once is remembered as ranges.
import type { ListedView, Listing, PageView, RowView } from "../backend";
import { paragraphs } from "./post";
import type { Letter } from "./world";

export const CROWD = "crowd";
export const CROWD_SIZE = 1_000_000;
/** When this page was opened, so that a letter keeps its moment. */
const OPENED = Date.now();
const people = [
  "Amara Okafor",
  "Jonas Halvorsen",
  "Mika Perälä",
  "Grete Baumann",
  "Oskar Lindqvist",
  "Ferry Trust",
];

/** Letters from one number to another, without the second. */
type Range = readonly [from: number, to: number];

/** What is different from how they were made up. */
export interface Crowd {
  /** Those that are there still, in their order. */
  there: readonly Range[];
  /** Marks that were changed, the oldest first. */
  marked: readonly { ranges: readonly Range[]; marks: Partial<Pick<RowView, "unread" | "starred">> }[];
}

export const wholeCrowd: Crowd = { there: [[0, CROWD_SIZE]], marked: [] };

export function isCrowd(listing: Listing): boolean {
  return listing.source.kind === "mailbox" && listing.source.mailbox === CROWD;
}

const isIn = (ranges: readonly Range[], index: number) =>
  ranges.some(([from, to]) => index >= from && index < to);

function rowAt(crowd: Crowd, index: number): RowView {
  const person = people[index % people.length] ?? "Amara Okafor";
  const marks = crowd.marked.filter(({ ranges }) => isIn(ranges, index)).map((each) => each.marks);
  const row: RowView = {
    thread: `${CROWD}-${index}`,
    email: `${CROWD}-${index}`,
    account: "lena",
    emails: [`${CROWD}-${index}`],
    mailboxes: [CROWD],
    people: [{ name: person, own: false, newestUnread: index % 7 === 0 }],
    letters: 1,
    moreLetters: false,
    avatarName: person,
    avatar: `${person.toLowerCase().replace(/\W+/g, ".")}@crowd.example`,
    subject: `Letter number ${index + 1}`,
    preview: "One of very many.",
    receivedAt: OPENED - index * 60_000,
    size: 900 + (index % 50) * 100,
    unread: index % 7 === 0,
    starred: false,
    answered: false,
    hasAttachment: false,
    muted: false,
  };
  return marks.reduce<RowView>((marked, each) => ({ ...marked, ...each }), row);
}

/** Every letter, or every seventh, which is the unread ones. */
const stepOf = (listing: Listing) => (listing.filter.unread ? 7 : 1);
const countOf = ([from, to]: Range, step: number) => Math.ceil(to / step) - Math.ceil(from / step);
const totalOf = ({ there }: Crowd, step: number) =>
  there.reduce((sum, range) => sum + countOf(range, step), 0);

export const crowdCounts = (crowd: Crowd) => ({ total: totalOf(crowd, 1), unread: totalOf(crowd, 7) });

/** The number of the letter that stands at a place, newest first. */
function numberAt({ there }: Crowd, step: number, place: number): number {
  let left = place;
  for (const range of there) {
    const count = countOf(range, step);
    if (left < count) return (Math.ceil(range[0] / step) + left) * step;
    left -= count;
  }
  return -1;
}

export function crowdPage(crowd: Crowd, listing: Listing, offset: number, limit: number): PageView {
  const step = stepOf(listing);
  const total = totalOf(crowd, step);
  const length = Math.max(0, Math.min(limit, total - offset));
  const place = (at: number) => (listing.order.reversed ? total - 1 - at : at);
  const row = (at: number) => rowAt(crowd, numberAt(crowd, step, place(offset + at)));
  return { total, rows: Array.from({ length }, (_, at) => row(at)), more: false };
}

const numberOf = (id: string) => Number(id.slice(CROWD.length + 1));

export function crowdPosition(crowd: Crowd, listing: Listing, thread: string): number | null {
  const number = numberOf(thread);
  const step = stepOf(listing);
  if (!Number.isInteger(number / step) || !isIn(crowd.there, number)) return null;
  const before = crowd.there.map(([from, to]): Range => [from, Math.max(from, Math.min(to, number))]);
  const place = totalOf({ ...crowd, there: before }, step);
  return listing.order.reversed ? totalOf(crowd, step) - 1 - place : place;
}

export function crowdMoment(listing: Listing, moment: number): number | null {
  if (listing.order.by !== "date") return null;
  const newer = Math.max(0, Math.min(CROWD_SIZE, Math.ceil((OPENED - moment) / 60_000)));
  return listing.order.reversed ? CROWD_SIZE - newer : newer;
}

/** The letters that a choice means, as ranges. */
export function crowdChosen(crowd: Crowd, { listing, first, last, except }: ListedView): Range[] {
  const ends = [first, last].map((key) => (key === null ? null : numberOf(key)));
  const [upper, lower] = listing.order.reversed ? ends.toReversed() : ends;
  const holes = except.map(numberOf).sort((a, b) => a - b);
  return crowd.there
    .map(([from, to]): Range => [Math.max(from, upper ?? 0), Math.min(to, (lower ?? CROWD_SIZE) + 1)])
    .flatMap((range) =>
      without(
        [range],
        holes.map((hole): Range => [hole, hole + 1]),
      ),
    );
}

/** What is left of ranges without others. */
export function without(ranges: readonly Range[], others: readonly Range[]): Range[] {
  return others
    .reduce(
      (left, [from, to]) =>
        left
          .flatMap(([start, end]): Range[] => [
            [start, Math.min(end, from)],
            [Math.max(start, to), end],
          ])
          .filter(([start, end]) => start < end),
      [...ranges],
    )
    .filter(([start, end]) => start < end);
}

export function crowdLetter(crowd: Crowd, id: string): Letter {
  const row = rowAt(crowd, numberOf(id));
  return {
    id,
    thread: id,
    account: "lena",
    mailboxes: [CROWD],
    subject: row.subject,
    from: [{ name: row.avatarName, email: row.avatar }],
    to: [{ name: "Lena Brandt", email: "lena@nordlicht.example" }],
    cc: [],
    bcc: [],
    replyTo: [],
    at: row.receivedAt,
    sent: row.receivedAt,
    size: 900,
    preview: row.preview,
    unread: row.unread,
    starred: row.starred,
    answered: false,
    forwarded: false,
    draft: false,
    hasAttachment: false,
    bodyPresent: true,
    html: paragraphs(row.preview),
    attachments: [],
    remoteImages: 0,
    trackers: 0,
  };
}
