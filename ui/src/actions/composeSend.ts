// Sending a letter: first its newest words are safe, then it goes to the outbox, from where it can be called back.
import { backend } from "../ipc";
import { toast } from "../state/toasts";
import { UNDO_SETTING, undoSeconds } from "../state/undoTime";
import { timeToCome } from "../words/later";
import { say } from "../words";
import { undoSend } from "./compose";
import { forget, saveNow } from "./composeKeep";
import { sentenceOf } from "./attempt";

/** Sends the letter of a composer, now or at a time. Null when it went; else the sentence that says why not. */
export async function send(draft: string, at: number | null = null): Promise<string | null> {
  if (!(await saveNow(draft))) return say("compose-send-failed", { reason: say("compose-state-failed") });
  try {
    const undo = undoSeconds(await backend().setting(UNDO_SETTING));
    const submission = await backend().send(draft, undo, at);
    forget(draft);
    const words =
      at === null
        ? say("compose-toast-sending")
        : say("compose-toast-later", { time: timeToCome(at, Date.now()) });
    const lasts = Math.max(undo, at === null ? 0 : 8) * 1000;
    const action = { label: say("undo"), run: () => void undoSend(submission) };
    // Without a time to undo there is nothing to offer.
    toast(words, lasts === 0 ? {} : { lasts, action });
    return null;
  } catch (trouble) {
    return say("compose-send-failed", { reason: sentenceOf(trouble) });
  }
}
