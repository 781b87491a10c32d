// With POP3: when the copy on the server goes away. What only keeps more counts at once; what deletes there what is on
// the server now is asked about first, since no undo brings it back.
import { useState } from "react";
import { chooseRetention } from "../../actions/keeping";
import { Button } from "../../components/Button";
import { Dialog, DialogFoot } from "../../components/Dialog";
import { Select } from "../../components/Select";
import type { AccountView } from "../../ipc/backend";
import {
  deletesAtOnce,
  RETENTIONS,
  retentionOf,
  USUAL_DAYS,
  type RetentionKind,
} from "../../state/retention";
import { say } from "../../words";
import styles from "./Settings.module.css";

export function RetentionChoice({ account }: { account: AccountView }) {
  const { id, email, retention } = account;
  const [asked, setAsked] = useState<RetentionKind | null>(null);
  const days = retention.kind === "remove-after-days" ? retention.days : USUAL_DAYS;
  const words = (kind: RetentionKind) => say(`settings-retention-${kind}`, { days });
  const put = (kind: RetentionKind) => void chooseRetention(id, retentionOf(kind, days));
  return (
    <div className={styles.keeping}>
      <Select
        className={styles.across}
        label={say("settings-retention")}
        choices={RETENTIONS.map((kind) => ({ id: kind, text: words(kind) }))}
        value={retention.kind}
        onChange={(kind) => {
          if (kind === retention.kind) return;
          if (deletesAtOnce(kind)) setAsked(kind);
          else put(kind);
        }}
      />
      {asked !== null && (
        <Dialog role="alertdialog" title={say("settings-retention-title")} onClose={() => setAsked(null)}>
          <p>{say(`settings-retention-ask-${asked}`, { email, days })}</p>
          <DialogFoot>
            <Button
              kind="danger"
              onPress={() => {
                setAsked(null);
                put(asked);
              }}
            >
              {say("settings-retention-confirm")}
            </Button>
            <Button kind="primary" autoFocus onPress={() => setAsked(null)}>
              {say("settings-retention-leave")}
            </Button>
          </DialogFoot>
        </Dialog>
      )}
    </div>
  );
}
