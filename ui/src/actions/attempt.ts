// Nothing fails in silence: an action that the engine refuses is said in the corner, in the engine's own sentence.
import type { TroubleView } from "../ipc/backend";
import { toast } from "../state/toasts";
import { say } from "../words";

/** Says whether it was done. */
export async function attempted(action: () => Promise<void>): Promise<boolean> {
  try {
    await action();
    return true;
  } catch (trouble) {
    toast(sentenceOf(trouble), { tone: "failed", lasts: 12_000 });
    return false;
  }
}

export async function attempt(action: () => Promise<void>): Promise<void> {
  await attempted(action);
}

/** The sentence of whatever was thrown. */
export function sentenceOf(thrown: unknown): string {
  return isTrouble(thrown) ? thrown.sentence : say("trouble-unknown");
}

export function isTrouble(thrown: unknown): thrown is TroubleView {
  return typeof thrown === "object" && thrown !== null && "kind" in thrown && "sentence" in thrown;
}
