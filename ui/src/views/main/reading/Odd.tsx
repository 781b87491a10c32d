// What kind of letter one is that cannot be read like others, as an encrypted one, and what is odd about it: it is shown as far as it
// goes, and its source has every byte.
import { Icon } from "../../../components/Icon";
import { say } from "../../../words";
import styles from "./Letter.module.css";

export function Odd({ oddities, kinds }: { oddities: string[]; kinds: string[] }) {
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
        </div>
      )}
    </>
  );
}
