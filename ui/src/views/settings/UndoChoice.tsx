// How long a letter waits after Send, so that it can be taken back.
import { chooseUndo } from "../../actions/sending";
import { Select } from "../../components/Select";
import { useSetting } from "../../state/queries";
import { UNDO_CHOICES, UNDO_SETTING, undoSeconds } from "../../state/undoTime";
import { say } from "../../words";

export function UndoChoice() {
  const { data: setting = null } = useSetting(UNDO_SETTING);
  return (
    <Select
      label={say("settings-undo")}
      choices={UNDO_CHOICES.map((seconds) => ({
        id: String(seconds),
        text: say("settings-undo-seconds", { seconds }),
      }))}
      value={String(undoSeconds(setting))}
      onChange={(seconds) => void chooseUndo(Number(seconds))}
    />
  );
}
