// What can be done with a letter on its way: try again, take it back for editing, take it off the list. A letter that
// was never sent leaves the list only when its Undo has passed, since dismissing it loses it.
import { backend } from "../ipc";
import type { SubmissionView } from "../ipc/backend";
import { client } from "../state/client";
import { keys } from "../state/queries";
import { toast } from "../state/toasts";
import { useDismissed } from "../state/dismissed";
import { say } from "../words";
import { attempt } from "./attempt";
import { undoSend } from "./compose";

const GRACE = 8000;

export function retry(submission: string): Promise<void> {
  return attempt(() => backend().retrySubmission(submission));
}

/** Back into a composer; the outbox forgets it until it is sent again. */
export const edit = undoSend;

export function dismiss(submission: SubmissionView): Promise<void> {
  if (submission.state.kind === "sent") return attempt(() => backend().dismissSubmission(submission.id));
  useDismissed.getState().hide(submission.id);
  const timer = setTimeout(() => void carryOut(submission.id), GRACE);
  toast(say("outbox-toast-dismissed"), {
    lasts: GRACE,
    action: {
      label: say("undo"),
      run: () => {
        clearTimeout(timer);
        useDismissed.getState().show(submission.id);
      },
    },
  });
  return Promise.resolve();
}

async function carryOut(submission: string): Promise<void> {
  await attempt(() => backend().dismissSubmission(submission));
  await client.invalidateQueries({ queryKey: keys.outbox });
  // Where the engine refused, the letter shows again.
  useDismissed.getState().show(submission);
}
