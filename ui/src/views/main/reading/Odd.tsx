// What kind of letter one is that cannot be read like others, as an encrypted one, and what is odd about it: it is shown as far as it
// goes, and its source has every byte. What the person has chosen to see it rightly stands there too.
import { Button as AriaButton } from "react-aria-components";
import { chooseCharset } from "../../../actions/letterLook";
import { Icon } from "../../../components/Icon";
import type { BodyView } from "../../../ipc/backend";
import type { LetterRef } from "../../../state/letterRef";
import { useLetterLook } from "../../../state/letterLook";
import { charsetName } from "../../../words/charsets";
import { say } from "../../../words";
import styles from "./Letter.module.css";

interface Props {
  letter: LetterRef;
  body: Pick<BodyView, "oddities" | "kinds" | "garbled">;
}

export function Odd({ letter, body: { oddities, kinds, garbled } }: Props) {
  const { charset } = useLetterLook(letter);
  // Whoever has chosen another may have chosen wrongly.
  const isChosen = charset !== null;
  const words = [
    ...(oddities.length > 0 ? [say("letter-odd"), ...oddities] : []),
    ...(isChosen ? [say("letter-read-as", { charset: charsetName(charset) })] : []),
  ];
  return (
    <>
      {kinds.length > 0 && (
        <div className={styles.shield}>
          <Icon name="lock" />
          <span>{kinds.join(" ")}</span>
        </div>
      )}
      {words.length > 0 && (
        <div className={styles.shield}>
          <Icon name={oddities.length > 0 ? "warning" : "text"} />
          <span>{words.join(" ")}</span>
          {(garbled || isChosen) && (
            <AriaButton className={styles.allow ?? ""} onPress={() => chooseCharset(letter)}>
              {say("letter-charset")}
            </AriaButton>
          )}
        </div>
      )}
    </>
  );
}
