// When POP3's copy on the server goes away, as a choice in the setup and in the settings. The words stand in the word files; what the choice
// does to the server is the engine's business.
import type { RetentionView } from "../ipc/backend";

export type RetentionKind = RetentionView["kind"];

/** In the order of the form, the safest first: it is also the one that is chosen at the start. */
export const RETENTIONS: readonly RetentionKind[] = [
  "keep",
  "remove-when-deleted",
  "remove-after-days",
  "remove-after-download",
];

export const USUAL_DAYS = 30;

export function retentionOf(kind: RetentionKind, days: number): RetentionView {
  return kind === "remove-after-days" ? { kind, days } : { kind };
}

/** Whether a choice deletes on the server without anybody deleting anything here. */
export function deletesAtOnce(kind: RetentionKind): boolean {
  return kind === "remove-after-download" || kind === "remove-after-days";
}
