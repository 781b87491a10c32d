// Whether the letter is safe, in three words at the sheet's corner.
import { memo } from "react";
import { saveNow } from "../../actions/composeKeep";
import { Button } from "../../components/Button";
import type { Saving } from "../../state/composers";
import { say } from "../../words";
import { clockTime } from "../../words/times";
import styles from "./SaveState.module.css";

export const SaveState = memo(function SaveState({ draft, saving }: { draft: string; saving: Saving }) {
  return (
    <span className={styles.state}>
      <span role="status" data-failed={saving.kind === "failed" || undefined}>
        {saving.kind === "saved" && say("compose-state-saved", { time: clockTime(saving.at) })}
        {saving.kind === "unsaved" && say("compose-state-unsaved")}
        {saving.kind === "failed" && say("compose-state-failed-why", { reason: saving.trouble.sentence })}
      </span>
      {saving.kind === "failed" && (
        <Button kind="tool" onPress={() => void saveNow(draft)}>
          {say("compose-save-again")}
        </Button>
      )}
    </span>
  );
});
