// What is under way with very many letters: a sentence, how far it is, and Stop. It stands where the toasts do, and is a
// live region like them, so it is always in the page.
import { Button as AriaButton } from "react-aria-components";
import { useUnderWay } from "../state/underWay";
import { say } from "../words";
import styles from "./Toast.module.css";

export function UnderWay() {
  const { text, done, total, stop } = useUnderWay();
  return (
    <div role="status" aria-live="polite">
      {text !== null && (
        <div className={styles.toast} data-under-way="">
          <span>{text}</span>
          <progress
            aria-label={text}
            className={styles.progress}
            {...(total > 0 ? { value: done, max: total } : {})}
          />
          {stop !== null && (
            <AriaButton className={styles.action ?? ""} onPress={stop}>
              {say("under-way-stop")}
            </AriaButton>
          )}
        </div>
      )}
    </div>
  );
}
