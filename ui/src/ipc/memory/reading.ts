// What can be looked at in a letter beyond its body: its files, its header, itself on paper. Letters within it are in nested.ts.
import type {
  AnswerView,
  AttachmentView,
  CautionView,
  DragOutView,
  FieldView,
  LetterView,
  PreviewView,
  Role,
} from "../backend";
import { inArchive } from "./archives";
import { endless, inPieces, pages, silence } from "./files";
import { bringFile } from "./keeping";
import { fileOf, headWithin, meant } from "./nested";
import { reject, type Letter, type World } from "./world";

export function openAttachment(letter: Letter, part: string, sure: boolean): CautionView {
  const file = fileOf(letter, part);
  const caution = cautionOf(file);
  if (caution.dangers.length > 0 && (!sure || caution.dangers.includes("program"))) return caution;
  bringFile(letter, part);
  // Nobody knows what that is.
  return { dangers: [], harmful: [], unopened: file?.mediaType === "application/x-unheard" };
}

/** With what is in it, where it is an archive. */
function cautionOf(file: AttachmentView | undefined): CautionView {
  const dangers = file?.dangers ?? [];
  return file?.shows === "archive"
    ? inArchive(file.name, dangers).caution
    : { dangers, harmful: [], unopened: false };
}

export function saveAttachment(letter: Letter, part: string): string {
  const file = fileOf(letter, part);
  return `/home/lena/Downloads/${file?.name ?? "file"}`;
}

/** A copy for other programs. */
export function dragOut(world: World, letter: Letter, part: string, sure: boolean): DragOutView {
  const file = fileOf(letter, part);
  const caution = cautionOf(file);
  if (file === undefined || (!sure && caution.dangers.length > 0)) return { kind: "dangerous", caution };
  bringFile(letter, part);
  if (world.copies.bySystem) {
    const token = world.id("copy");
    world.copies.ready.set(token, file.name);
    return { kind: "token", token };
  }
  const name = encodeURIComponent(file.name);
  return { kind: "address", address: `file:///home/lena/.cache/waxwing/dragged/${letter.id}/${name}` };
}

export function beginDrag({ copies }: World, token: string): void {
  const name = copies.ready.get(token);
  if (name === undefined)
    reject("gone", "The copy of the file is gone. Drag it again, and a new one is made.");
  copies.dragged.push(name);
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
  const file = fileOf(letter, part);
  bringFile(letter, part);
  switch (file?.shows) {
    case "picture":
      return {
        kind: "picture",
        address: file.name.startsWith("broken")
          ? "data:image/png;base64,iVBORw0KGgo="
          : `data:image/svg+xml,${encodeURIComponent(
              '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="400"><rect width="640" height="400" fill="#0f6b66"/><circle cx="320" cy="200" r="90" fill="#dcefec"/></svg>',
            )}`,
      };
    case "text":
      return { kind: "text", text: `The text of ${file.name}\n`.repeat(40), cut: false };
    case "pdf":
      return {
        kind: "pdf",
        file: inPieces(
          file.name.startsWith("broken")
            ? "%PDF-1.7 and no more"
            : file.name.startsWith("endless")
              ? endless()
              : pages(file.name),
        ),
      };
    case "sound":
      return { kind: "media", film: false, mediaType: "audio/wav", file: inPieces(silence()) };
    case "words":
      return { kind: "words", text: `The words of ${file.name}\n`.repeat(40), cut: false };
    case "archive":
      return { kind: "archive", ...inArchive(file.name, file.dangers) };
    case "undrawn":
      return { kind: "undrawn" };
    default:
      return { kind: "nothing" };
  }
}

/** A letter as lists have it. */
export function bare({
  html: _html,
  attachments: _attachments,
  remoteImages: _images,
  trackers: _trackers,
  receiptTo: _receipt,
  reports: _reports,
  reporting: _reporting,
  invitation: _invitation,
  oddities: _oddities,
  kinds: _kinds,
  list: _list,
  who: _who,
  sentBy: _sentBy,
  within: _within,
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

export function printed(outer: Letter, part: string | null, when: string): string {
  const letter = meant(outer, part);
  return `<!doctype html><html><head><meta charset="utf-8"><title>${letter.subject}</title></head><body><h1>${letter.subject}</h1><p>${when}</p>${letter.html}</body></html>`;
}

export function answerInvitation({ invitation }: Letter, answer: AnswerView): void {
  if (invitation != null) invitation.answered = answer;
}

export function believeCallingOff({ invitation }: Letter): void {
  if (invitation == null) return;
  invitation.doubted = false;
  invitation.off = true;
  // That somebody else has said it stays.
  for (const speaker of invitation.speakers) if (speaker.said === "inTheirName") speaker.said = "byThem";
}
