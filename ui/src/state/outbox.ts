// How far a letter is, as a word, and what a person can do about it. The deeds are in actions/outbox.ts.
import type { SubmissionView } from "../ipc/backend";

export interface Chances {
  /** The word on the button, or null where trying again makes no sense. */
  retry: string | null;
  edit: boolean;
  dismiss: boolean;
}

export function chancesOf(letter: SubmissionView): Chances {
  switch (letter.state.kind) {
    case "waiting":
      return { retry: "outbox-send-now", edit: true, dismiss: false };
    case "sending":
      return { retry: null, edit: false, dismiss: false };
    case "sent":
      return { retry: null, edit: false, dismiss: true };
    case "failed":
      return { retry: "outbox-retry", edit: true, dismiss: true };
    case "unknown":
      // It may have arrived: a second one must be somebody's decision, and the first cannot be taken back. While Sent is
      // still to be searched for it, there is nothing to decide.
      return { retry: letter.isLookedFor ? null : "outbox-send-again", edit: false, dismiss: true };
  }
}

/** How many letters have not left yet, and how many of them need the person. What was sent is counted by nobody. */
export function countsOf(letters: SubmissionView[]): { all: number; stuck: number } {
  const open = letters.filter((letter) => letter.state.kind !== "sent");
  const stuck = open.filter((letter) => letter.state.kind === "failed" || letter.state.kind === "unknown");
  return { all: open.length, stuck: stuck.length };
}

/** The word for its state; it may use $time, $attempts and $percent. */
export function stateWord(letter: SubmissionView, now: number): string {
  switch (letter.state.kind) {
    case "waiting":
      if (letter.holdUntil !== null && letter.holdUntil > now + 1000)
        return letter.holder === "here" ? "outbox-state-held-here" : "outbox-state-waiting-until";
      if (letter.attempts > 0) return "outbox-state-waiting-again";
      return letter.sendAt > now + 1000 ? "outbox-state-waiting-until" : "outbox-state-waiting";
    case "sending":
      return letter.progress === null ? "outbox-state-sending" : "outbox-state-sending-part";
    case "sent":
      if (letter.reports.some((line) => line.fate === "failed")) return "outbox-state-returned";
      if (letter.holder === "server" && letter.holdUntil !== null && letter.holdUntil > now)
        return "outbox-state-held-server";
      return letter.copyFiled ? "outbox-state-sent" : "outbox-state-sent-filing";
    case "failed":
      return letter.state.permanent ? "outbox-state-failed" : "outbox-state-failed-for-now";
    case "unknown":
      return letter.isLookedFor ? "outbox-state-looking" : "outbox-state-unknown";
  }
}
