// What is odd about a letter: it is shown as far as it goes, and its source has every byte.
import { Icon } from "../../../components/Icon";
import { say } from "../../../words";
import styles from "./Letter.module.css";

export function Odd({ oddities }: { oddities: string[] }) {
  if (oddities.length === 0) return null;
  return (
    <div className={styles.shield}>
      <Icon name="warning" />
      <span>
        {say("letter-odd")} {oddities.join(" ")}
      </span>
    </div>
  );
}
