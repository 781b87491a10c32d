// When a letter counts as read, and what is read after one that was sent away.
import { chooseAfter, chooseReadAfter } from "../../actions/reading";
import { Select } from "../../components/Select";
import { useSetting } from "../../state/queries";
import {
  AFTER_CHOICES,
  AFTER_SETTING,
  afterFrom,
  nameOfReadAfter,
  READ_CHOICES,
  READ_SETTING,
  readAfterFrom,
} from "../../state/reading";
import { say } from "../../words";

export function ReadingChoice() {
  const { data: read = null } = useSetting(READ_SETTING);
  const { data: after = null } = useSetting(AFTER_SETTING);
  return (
    <>
      <Select
        label={say("settings-read")}
        choices={READ_CHOICES.map((choice) => ({
          id: nameOfReadAfter(choice),
          text:
            choice === null || choice < 1000
              ? say(`settings-read-${nameOfReadAfter(choice)}`)
              : say("settings-read-seconds", { seconds: choice / 1000 }),
        }))}
        value={nameOfReadAfter(readAfterFrom(read))}
        onChange={(name) => void chooseReadAfter(readAfterFrom(name))}
      />
      <Select
        label={say("settings-after")}
        choices={AFTER_CHOICES.map((choice) => ({ id: choice, text: say(`settings-after-${choice}`) }))}
        value={afterFrom(after)}
        onChange={(name) => void chooseAfter(afterFrom(name))}
      />
    </>
  );
}
