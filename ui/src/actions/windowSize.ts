// Everything in the windows is drawn larger or smaller.
import { backend } from "../ipc";
import { client } from "../state/client";
import { keys } from "../state/queries";
import { WINDOW_SIZE } from "../state/windowSize";
import { attempt } from "./attempt";

export function chooseWindowSize(size: number): Promise<void> {
  return attempt(async () => {
    await backend().resizeWindows(size);
    client.setQueryData(keys.setting(WINDOW_SIZE), String(size));
  });
}
