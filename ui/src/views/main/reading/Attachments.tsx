// The files of a letter. A press opens one; the arrow beside it saves it. One that is on the server alone is fetched then.
import { useState } from "react";
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
        <File key={file.part} email={email} file={file} />
      ))}
    </ul>
  );
}

function File({ email, file }: { email: string; file: AttachmentView }) {
  const [fetching, setFetching] = useState(false);
  // A file of a large letter may take a while; one that is here does not.
  const doing = (deed: (email: string, part: string) => Promise<void>) => {
    setFetching(!file.here);
    void deed(email, file.part).finally(() => setFetching(false));
  };
  const isPicture = file.mediaType.startsWith("image/") && !file.mediaType.includes("dwg");
  return (
    <li className={styles.file}>
      <AriaButton className={styles.open ?? ""} isDisabled={fetching} onPress={() => doing(openAttachment)}>
        <Icon name={isPicture ? "image" : "file"} />
        <span className="visually-hidden">{say("attachment-open")}</span>
        <span className={styles.fileName}>
          <span dir="auto">{file.name}</span>
          <small role={fetching ? "status" : undefined}>{sizeWords(file, fetching)}</small>
        </span>
      </AriaButton>
      <IconButton
        icon="download"
        label={say("attachment-save", { name: file.name })}
        className={styles.save}
        isDisabled={fetching}
        onPress={() => doing(saveAttachment)}
      />
    </li>
  );
}

function sizeWords(file: AttachmentView, fetching: boolean): string {
  const size = fileSize(file.size);
  if (file.here) return size;
  return say(fetching ? "attachment-fetching" : "attachment-on-server", { size });
}
