// The name of a file on one line. Where there is no room for all of it the middle is left out, and never the ending, which says what
// kind of file it is: a long name hides nothing.
import { Marked } from "../../../components/Marked";
import styles from "./FileName.module.css";

/** Names that are shorter have room enough, nearly everywhere. */
const SHORT = 24;
/** Signs that stay at the end, the ending among them. */
const END = 12;

export function FileName({ name }: { name: string }) {
  const signs = [...name];
  if (signs.length <= SHORT)
    return (
      <span className={styles.name} dir="auto">
        <span className={styles.start}>
          <Marked part="fileName" text={name} />
        </span>
      </span>
    );
  return (
    <span className={styles.name} dir="auto" title={name}>
      <span className={styles.start}>
        <Marked part="fileName" text={signs.slice(0, -END).join("")} />
      </span>
      <span className={styles.end}>
        <Marked part="fileName" text={signs.slice(-END).join("")} />
      </span>
    </span>
  );
}
