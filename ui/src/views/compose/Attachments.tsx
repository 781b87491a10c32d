// The files of the letter, below its text.
import { detach } from "../../actions/composeAttach";
import { Icon } from "../../components/Icon";
import { IconButton } from "../../components/IconButton";
import type { Writing } from "../../state/composers";
import { say } from "../../words";
import { fileSize } from "../../words/times";
import styles from "./Attachments.module.css";

export function Attachments({ letter }: { letter: Writing }) {
  if (letter.attachments.length === 0) return null;
  return (
    <ul className={styles.files} aria-label={say("compose-attachments")}>
      {letter.attachments.map((file) => (
        <li key={file.id} className={styles.file}>
          <Icon name="file" />
          <span className={styles.name}>
            {file.name}
            <small>{fileSize(file.size)}</small>
          </span>
          <IconButton
            icon="close"
            label={say("compose-detach", { name: file.name })}
            className={styles.remove}
            onPress={() => void detach(letter.id, file.id)}
          />
        </li>
      ))}
    </ul>
  );
}
