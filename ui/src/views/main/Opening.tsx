// The window before the engine has told which accounts there are: its bars and panes, empty. It comes only when that
// takes long enough to be noticed. If it cannot be told at all, it says why, with the way to ask again.
import { useEffect, useState } from "react";
import { sentenceOf } from "../../actions/attempt";
import { Button } from "../../components/Button";
import { Empty } from "../../components/Empty";
import { say } from "../../words";
import bar from "./TopBar.module.css";
import window_ from "./MainWindow.module.css";
import styles from "./Opening.module.css";

const NOTICED = 250;

export function Opening({ failure, onRetry }: { failure: unknown; onRetry?: () => void }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), NOTICED);
    return () => clearTimeout(timer);
  }, []);
  if (failure !== null) {
    return (
      <main className={styles.failed}>
        <Empty icon="warning" title={say("opening-failed")} more={sentenceOf(failure)} alert>
          {onRetry && (
            <Button icon="retry" onPress={onRetry}>
              {say("try-again")}
            </Button>
          )}
        </Empty>
      </main>
    );
  }
  if (!shown) return null;
  return (
    <div className={`${window_.window ?? ""} ${styles.opening ?? ""}`}>
      <div className={bar.bar}>
        <span className={bar.seal} aria-hidden="true" />
      </div>
      <div className={styles.folders} />
      <div className={styles.list} />
      <main className={styles.reading}>
        <span role="status" className="visually-hidden">
          {say("loading")}
        </span>
      </main>
      <div className={styles.foot} />
    </div>
  );
}
