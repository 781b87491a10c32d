// Why a file is asked about, in sentences.
import type { CautionView, DangerView } from "../ipc/backend";
import { say } from ".";

/** What runs is never opened from a letter. */
export function runs({ dangers }: CautionView): boolean {
  return dangers.includes("program") || dangers.includes("hiddenProgram");
}

/** Nothing is known of what is in it, which is all that is said of it. */
export function isUnknown({ dangers }: CautionView): boolean {
  return dangers.length > 0 && dangers.every((danger) => danger === "locked" || danger === "closed");
}

export function dangerSentence(danger: DangerView, harmful: string[]): string {
  if (danger !== "packed") return say(`danger-${danger}`);
  return say("danger-packed", { n: harmful.length, names: harmful.join(", ") });
}
