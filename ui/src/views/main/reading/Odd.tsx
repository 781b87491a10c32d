// What kind of letter one is that cannot be read like others, as an encrypted one, and what is odd about it: it is shown as far as it
// goes, and its source has every byte.
import { Button as AriaButton } from "react-aria-components";
import { chooseCharset } from "../../../actions/letterLook";
import { Icon } from "../../../components/Icon";
import type { BodyView } from "../../../ipc/backend";
import type { LetterRef } from "../../../state/letterRef";
import { say } from "../../../words";
import styles from "./Letter.module.css";

interface Props {
  letter: LetterRef;
  body: Pick<BodyView, "oddities" | "kinds" | "garbled">;
}

export function Odd({ letter, body: { oddities, kinds, garbled } }: Props) {
  return (
    <>
      {kinds.length > 0 && (
        <div className={styles.shield}>
          <Icon name="lock" />
          <span>{kinds.join(" ")}</span>
        </div>
      )}
      {oddities.length > 0 && (
        <div className={styles.shield}>
          <Icon name="warning" />
          <span>
            {say("letter-odd")} {oddities.join(" ")}
          </span>
          {garbled && (
            <AriaButton className={styles.allow ?? ""} onPress={() => chooseCharset(letter)}>
              {say("letter-charset")}
            </AriaButton>
          )}
        </div>
      )}
    </>
  );
}
