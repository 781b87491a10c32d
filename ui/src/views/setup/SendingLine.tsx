// Which server sends, and the door to the explanation of all three words.
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import type { SetupState } from "../../state/setup";
import { say } from "../../words";
import { ServerLine } from "./ServerLine";
import styles from "./SendingLine.module.css";

export function SendingLine({ state, onExplain }: { state: SetupState; onExplain: () => void }) {
  return (
    <div className={styles.line}>
      <Icon name="send" />
      <span>{say("setup-sending")}</span>
      <code className={styles.server}>
        <ServerLine state={state} which="smtp" />
      </code>
      <Button kind="tool" className={styles.what} onPress={onExplain}>
        {say("setup-what-is-this")}
      </Button>
    </div>
  );
}
