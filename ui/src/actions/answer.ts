// Answering the conversation that is open: its newest letter that is not a draft.
import type { LetterView } from "../ipc/backend";
import { backend } from "../ipc";
import { client } from "../state/client";
import { keys } from "../state/queries";
import { chosenRows, openThread, useSelection } from "../state/selection";
import { attempt } from "./attempt";
import { respond } from "./compose";

export function answer(kind: "reply" | "replyAll" | "forward"): Promise<void> {
  return attempt(async () => {
    const thread = openThread(useSelection.getState());
    if (thread === null) return;
    const letters = await client.query({
      queryKey: keys.conversation(thread),
      queryFn: (): Promise<LetterView[]> => backend().conversation(thread),
    });
    const newest = letters.filter((letter) => !letter.draft).at(-1)?.id ?? chosenRows()[0]?.email;
    if (newest !== undefined) await respond(newest, kind);
  });
}
