// A mailbox of a million letters that are made up when asked for, to see that the list stays quick.
import type { Listing, PageView, RowView } from "../backend";
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

export function isCrowd(listing: Listing): boolean {
  return listing.source.kind === "mailbox" && listing.source.mailbox === CROWD;
}

function rowAt(index: number): RowView {
  const person = people[index % people.length] ?? "Amara Okafor";
  return {
    thread: `${CROWD}-${index}`,
    email: `${CROWD}-${index}`,
    account: "lena",
    emails: [`${CROWD}-${index}`],
    mailboxes: [CROWD],
    people: [person],
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
}

export function crowdPage(listing: Listing, offset: number, limit: number): PageView {
  const step = listing.filter.unread ? 7 : 1;
  const total = Math.ceil(CROWD_SIZE / step);
  const length = Math.max(0, Math.min(limit, total - offset));
  const index = (place: number) => (listing.order.reversed ? total - 1 - place : place) * step;
  return { total, rows: Array.from({ length }, (_, at) => rowAt(index(offset + at))), more: false };
}

export function crowdPosition(listing: Listing, thread: string): number | null {
  const number = Number(thread.slice(CROWD.length + 1));
  const step = listing.filter.unread ? 7 : 1;
  if (!Number.isInteger(number / step)) return null;
  return listing.order.reversed ? Math.ceil(CROWD_SIZE / step) - 1 - number / step : number / step;
}

export function crowdMoment(listing: Listing, moment: number): number | null {
  if (listing.order.by !== "date") return null;
  const newer = Math.max(0, Math.min(CROWD_SIZE, Math.ceil((OPENED - moment) / 60_000)));
  return listing.order.reversed ? CROWD_SIZE - newer : newer;
}

export function crowdLetter(id: string): Letter {
  const row = rowAt(Number(id.slice(CROWD.length + 1)));
  return {
    id,
    thread: id,
    account: "lena",
    mailboxes: [CROWD],
    subject: row.subject,
    from: [{ name: row.people[0] ?? null, email: row.avatar }],
    to: [{ name: "Lena Brandt", email: "lena@nordlicht.example" }],
    cc: [],
    bcc: [],
    replyTo: [],
    at: row.receivedAt,
    size: 900,
    preview: row.preview,
    unread: row.unread,
    starred: false,
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
