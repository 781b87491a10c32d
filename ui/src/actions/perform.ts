// The one way to an operation: do it, say what was done, offer the way back.
import type { ActionView } from "../ipc/backend";
import { backend } from "../ipc";
import { toast } from "../state/toasts";
import { keepUndo, newestUndo, takeUndo } from "../state/undo";
import { say } from "../words";
import { attempt } from "./attempt";

/** `sentence` is shown with Undo; without one the operation is quiet (and still undoable with Ctrl+Z where `kept`). */
export function perform(action: ActionView, sentence: string | null, kept = true): Promise<void> {
  return attempt(async () => {
    const { undo } = await backend().perform(action);
    if (undo !== null && kept) keepUndo(undo);
    if (sentence === null) return;
    toast(sentence, undo === null ? {} : { action: { label: say("undo"), run: () => void takeBack(undo) } });
  });
}

function takeBack(undo: string): Promise<void> {
  return attempt(async () => {
    takeUndo(undo);
    await backend().undo(undo);
    toast(say("undone"), { lasts: 3000 });
  });
}

/** Ctrl+Z. */
export async function undoNewest(): Promise<void> {
  const undo = newestUndo();
  if (undo === null) toast(say("nothing-to-undo"), { lasts: 3000 });
  else await takeBack(undo);
}
