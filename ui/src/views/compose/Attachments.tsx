// The files of the letter, below its text.
import { memo } from "react";
import { detach } from "../../actions/composeAttach";
import { Icon } from "../../components/Icon";
import { IconButton } from "../../components/IconButton";
import type { DraftAttachmentView } from "../../ipc/backend";
import { say } from "../../words";
import { fileSize } from "../../words/times";
import styles from "./Attachments.module.css";

export const Attachments = memo(function Attachments({
  draft,
  files,
}: {
  draft: string;
  files: DraftAttachmentView[];
}) {
  if (files.length === 0) return null;
  return (
    <ul className={styles.files} aria-label={say("compose-attachments")}>
      {files.map((file) => (
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
            onPress={() => void detach(draft, file.id)}
          />
        </li>
      ))}
    </ul>
  );
});
