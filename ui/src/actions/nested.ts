// What can be done with a letter within a letter that has to do with the one around it.
import { backend } from "../ipc";
import { isLetterWindow } from "../state/letterWindow";
import { useWindow } from "../state/window";
import { attempt } from "./attempt";
import { openAlone } from "./letterWindow";

/**
 * Goes back to the letter around the one that is in front. It stands behind the sheet, unless that was opened from the browser of
 * files: then it is shown in a window of its own.
 */
export function showAround(): void {
  const { question, ask } = useWindow.getState();
  if (question?.kind !== "nested") return;
  const { email, back } = question;
  if (back?.kind !== "files" || isLetterWindow()) return ask(back);
  void attempt(async () => {
    const [around] = await backend().letters([email]);
    if (around !== undefined) await openAlone(around);
  });
}
