// How letters are shown, when one counts as read, and what is read after one that was sent away.
import { chooseAfter, chooseReadAfter } from "../../actions/reading";
import { Select } from "../../components/Select";
import { showAllPlain, useLooks } from "../../state/letterLook";
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
import styles from "./Settings.module.css";

export function ReadingChoice() {
  const { data: read = null } = useSetting(READ_SETTING);
  const { data: after = null } = useSetting(AFTER_SETTING);
  const plain = useLooks((state) => state.plain);
  return (
    <>
      <Select
        label={say("settings-letters")}
        choices={(["written", "plain"] as const).map((id) => ({ id, text: say(`settings-letters-${id}`) }))}
        value={plain ? "plain" : "written"}
        onChange={(choice) => showAllPlain(choice === "plain")}
      />
      <p className={styles.quiet}>{say("settings-letters-more")}</p>
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
