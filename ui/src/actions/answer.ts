// Answering: the letter that is named, or else the one that a key means (openLetter.ts).
import type { LetterRef } from "../state/letterRef";
import { attempt } from "./attempt";
import { respond } from "./compose";
import { newestOpen } from "./openLetter";

export function answer(
  kind: "reply" | "replyAll" | "forward",
  letter: LetterRef | null = null,
): Promise<void> {
  return attempt(async () => {
    const meant = letter ?? (await newestOpen());
    if (meant !== null) await respond(meant, kind);
  });
}
