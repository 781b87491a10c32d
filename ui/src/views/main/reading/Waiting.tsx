// What stands in the reading pane while a conversation is fetched: its shape, and only once it takes long enough to be
// noticed, so that what is here at once never flickers. Whoever has waited that long before says so.
import { useEffect, useState } from "react";
import { say } from "../../../words";
import styles from "./Waiting.module.css";

const NOTICED = 250;

export function Waiting({ atOnce = false }: { atOnce?: boolean }) {
  const [shown, setShown] = useState(atOnce);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), NOTICED);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return <div data-coming="" />;
  return (
    <div className={styles.waiting} role="status" data-coming="">
      <span className="visually-hidden">{say("loading")}</span>
      <i className={styles.subject} />
      <div className={styles.letter}>
        <i />
        <i />
        <i />
        <i />
      </div>
    </div>
  );
}
