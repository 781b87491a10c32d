// The files of a letter. A press looks at one here, or opens it; the arrow beside it saves it; it is dragged out of the window. One that is on the server
// alone is fetched then. What may be dangerous carries a sign.
import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { lookAt, saveAll, saveAttachment, showSaved } from "../../../actions/attachments";
import { Button } from "../../../components/Button";
import { Icon, type IconName } from "../../../components/Icon";
import { IconButton } from "../../../components/IconButton";
import { MarkedPieces } from "../../../components/Marked";
import type { AttachmentView } from "../../../ipc/backend";
import { useFoundInFiles } from "../../../state/foundInFiles";
import { useSavedPlace } from "../../../state/saved";
import type { FileOfLetter } from "../../../state/window";
import { say } from "../../../words";
import { fileSize } from "../../../words/times";
import { FileName } from "./FileName";
import { useDragOut } from "./useDragOut";
import styles from "./Letter.module.css";

export function Attachments({ email, files }: { email: string; files: AttachmentView[] }) {
  const found = useFoundInFiles(email, files.length > 0);
  if (files.length === 0) return null;
  const among = files.map((file) => ({ email, file }));
  return (
    <>
      <ul className={styles.files} aria-label={say("attachments")} data-files="">
        {among.map((each) => (
          <File key={each.file.part} chosen={each} among={among} found={found.includes(each.file.part)} />
        ))}
      </ul>
      {files.length > 1 && (
        <Button kind="quiet" icon="download" className={styles.saveAll} onPress={() => void saveAll(among)}>
          {say("attachments-save-all", { n: files.length })}
        </Button>
      )}
    </>
  );
}

interface FileProps {
  chosen: FileOfLetter;
  among: FileOfLetter[];
  /** What was searched for stands in it. */
  found: boolean;
}

function File({ chosen, among, found }: FileProps) {
  const { email, file } = chosen;
  const [fetching, setFetching] = useState(false);
  const { handle, ...dragging } = useDragOut(chosen);
  const saved = useSavedPlace(email, file.part);
  // A file of a large letter may take a while; one that is here does not.
  const doing = (deed: () => Promise<void>) => {
    setFetching(!file.here);
    void deed().finally(() => setFetching(false));
  };
  return (
    <li className={styles.file} data-danger={file.dangers.length > 0 || undefined} {...dragging}>
      <AriaButton
        ref={handle}
        className={styles.open ?? ""}
        isDisabled={fetching}
        onPress={() => doing(() => lookAt(chosen, among))}
      >
        <Icon name={file.dangers.length > 0 ? "warning" : iconOf(file)} />
        <span className="visually-hidden">{say("attachment-open")}</span>
        <span className={styles.fileName}>
          <FileName name={file.name} />
          <small role={fetching ? "status" : undefined}>
            {sizeWords(file, fetching)}
            {found && (
              <>
                {" · "}
                <MarkedPieces pieces={[{ text: say("attachment-found"), marked: true }]} />
              </>
            )}
          </small>
        </span>
      </AriaButton>
      <IconButton
        icon="download"
        label={say("attachment-save", { name: file.name })}
        className={styles.save}
        isDisabled={fetching}
        onPress={() => doing(() => saveAttachment(email, file.part))}
      />
      {saved !== undefined && (
        <IconButton
          icon="folder"
          label={say("show-saved-of", { name: file.name })}
          className={styles.showSaved}
          onPress={() => void showSaved(saved)}
        />
      )}
    </li>
  );
}

export function iconOf(file: AttachmentView): IconName {
  switch (file.shows) {
    case "picture":
    case "undrawn":
      return "image";
    case "archive":
      return "archive";
    case "letter":
    case "letters":
      return "mail";
    case "sound":
    case "film":
      return "resume";
    default:
      return "file";
  }
}

export function sizeWords(file: AttachmentView, fetching: boolean): string {
  const size = fileSize(file.size);
  const [danger] = file.dangers;
  if (danger !== undefined && !fetching) return `${size}, ${say(`danger-short-${danger}`)}`;
  if (file.here) return size;
  return say(fetching ? "attachment-fetching" : "attachment-on-server", { size });
}
