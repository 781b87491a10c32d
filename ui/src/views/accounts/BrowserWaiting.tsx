// While the person is in the browser: what is waited for, the page once more, its address to take elsewhere, and the way out.
import { copyAddress } from "../../actions/oauth";
import { openPage } from "../../actions/setup";
import { Button } from "../../components/Button";
import { Turning } from "../../components/Turning";
import { say } from "../../words";
import styles from "./BrowserWaiting.module.css";

export interface BrowserWaitingProps {
  provider: string;
  address: string;
  onCancel: () => void;
}

export function BrowserWaiting({ provider, address, onCancel }: BrowserWaitingProps) {
  return (
    <div className={styles.waiting}>
      <p className={styles.words}>
        <Turning />
        {say("browser-waiting", { provider })}
      </p>
      <div className={styles.buttons}>
        <Button kind="tool" onPress={() => openPage(address)}>
          {say("browser-open")}
        </Button>
        <Button kind="tool" onPress={() => void copyAddress(address)}>
          {say("browser-copy")}
        </Button>
        <Button kind="tool" onPress={onCancel}>
          {say("browser-cancel")}
        </Button>
      </div>
      <code className={styles.address} role="group" aria-label={say("browser-address")}>
        {address}
      </code>
    </div>
  );
}
