// What stands between the letter and the outbox, in a line above the tools: a question, or what has to be mended.
import { pickFiles } from "../../actions/composeAttach";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { say } from "../../words";
import type { Sending } from "./useSending";
import styles from "./Notice.module.css";

export function Notice({ sending, draft }: { sending: Sending; draft: string }) {
  const { doubt, problem } = sending;
  const mend = () => {
    sending.settle();
    if (doubt === "noSubject") {
      sending.focusSubject();
      return;
    }
    sending.focusText();
    void pickFiles(draft);
  };
  return (
    <div role="alert">
      {problem !== null && (
        <p className={styles.problem}>
          <Icon name="warning" />
          {problem}
        </p>
      )}
      {doubt !== null && (
        <div className={styles.doubt}>
          <Icon name="warning" />
          <span className={styles.text}>{say(`compose-doubt-${doubt}`)}</span>
          <Button kind="tool" className={styles.button} onPress={mend}>
            {say(`compose-doubt-mend-${doubt}`)}
          </Button>
          <Button kind="tool" className={styles.button} onPress={() => void sending.sendAnyway()}>
            {say("compose-send-anyway")}
          </Button>
        </div>
      )}
    </div>
  );
}
