// Which letter is meant, in one word: the id of one that stands in a folder, or of one within it that id and the way to its part.
// Whoever reads a letter, prints or answers it gets this word and need not know which of the two it is; it is taken apart where the
// engine is asked.

export type LetterRef = string;

/** Ids are numbers, and no way has a part in front of its first slash. */
const BETWEEN = "/";

/** The letter at the end of a way into another. */
export function letterWithin(email: string, part: string): LetterRef {
  return email + BETWEEN + part;
}

/** The letter that stands in a folder, and the way to the one within it that is meant; null: it is meant itself. */
export function whereIs(letter: LetterRef): [email: string, part: string | null] {
  const at = letter.indexOf(BETWEEN);
  return at < 0 ? [letter, null] : [letter.slice(0, at), letter.slice(at + BETWEEN.length)];
}

export function emailOf(letter: LetterRef): string {
  return whereIs(letter)[0];
}
