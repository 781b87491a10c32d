// What a person may have forgotten in a letter that is about to be sent. Doubts are shown beside the letter and never
// stop it twice; whether a letter can be sent at all is not decided here.

export type Doubt = "noSubject" | "forgottenAttachment";

export interface LetterAtTheDoor {
  subject: string;
  /** The person's own words, without what is quoted. */
  ownText: string;
  attachments: number;
}

/** The doubts about a letter, the weightier first. */
export function doubtsAbout(letter: LetterAtTheDoor): Doubt[] {
  const doubts: Doubt[] = [];
  const mentions =
    speaksOfAttachment(letter.ownText) || speaksOfAttachment(withoutReplyMarks(letter.subject));
  if (letter.attachments === 0 && mentions) doubts.push("forgottenAttachment");
  if (letter.subject.trim() === "") doubts.push("noSubject");
  return doubts;
}

/** Whether a text says that something is attached, in the languages that our people write most. */
export function speaksOfAttachment(text: string): boolean {
  return ATTACHED.test(text);
}

// The subject of an answer is the other person's: only a subject of one's own promises anything.
function withoutReplyMarks(subject: string): string {
  return /^\s*(?:re|aw|sv|fwd?|wg|antw|tr|rif|res)\s*:/i.test(subject) ? "" : subject;
}

// Word beginnings; `\b` knows only ASCII letters, so the edge is written out.
const ATTACHED = new RegExp(
  "(?<![\\p{L}\\p{N}])(?:" +
    [
      "i attach(?!\\p{L})",
      "attached",
      "attachments?(?!\\p{L})",
      "attaching",
      "enclosed",
      "anbei(?!\\p{L})",
      "im anhang(?!\\p{L})",
      "angehängt",
      "beigefügt",
      "ci-joint",
      "pièces? jointes?",
      "adjunt[oaé]",
      "en anexo",
      "allegat[oi]",
      "bijlage",
      "bijgevoegd",
      "vedhæftet",
      "vedlagt",
      "bifogad",
      "liitteenä",
      "w załączniku",
      "во вложении",
    ].join("|") +
    ")",
  "iu",
);
