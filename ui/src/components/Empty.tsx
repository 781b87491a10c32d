// A quiet place: a sign, a sentence, what could be done about it.
import { Icon, type IconName } from "./Icon";
import styles from "./Empty.module.css";

export interface EmptyProps {
  icon: IconName;
  title: string;
  more?: string | undefined;
  /** Said at once by a screen reader, for failures. */
  alert?: boolean;
  children?: React.ReactNode;
}

export function Empty({ icon, title, more, alert = false, children }: EmptyProps) {
  return (
    <div className={styles.empty} role={alert ? "alert" : undefined}>
      <span className={styles.sign}>
        <Icon name={icon} size={22} />
      </span>
      <p className={styles.title}>{title}</p>
      {more !== undefined && <p className={styles.more}>{more}</p>}
      {children}
    </div>
  );
}
