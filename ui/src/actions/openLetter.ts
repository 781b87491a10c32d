// Which letter a command means: the letter within a letter that is in front; the only one that is shown; or of the conversation that is
// open the one that has the focus, or else the newest one that stands in it and is not a draft.
import type { LetterView } from "../ipc/backend";
import { backend } from "../ipc";
import { standingNow } from "../state/aside";
import { client } from "../state/client";
import type { LetterRef } from "../state/letterRef";
import { keys } from "../state/queries";
import { letterMeant } from "../state/here";
import { chosenRows, openLetter, openRow, openThread, useSelection } from "../state/selection";
import { letterInFront, useWindow } from "../state/window";

export async function newestOpen(): Promise<LetterRef | null> {
  const inFront = letterInFront(useWindow.getState());
  if (inFront !== null) return inFront;
  const only = openLetter(useSelection.getState());
  if (only !== null) return only;
  const thread = openThread(useSelection.getState());
  if (thread === null) return null;
  const letters = await client.query({
    queryKey: keys.conversation(thread),
    queryFn: (): Promise<LetterView[]> => backend().conversation(thread),
  });
  const here = letterMeant();
  if (letters.some((letter) => letter.id === here && !letter.draft)) return here;
  const among = standingNow(letters, openRow(useSelection.getState()));
  return among.filter((letter) => !letter.draft).at(-1)?.id ?? chosenRows()[0]?.email ?? null;
}
