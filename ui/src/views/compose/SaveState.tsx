// Whether the letter is safe, in three words at the sheet's corner.
import { saveNow } from "../../actions/composeKeep";
import { Button } from "../../components/Button";
import type { Writing } from "../../state/composers";
import { say } from "../../words";
import { clockTime } from "../../words/times";
import styles from "./SaveState.module.css";

export function SaveState({ letter }: { letter: Writing }) {
  const { saving } = letter;
  return (
    <span className={styles.state}>
      <span role="status" data-failed={saving.kind === "failed" || undefined}>
        {saving.kind === "saved" && say("compose-state-saved", { time: clockTime(saving.at) })}
        {saving.kind === "unsaved" && say("compose-state-unsaved")}
        {saving.kind === "failed" && say("compose-state-failed-why", { reason: saving.trouble.sentence })}
      </span>
      {saving.kind === "failed" && (
        <Button kind="tool" onPress={() => void saveNow(letter.id)}>
          {say("compose-save-again")}
        </Button>
      )}
    </span>
  );
}
