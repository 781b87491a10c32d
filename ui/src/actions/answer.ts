// Answering the conversation that is open: the letter that is named, or the one that has the focus, or else its newest that is not
// a draft.
import { attempt } from "./attempt";
import { respond } from "./compose";
import { newestOpen } from "./openLetter";

export function answer(kind: "reply" | "replyAll" | "forward", email: string | null = null): Promise<void> {
  return attempt(async () => {
    const meant = email ?? (await newestOpen());
    if (meant !== null) await respond(meant, kind);
  });
}
