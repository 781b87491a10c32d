// What can be done with a letter within a letter that has to do with the one around it.
import { backend } from "../ipc";
import { isLetterWindow } from "../state/letterWindow";
import { useWindow, type Question } from "../state/window";
import { attempt } from "./attempt";
import { openAlone } from "./letterWindow";

/**
 * Goes back to the letter around the one that is in front, past the archive that it stands in. It is behind the sheet, unless that was
 * opened from the browser of files: then it is shown in a window of its own.
 */
export function showAround(): void {
  const { question, ask } = useWindow.getState();
  if (question?.kind !== "nested") return;
  const around = outOfArchives(question.back);
  if (around?.kind !== "files" || isLetterWindow()) return ask(around);
  void attempt(async () => {
    const [letter] = await backend().letters([question.email]);
    if (letter !== undefined) await openAlone(letter);
  });
}

function outOfArchives(question: Question | null): Question | null {
  return question?.kind === "nested" && question.archive ? outOfArchives(question.back) : question;
}
