// When POP3's copy on the server goes away, as a choice in the setup and in the settings. The words stand in the word files; what the choice
// does to the server is the engine's business.
import type { RetentionView } from "../ipc/backend";

export type RetentionKind = RetentionView["kind"];

/** In the order of the form, the safest first: it is also the one that is chosen at the start. */
export const RETENTIONS: readonly RetentionKind[] = [
  "keep",
  "remove-when-deleted",
  "remove-when-trashed",
  "remove-after-days",
  "remove-after-download",
];

export const USUAL_DAYS = 30;

export function retentionOf(kind: RetentionKind, days: number): RetentionView {
  return kind === "remove-after-days" ? { kind, days } : { kind };
}

/** The days that settings offer; the command line and the setup form take any. */
const WINDOWS = [7, 30, 90];

/** The name of a choice: its kind, or the days. */
export function retentionChoice(retention: RetentionView): string {
  return retention.kind === "remove-after-days" ? String(retention.days) : retention.kind;
}

/** What can be chosen, with what is chosen now among it. */
export function retentionChoices(now: RetentionView): string[] {
  const days = now.kind === "remove-after-days" ? [now.days] : [];
  const windows = [...new Set([...WINDOWS, ...days])].sort((a, b) => b - a);
  return RETENTIONS.flatMap((kind) => (kind === "remove-after-days" ? windows.map(String) : [kind]));
}

export function retentionOfChoice(choice: string): RetentionView {
  const kind = RETENTIONS.find((each) => each === choice);
  return kind === undefined ? retentionOf("remove-after-days", Number(choice)) : retentionOf(kind, 0);
}
