// The files of a letter. A press opens one; the arrow beside it saves it.
import { Button as AriaButton } from "react-aria-components";
import { openAttachment, saveAttachment } from "../../../actions/attachments";
import { Icon } from "../../../components/Icon";
import { IconButton } from "../../../components/IconButton";
import type { AttachmentView } from "../../../ipc/backend";
import { say } from "../../../words";
import { fileSize } from "../../../words/times";
import styles from "./Letter.module.css";

export function Attachments({ email, files }: { email: string; files: AttachmentView[] }) {
  if (files.length === 0) return null;
  return (
    <ul className={styles.files} aria-label={say("attachments")}>
      {files.map((file) => (
        <li key={file.part} className={styles.file}>
          <AriaButton className={styles.open ?? ""} onPress={() => void openAttachment(email, file.part)}>
            <Icon
              name={file.mediaType.startsWith("image/") && !file.mediaType.includes("dwg") ? "image" : "file"}
            />
            <span className="visually-hidden">{say("attachment-open")}</span>
            <span className={styles.fileName}>
              <span dir="auto">{file.name}</span>
              <small>{fileSize(file.size)}</small>
            </span>
          </AriaButton>
          <IconButton
            icon="download"
            label={say("attachment-save", { name: file.name })}
            className={styles.save}
            onPress={() => void saveAttachment(email, file.part)}
          />
        </li>
      ))}
    </ul>
  );
}
