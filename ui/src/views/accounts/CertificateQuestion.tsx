// A certificate that nobody vouches for, explained. A box has to be ticked before it can be accepted, and what was revoked
// cannot be.
import { useState } from "react";
import { Button } from "../../components/Button";
import { Dialog, DialogFoot } from "../../components/Dialog";
import { Icon } from "../../components/Icon";
import type { RefusedCertificateView } from "../../ipc/backend";
import { say } from "../../words";
import { Tick } from "../setup/Tick";
import { CertificateFacts } from "./CertificateFacts";
import styles from "./Accounts.module.css";

export interface CertificateQuestionProps {
  refused: RefusedCertificateView;
  onAccept: () => void;
  onClose: () => void;
}

export function CertificateQuestion({ refused, onAccept, onClose }: CertificateQuestionProps) {
  const [understood, setUnderstood] = useState(false);
  const { host, port, flaw, certificate, accepted, acceptable } = refused;
  const title = flaw === "changed" ? "certificate-title-changed" : "certificate-title";
  return (
    <Dialog role="alertdialog" wide title={say(title, { host })} onClose={onClose}>
      <p className={styles.danger}>
        <Icon name="warning" size={18} />
        <span>{say(`certificate-flaw-${flaw}`, { host })}</span>
      </p>
      <CertificateFacts host={host} port={port} certificate={certificate} accepted={accepted} />
      {acceptable && (
        <>
          <p className={styles.more}>{say("certificate-only")}</p>
          <Tick on={understood} onChange={setUnderstood}>
            {say("certificate-understood")}
          </Tick>
        </>
      )}
      <DialogFoot>
        {acceptable && (
          <Button kind="danger" isDisabled={!understood} onPress={onAccept}>
            {say("certificate-accept")}
          </Button>
        )}
        <Button kind="primary" autoFocus onPress={onClose}>
          {say("certificate-refuse")}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
