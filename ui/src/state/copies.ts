// A letter that one has sent and got as well is two letters where a server files in folders. The engine says which two are one;
// a conversation shows one of them, and what is done to that is done to the letter.
import type { LetterView } from "../ipc/backend";

type Copy = Pick<LetterView, "id" | "sameAs">;

/** The letters without those in whose place another one is shown: the one that came, unless only that in Sent is looked at. */
export function once<L extends Copy>(letters: readonly L[], isLookedAt: (letter: L) => boolean): L[] {
  const twice = letters.filter(({ sameAs }) => sameAs != null);
  if (twice.length === 0) return [...letters];
  const byId = new Map(letters.map((letter) => [letter.id, letter]));
  const left = new Set<string>();
  for (const sent of twice) {
    const came = byId.get(sent.sameAs ?? "");
    if (came === undefined) continue;
    left.add(isLookedAt(sent) && !isLookedAt(came) ? came.id : sent.id);
  }
  return left.size === 0 ? [...letters] : letters.filter(({ id }) => !left.has(id));
}

/** The other letters that are the same one. */
export function copiesOf<L extends Copy>(letters: readonly L[], letter: Copy): L[] {
  return letters.filter(
    ({ id, sameAs }) => id !== letter.id && (id === letter.sameAs || sameAs === letter.id),
  );
}
