// A file that may do harm: what is known of it, and what can be done. A program is never started from a letter.
import { openAttachment, saveAttachment } from "../../../actions/attachments";
import { wantDragged } from "../../../actions/dragOut";
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import type { DangerView } from "../../../ipc/backend";
import { say } from "../../../words";
import styles from "./Danger.module.css";

export interface DangerProps {
  email: string;
  part: string;
  name: string;
  dangers: DangerView[];
  /** It was to be dragged out of the window, and not to be opened. */
  dragged?: boolean;
  onClose: () => void;
}

export function Danger({ email, part, name, dangers, dragged = false, onClose }: DangerProps) {
  const runs = dangers.includes("program") || dangers.includes("hiddenProgram");
  return (
    <Dialog role="alertdialog" title={say("danger-title")} onClose={onClose}>
      <p className={styles.name} dir="auto">
        {name}
      </p>
      <ul className={styles.reasons}>
        {dangers.map((danger) => (
          <li key={danger}>{say(`danger-${danger}`)}</li>
        ))}
      </ul>
      <p>{say(dragged ? "danger-drag" : runs ? "danger-never" : "danger-ask")}</p>
      <DialogFoot>
        {dragged && (
          <Button
            kind="danger"
            onPress={() => {
              onClose();
              wantDragged(email, part);
            }}
          >
            {say("danger-drag-out")}
          </Button>
        )}
        {!runs && !dragged && (
          <Button
            kind="danger"
            onPress={() => {
              onClose();
              void openAttachment(email, part, name, true);
            }}
          >
            {say("danger-open")}
          </Button>
        )}
        <Button
          icon="download"
          onPress={() => {
            onClose();
            void saveAttachment(email, part);
          }}
        >
          {say("danger-save")}
        </Button>
        <Button kind="primary" autoFocus onPress={onClose}>
          {say("cancel")}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
