// IMAP, POP3 and SMTP for somebody who has never heard of them.
import { Button } from "../../components/Button";
import { Dialog, DialogFoot } from "../../components/Dialog";
import { say } from "../../words";
import styles from "./WhatIsThis.module.css";

export function WhatIsThis({ onClose }: { onClose: () => void }) {
  return (
    <Dialog wide title={say("what-title")} onClose={onClose}>
      <p>{say("what-intro")}</p>
      {(["imap", "pop3", "smtp", "ports"] as const).map((topic) => (
        <section key={topic}>
          <h3 className={styles.title}>{say(`what-${topic}-title`)}</h3>
          <p className={styles.text}>{say(`what-${topic}`)}</p>
        </section>
      ))}
      <DialogFoot>
        <Button kind="primary" autoFocus onPress={onClose}>
          {say("what-close")}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
