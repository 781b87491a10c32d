// What goes on in a form, and what came of it. Whoever listens to the page hears each word once: what goes on, and what went well, from a
// status; what failed from the alert that it brings. An alert within a status would be read twice.
import { useEffect, useRef } from "react";
import styles from "./Told.module.css";

export interface ToldProps {
  /** What is said while something goes on. */
  going?: React.ReactNode;
  /** Something in the children failed, and has an alert. */
  failed: boolean;
  /** What it is about now, if somebody waits for it: whenever that is another one, it is brought into view. */
  moment?: unknown;
  className?: string | undefined;
  /** What came of it. */
  children?: React.ReactNode;
}

export function Told({ going, failed, moment = null, className, children }: ToldProps) {
  const box = useRef<HTMLDivElement>(null);
  // A sheet may be higher than the window.
  useEffect(() => {
    if (moment !== null) box.current?.scrollIntoView({ block: "nearest" });
  }, [moment]);
  return (
    <div ref={box} className={[styles.told, className].filter(Boolean).join(" ")}>
      <div role="status" className={styles.status}>
        {going}
        {!failed && children}
      </div>
      {failed && children}
    </div>
  );
}
