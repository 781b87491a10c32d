// What can be looked at in a letter beyond its body: letters within it, its files, its header, itself on paper.
import type {
  AnswerView,
  DangerView,
  DragOutView,
  FieldView,
  FileSourceView,
  FilesView,
  LetterHeadView,
  LetterView,
  LettersWithinView,
  LookView,
  NestedView,
  PreviewView,
  Role,
} from "../backend";
import { bodyOf } from "./body";
import { endless, pages, silence } from "./files";
import { bringFile } from "./keeping";
import { inSource } from "./listing";
import type { Letter, World } from "./world";

/** Letters of an archive that are listed at once. */
const PAGE = 500;

function headWithin(letter: Letter, part: string): LetterHeadView {
  const number = part.split("#")[1];
  return {
    part,
    subject: number === undefined ? "The letter within" : `Letter ${number} of the archive`,
    from: [{ name: "Amara Okafor", email: "amara@kustwerk.example" }],
    to: letter.to,
    cc: [],
    at: letter.at,
  };
}

/** What is odd about the letter around it, and what was reported of that, is told of this one. */
export function nested(world: World, letter: Letter, part: string, look: LookView): NestedView {
  const inner: Letter = {
    ...letter,
    html: "<p>The letter within the letter.</p>",
    preview: "The letter within, in brief.",
    attachments: [],
    remoteImages: 0,
    trackers: 0,
  };
  delete inner.invitation;
  delete inner.list;
  const body = bodyOf(world, inner, look);
  return {
    head: headWithin(letter, part),
    body: { ...body, reports: [], reporting: { lines: body.reports, about: null } },
  };
}

/** An archive that is called large has more letters than are listed at once. */
export function lettersWithin(letter: Letter, part: string, from: number): LettersWithinView {
  const file = letter.attachments.find((each) => each.part === part);
  const total = file?.name.startsWith("large") === true ? 2 * PAGE + 203 : 3;
  const numbers = Array.from({ length: Math.min(PAGE, total - from) }, (_, at) => from + at + 1);
  return { total, letters: numbers.map((number) => headWithin(letter, `${part}/#${number}`)) };
}

export function openAttachment(letter: Letter, part: string, sure: boolean): DangerView[] {
  const file = letter.attachments.find((each) => each.part === part);
  const dangers = file?.dangers ?? [];
  if (dangers.length > 0 && (!sure || dangers.includes("program"))) return dangers;
  bringFile(letter, part);
  return [];
}

/** A copy for other programs. */
export function dragOut(letter: Letter, part: string, sure: boolean): DragOutView {
  const file = letter.attachments.find((each) => each.part === part);
  if (file === undefined || (!sure && file.dangers.length > 0))
    return { address: null, dangers: file?.dangers ?? [] };
  bringFile(letter, part);
  const name = encodeURIComponent(file.name);
  return { address: `file:///home/lena/.cache/waxwing/dragged/${letter.id}/${name}`, dangers: [] };
}

export function headerFields(letter: Letter, part: string | null): FieldView[] {
  if (part !== null) return [{ name: "Subject", value: headWithin(letter, part).subject }];
  return [
    { name: "Received", value: "from mail.kustwerk.example by mail.nordlicht.example; today" },
    { name: "From", value: letter.from[0]?.email ?? "" },
    { name: "Subject", value: letter.subject },
    { name: "X-Harbour", value: "Oslo" },
  ];
}

export function source(letter: Letter, part: string | null): string {
  if (part !== null) return `Subject: ${headWithin(letter, part).subject}\r\n\r\nWithin.\r\n`;
  return `From: ${letter.from[0]?.email ?? ""}\r\nSubject: ${letter.subject}\r\n\r\n${letter.html}\r\n`;
}

export function preview(letter: Letter, part: string): PreviewView {
  const file = letter.attachments.find((each) => each.part === part);
  bringFile(letter, part);
  switch (file?.shows) {
    case "picture":
      return {
        kind: "picture",
        address: `data:image/svg+xml,${encodeURIComponent(
          '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="400"><rect width="640" height="400" fill="#0f6b66"/><circle cx="320" cy="200" r="90" fill="#dcefec"/></svg>',
        )}`,
      };
    case "text":
      return { kind: "text", text: `The text of ${file.name}\n`.repeat(40), cut: false };
    case "pdf":
      return {
        kind: "pdf",
        base64: btoa(
          file.name.startsWith("broken")
            ? "%PDF-1.7 and no more"
            : file.name.startsWith("endless")
              ? endless()
              : pages(file.name),
        ),
      };
    case "sound":
      return { kind: "media", film: false, mediaType: "audio/wav", base64: btoa(silence()) };
    default:
      return { kind: "nothing" };
  }
}

/** Two letters a page, so that a test sees a second one. */
export function files(world: World, source: FileSourceView, offset: number): FilesView {
  const found = [...world.letters.values()]
    .filter((letter) =>
      source.kind === "mailboxes"
        ? letter.mailboxes.some((mailbox) => source.mailboxes.includes(mailbox))
        : source.kind === "person"
          ? letter.from.some((each) => each.email === source.address)
          : inSource(world, source, letter),
    )
    .filter((letter) => letter.attachments.length > 0)
    .sort((one, other) => other.at - one.at);
  const page = found.slice(offset, offset + 2);
  return {
    files: page.flatMap((letter) => letter.attachments.map((file) => ({ letter: bare(letter), file }))),
    next: offset + 2 < found.length ? offset + 2 : null,
  };
}

/** A letter as lists have it. */
export function bare({
  html: _html,
  attachments: _attachments,
  remoteImages: _images,
  trackers: _trackers,
  receiptTo: _receipt,
  reports: _reports,
  invitation: _invitation,
  oddities: _oddities,
  kinds: _kinds,
  list: _list,
  who: _who,
  sentBy: _sentBy,
  name: _name,
  ...view
}: Letter): LetterView {
  return { ...view, sameAs: null };
}

/** The letters of a conversation, of which one in Sent may be the same as one that came. */
export function conversation(world: World, thread: string): LetterView[] {
  const letters = world.thread(thread);
  const isIn = (letter: Letter, ...roles: (Role | null)[]) =>
    letter.mailboxes.some((id) => roles.includes(world.mailbox(id).role));
  return letters.map((letter) => {
    if (letter.name === undefined || !isIn(letter, "sent")) return bare(letter);
    const came = letters.filter(
      (other) => other.name === letter.name && !isIn(other, "sent", "drafts", "trash", "junk"),
    );
    const one = came.find((other) => isIn(other, "inbox")) ?? came[0];
    return { ...bare(letter), sameAs: one?.id ?? null };
  });
}

export function printed(letter: Letter, when: string): string {
  return `<!doctype html><html><head><meta charset="utf-8"><title>${letter.subject}</title></head><body><h1>${letter.subject}</h1><p>${when}</p>${letter.html}</body></html>`;
}

export function answerInvitation({ invitation }: Letter, answer: AnswerView): void {
  if (invitation != null) invitation.answered = answer;
}

export function believeCallingOff({ invitation }: Letter): void {
  if (invitation != null) invitation.doubted = false;
}
