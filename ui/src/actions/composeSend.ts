// Sending a letter: first its newest words are safe, then it goes to the outbox, from where it can be called back.
import { backend } from "../ipc";
import { toast } from "../state/toasts";
import { timeToCome } from "../words/later";
import { say } from "../words";
import { undoSend } from "./compose";
import { forget, saveNow } from "./composeKeep";
import { sentenceOf } from "./attempt";

/** How long a letter waits in the outbox so that Send can be undone. */
export const UNDO_SECONDS = 5;

/** Sends the letter of a composer, now or at a time. Null when it went; else the sentence that says why not. */
export async function send(draft: string, at: number | null = null): Promise<string | null> {
  if (!(await saveNow(draft))) return say("compose-send-failed", { reason: say("compose-state-failed") });
  const wait = at === null ? UNDO_SECONDS : Math.max(UNDO_SECONDS, Math.ceil((at - Date.now()) / 1000));
  try {
    const submission = await backend().send(draft, wait);
    forget(draft);
    toast(
      at === null
        ? say("compose-toast-sending")
        : say("compose-toast-later", { time: timeToCome(at, Date.now()) }),
      {
        lasts: Math.max(UNDO_SECONDS, at === null ? 0 : 8) * 1000,
        action: { label: say("undo"), run: () => void undoSend(submission) },
      },
    );
    return null;
  } catch (trouble) {
    return say("compose-send-failed", { reason: sentenceOf(trouble) });
  }
}
