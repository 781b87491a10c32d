// Letters within a letter of the sample, and archives of them: those that the sample brings, or else one that is made up.
import type { AttachmentView, LetterHeadView, LettersWithinView, LookView, NestedView } from "../backend";
import { bodyOf } from "./body";
import type { Letter, World } from "./world";

/** Letters of an archive that are listed at once. */
const PAGE = 500;

/** The letter itself, or the one at the end of a way into it. */
export function meant(letter: Letter, part: string | null): Letter {
  if (part === null) return letter;
  const brought = letter.within?.[part];
  if (brought !== undefined) return brought;
  const number = part.split("#")[1];
  const inner: Letter = {
    ...letter,
    subject: number === undefined ? "The letter within" : `Letter ${number} of the archive`,
    from: [{ name: "Amara Okafor", email: "amara@kustwerk.example" }],
    cc: [],
    bcc: [],
    html: "<p>The letter within the letter.</p>",
    preview: "The letter within, in brief.",
    attachments: [],
    remoteImages: 0,
    trackers: 0,
  };
  delete inner.invitation;
  delete inner.list;
  return inner;
}

/** A file of a letter, or of one within it. */
export function fileOf(letter: Letter, part: string): AttachmentView | undefined {
  const all = [letter, ...Object.values(letter.within ?? {})].flatMap(({ attachments }) => attachments);
  return all.find((file) => file.part === part);
}

export function headWithin(letter: Letter, part: string): LetterHeadView {
  const { subject, from, to, cc, bcc, replyTo, at } = meant(letter, part);
  return { part, subject, from, to, cc, bcc, replyTo, at };
}

/** What is odd about the letter around it, and what was reported of that, is told of one that is made up. */
export function nested(world: World, letter: Letter, part: string, look: LookView): NestedView {
  // Nobody is known to vouch for its sender, and its list is somebody else's.
  const body = bodyOf(world, { ...meant(letter, part), who: { verdict: "unknown" } }, look);
  return {
    head: headWithin(letter, part),
    body: {
      ...body,
      imagesHeld: false,
      imagesAllowed: null,
      house: null,
      list: null,
      receiptTo: [],
      reports: [],
      reporting: { lines: body.reports, about: null, named: false },
    },
  };
}

/** An archive that is called large has more letters than are listed at once; one that is called packed is none. */
export function lettersWithin(letter: Letter, part: string, from: number): LettersWithinView {
  const name = fileOf(letter, part)?.name ?? "";
  const isDivided = !name.startsWith("packed");
  const total = name.startsWith("large") ? 2 * PAGE + 203 : isDivided ? 3 : 1;
  const numbers = Array.from({ length: Math.min(PAGE, total - from) }, (_, at) => from + at + 1);
  return { total, letters: numbers.map((number) => headWithin(letter, `${part}/#${number}`)), isDivided };
}
