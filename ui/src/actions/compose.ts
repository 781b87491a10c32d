// Beginning a letter: a new one, an answer, one that goes on. Keeping, sending and discarding it stand in their own
// files beside this one.
import { backend } from "../ipc";
import { useComposers, writing } from "../state/composers";
import { toast } from "../state/toasts";
import { say } from "../words";
import { attempt } from "./attempt";
import { keepBack } from "./composeDiscard";

export function compose(account: string | null = null, mailto: string | null = null): Promise<void> {
  return attempt(async () => useComposers.getState().show(await backend().newDraft(account, mailto), true));
}

export function respond(email: string, kind: "reply" | "replyAll" | "forward"): Promise<void> {
  return attempt(async () => useComposers.getState().show(await backend().respond(email, kind), true));
}

/** Opens a draft that was left. */
export function resumeDraft(draft: string): Promise<void> {
  return attempt(async () => {
    keepBack(draft);
    const found = writing(draft) ?? (await backend().drafts()).find((each) => each.id === draft);
    if (found !== undefined) useComposers.getState().show(found);
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
