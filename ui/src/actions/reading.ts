// What the person wishes of reading, kept by the engine.
import { backend } from "../ipc";
import { client } from "../state/client";
import { keys } from "../state/queries";
import { AFTER_SETTING, nameOfReadAfter, READ_SETTING, type After, type ReadAfter } from "../state/reading";
import { attempt } from "./attempt";

async function choose(setting: string, value: string): Promise<void> {
  await attempt(async () => {
    await backend().putSetting(setting, value);
    client.setQueryData(keys.setting(setting), value);
  });
}

export const chooseAfter = (after: After) => choose(AFTER_SETTING, after);
export const chooseReadAfter = (time: ReadAfter) => choose(READ_SETTING, nameOfReadAfter(time));
