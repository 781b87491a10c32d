// What goes on in a form, and what came of it. Whoever listens to the page hears each word once: what goes on, and what went well, from a
// status; what failed from the alert that it brings. An alert within a status would be read twice.
import styles from "./Told.module.css";

export interface ToldProps {
  /** What is said while something goes on. */
  going?: React.ReactNode;
  /** Something in the children failed, and has an alert. */
  failed: boolean;
  className?: string | undefined;
  /** What came of it. */
  children?: React.ReactNode;
}

export function Told({ going, failed, className, children }: ToldProps) {
  return (
    <div className={className}>
      <div role="status" className={styles.status}>
        {going}
        {!failed && children}
      </div>
      {failed && children}
    </div>
  );
}
