// How long Send can be undone.
import { backend } from "../ipc";
import { client } from "../state/client";
import { keys } from "../state/queries";
import { UNDO_SETTING } from "../state/undoTime";
import { attempt } from "./attempt";

export function chooseUndo(seconds: number): Promise<void> {
  return attempt(async () => {
    await backend().putSetting(UNDO_SETTING, String(seconds));
    await client.invalidateQueries({ queryKey: keys.setting(UNDO_SETTING) });
  });
}
