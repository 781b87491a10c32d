// Answering the conversation that is open: the letter of it that has the focus, or else its newest that is not a draft.
import { attempt } from "./attempt";
import { respond } from "./compose";
import { newestOpen } from "./openLetter";

export function answer(kind: "reply" | "replyAll" | "forward"): Promise<void> {
  return attempt(async () => {
    const newest = await newestOpen();
    if (newest !== null) await respond(newest, kind);
  });
}
