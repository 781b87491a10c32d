// A host name uncut, with the part emphasised that somebody has registered: the part by which one knows whose it is.
import { hostParts } from "../../state/finding";
import styles from "./HostName.module.css";

export function HostName({ host, registered }: { host: string; registered: string | null }) {
  const parts = hostParts(host, registered);
  return (
    <bdi className={styles.host}>
      {parts.before}
      {parts.registered !== "" && <b className={styles.registered}>{parts.registered}</b>}
    </bdi>
  );
}
