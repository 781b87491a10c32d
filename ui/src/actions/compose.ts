// Beginning a letter: a new one, an answer, one that goes on. Keeping, sending and discarding it stand in their own
// files beside this one.
import { backend } from "../ipc";
import type { DraftView, RowView } from "../ipc/backend";
import { useComposers, writing } from "../state/composers";
import { whereIs, type LetterRef } from "../state/letterRef";
import { isLetterWindow } from "../state/letterWindow";
import { toast } from "../state/toasts";
import { letterInFront, useWindow } from "../state/window";
import { say } from "../words";
import { attempt } from "./attempt";
import { keepBack } from "./composeDiscard";

export function compose(account: string | null = null, mailto: string | null = null): Promise<void> {
  return attempt(async () => write(await backend().newDraft(account, mailto)));
}

export function respond(letter: LetterRef, kind: "reply" | "replyAll" | "forward"): Promise<void> {
  // A letter's own window has no place for writing.
  if (isLetterWindow()) return attempt(() => backend().handOver(...whereIs(letter), kind));
  return attempt(async () => write(await backend().respond(...whereIs(letter), kind)));
}

/** A letter within a letter that is in front makes room for what is written, which its sheet would hide. */
function write(draft: DraftView): void {
  const { ask } = useWindow.getState();
  if (letterInFront(useWindow.getState()) !== null) ask(null);
  useComposers.getState().show(draft, true);
}

/** Opens a letter in Drafts, whoever left it there. */
export function editDraft(email: string): Promise<void> {
  return attempt(async () => {
    const draft = await backend().editDraft(email);
    keepBack(draft.id);
    useComposers.getState().show(writing(draft.id) ?? draft);
  });
}

/** The same for a row of Drafts: what of the conversation stands there, and not what it answers. */
export function editDraftOf(row: RowView): Promise<void> {
  return attempt(async () => {
    const letters = await backend().conversation(row.thread);
    const left = letters.filter((letter) => letter.draft && row.emails.includes(letter.id)).at(-1);
    await editDraft(left?.id ?? row.email);
  });
}

/** Takes back what was sent a moment ago, or what waits in the outbox, and opens it again. */
export function undoSend(submission: string): Promise<void> {
  return attempt(async () => {
    const draft = await backend().undoSend(submission);
    if (draft === null) toast(say("compose-toast-too-late"), { tone: "failed" });
    else useComposers.getState().show(draft);
  });
}
