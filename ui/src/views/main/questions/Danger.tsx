// A file that may do harm: what is known of it, and what can be done. A program is never started from a letter.
import { openAttachment, saveAttachment } from "../../../actions/attachments";
import { wantDragged } from "../../../actions/dragOut";
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import type { CautionView } from "../../../ipc/backend";
import { say } from "../../../words";
import { dangerSentence, isUnknown, runs } from "../../../words/dangers";
import styles from "./Danger.module.css";

export interface DangerProps {
  email: string;
  part: string;
  name: string;
  caution: CautionView;
  /** It was to be dragged out of the window, and not to be opened. */
  dragged?: boolean;
  onClose: () => void;
}

export function Danger({ email, part, name, caution, dragged = false, onClose }: DangerProps) {
  const never = runs(caution);
  const title = say(isUnknown(caution) ? "danger-title-unknown" : "danger-title");
  return (
    <Dialog role="alertdialog" title={title} onClose={onClose}>
      <p className={styles.name} dir="auto">
        {name}
      </p>
      <ul className={styles.reasons}>
        {caution.dangers.map((danger) => (
          <li key={danger}>{dangerSentence(danger, caution.harmful)}</li>
        ))}
      </ul>
      <p>{say(dragged ? "danger-drag" : never ? "danger-never" : "danger-ask")}</p>
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
        {!never && !dragged && (
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
