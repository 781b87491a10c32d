// How a letter of the sample is written down in one line, and how it becomes a Letter. The letters are in samples.ts.
import type {
  AddressView,
  AttachmentView,
  InvitationView,
  ListView,
  MissedView,
  ReportingView,
  WhoView,
} from "../backend";
import type { Letter, World } from "./world";

export interface Sample {
  thread?: string;
  /** Its Message-ID, where another letter has the same. */
  name?: string;
  from: string;
  to?: string[];
  cc?: string[];
  subject: string;
  /** Days ago and the clock: [1, "16:20"]. */
  when: [number, string];
  text: string;
  html?: string;
  box: string;
  unread?: boolean;
  starred?: boolean;
  answered?: boolean;
  files?: [name: string, mediaType: string, size: number, text?: string][];
  remoteImages?: number;
  invitation?: InvitationView;
  reporting?: ReportingView;
  oddities?: string[];
  kinds?: string[];
  trackers?: number;
  list?: ListView;
  who?: Partial<WhoView>;
  /** Pictures that cannot be fetched when they are shown first. */
  missed?: MissedView[];
  /** A text of it is not in the character set that it claims. */
  garbled?: boolean;
  bcc?: string[];
  sentBy?: string;
  /** Letters within it, by the ways to them. */
  within?: Record<string, Partial<Sample>>;
}

/** "Amara Okafor <amara@kustwerk.example>" or a bare address. */
export function address(text: string): AddressView {
  const match = /^(.*?)\s*<(.+)>$/u.exec(text);
  return match === null ? { name: null, email: text } : { name: match[1] || null, email: match[2] ?? text };
}

export function daysAgo(days: number, clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  const day = new Date();
  day.setDate(day.getDate() - days);
  return day.setHours(hours, minutes, 0, 0);
}

export function paragraphs(text: string): string {
  const escape = (line: string) => line.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  return text
    .split("\n\n")
    .map((paragraph) => `<p>${escape(paragraph).replace(/\n/g, "<br>")}</p>`)
    .join("");
}

function showsOf(name: string, mediaType: string): AttachmentView["shows"] {
  if (/\.(jpe?g|png|gif|webp)$/u.test(name)) return "picture";
  if (name.endsWith(".pdf")) return "pdf";
  if (/\.(mp3|wav)$/u.test(name)) return "sound";
  if (/\.(mp4|webm)$/u.test(name)) return "film";
  if (/\.(zip|7z|rar|tar|t?gz)$/u.test(name)) return "archive";
  if (/\.(rtf|docx|xlsx|pptx|odt)$/u.test(name)) return "words";
  if (/\.(tiff?|heic)$/u.test(name)) return "undrawn";
  if (name.endsWith(".eml")) return "letter";
  if (name.endsWith(".mbox")) return "letters";
  return mediaType.startsWith("text/") ? "text" : "nothing";
}

export function post(world: World, sample: Sample): Letter {
  const letter = letterOf(world, sample, "");
  const within = Object.entries(sample.within ?? {}).map(([part, inner]) => [
    part,
    letterOf(world, { ...sample, within: {}, files: [], ...inner }, `${part}/`),
  ]);
  if (within.length > 0) letter.within = Object.fromEntries(within) as Record<string, Letter>;
  world.letters.set(letter.id, letter);
  return letter;
}

/** `before` stands before the parts of one within another. */
function letterOf(world: World, sample: Sample, before: string): Letter {
  const id = world.id("email");
  const attachments: AttachmentView[] = (sample.files ?? []).map(([name, mediaType, size], index) => ({
    part: `${before}${index + 2}`,
    name,
    mediaType,
    size,
    here: true,
    dangers: name.endsWith(".exe") ? ["program"] : name.endsWith(".html") ? ["page"] : [],
    shows: showsOf(name, mediaType),
  }));
  const papers = (sample.files ?? []).flatMap(([, , , text], index) =>
    text === undefined ? [] : [[`${before}${index + 2}`, text] as const],
  );
  const mailbox = world.mailbox(sample.box);
  return {
    id,
    thread: sample.thread ?? `thread-of-${id}`,
    account: mailbox.account,
    mailboxes: [sample.box],
    subject: sample.subject,
    from: sample.from.split("; ").map(address),
    to: (sample.to ?? ["Lena Brandt <lena@nordlicht.example>"]).map(address),
    cc: (sample.cc ?? []).map(address),
    bcc: (sample.bcc ?? []).map(address),
    replyTo: [],
    at: daysAgo(...sample.when),
    sent: daysAgo(...sample.when),
    size: 2_000 + sample.text.length + attachments.reduce((sum, file) => sum + file.size, 0),
    preview: sample.text.replace(/\s+/g, " ").slice(0, 160),
    unread: sample.unread ?? false,
    starred: sample.starred ?? false,
    answered: sample.answered ?? false,
    forwarded: false,
    draft: mailbox.role === "drafts",
    hasAttachment: attachments.length > 0,
    bodyPresent: true,
    html: sample.html ?? paragraphs(sample.text),
    attachments,
    ...(papers.length === 0 ? {} : { papers: Object.fromEntries(papers) }),
    remoteImages: sample.remoteImages ?? 0,
    trackers: sample.trackers ?? 0,
    ...(sample.name === undefined ? {} : { name: sample.name }),
    ...(sample.reporting === undefined ? {} : { reporting: sample.reporting }),
    ...(sample.invitation === undefined ? {} : { invitation: sample.invitation }),
    ...(sample.oddities === undefined ? {} : { oddities: sample.oddities }),
    ...(sample.kinds === undefined ? {} : { kinds: sample.kinds }),
    ...(sample.list === undefined ? {} : { list: sample.list }),
    ...(sample.who === undefined ? {} : { who: sample.who }),
    ...(sample.missed === undefined ? {} : { missed: sample.missed }),
    ...(sample.garbled === undefined ? {} : { garbled: sample.garbled }),
    ...(sample.sentBy === undefined ? {} : { sentBy: address(sample.sentBy) }),
  };
}
