// Discarding a draft, with undo: the sheet goes at once, the draft only when the toast is gone. A crash in between
// leaves the draft where it was, which is the safe side.
import { backend } from "../ipc";
import { useComposers, writing } from "../state/composers";
import { toast } from "../state/toasts";
import { say } from "../words";
import { sentenceOf } from "./attempt";
import { forget, write } from "./composeKeep";

const GRACE = 8000;

/** Discards the letter of a composer; for a while it can be taken back. */
export function discard(draft: string): void {
  const letter = writing(draft);
  if (letter === null) return;
  forget(draft);
  doomed.set(
    draft,
    setTimeout(() => void carryOut(draft), GRACE),
  );
  toast(say("compose-toast-discarded"), {
    lasts: GRACE,
    action: {
      label: say("undo"),
      run: () => {
        if (!keepBack(draft)) return;
        const untouched = letter.fresh && letter.saving.kind === "untouched";
        useComposers.getState().show(letter, untouched);
        // Its last words may not have reached the store before it was discarded.
        if (!untouched) write(draft, { content: letter.content });
      },
    },
  });
}

/** Takes a discarded draft back; false where it is gone already or was never discarded. */
export function keepBack(draft: string): boolean {
  const timer = doomed.get(draft);
  if (timer === undefined) return false;
  clearTimeout(timer);
  doomed.delete(draft);
  return true;
}

const doomed = new Map<string, ReturnType<typeof setTimeout>>();

async function carryOut(draft: string): Promise<void> {
  doomed.delete(draft);
  try {
    await backend().discardDraft(draft);
  } catch (trouble) {
    toast(sentenceOf(trouble), { tone: "failed" });
  }
}

window.addEventListener("pagehide", () => {
  for (const draft of doomed.keys()) void backend().discardDraft(draft);
});
