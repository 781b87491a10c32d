// A ring that turns while something is waited for. It says nothing by itself: the words for it stand beside it.
import styles from "./Turning.module.css";

export function Turning() {
  return <span className={styles.turning} aria-hidden="true" />;
}
