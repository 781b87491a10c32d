// How far a try came at one server, step by step: reached, encrypted, signed in, allowed to send. The step that failed has the
// sentence that says why.
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import type { RefusedCertificateView, TriedView } from "../../ipc/backend";
import { smallPrint } from "../../state/troubles";
import { say } from "../../words";
import { dayOf } from "../../words/times";
import styles from "./Accounts.module.css";

export interface TriedStepsProps {
  title: string;
  tried: TriedView;
  sends: boolean;
  /** What stands in the place of the sentence that says why it failed. */
  failure?: React.ReactNode;
  /** Absent where a certificate cannot be accepted. */
  onCertificate?: (refused: RefusedCertificateView) => void;
}

export function TriedSteps({ title, tried, sends, failure, onCertificate }: TriedStepsProps) {
  const { port, reached, encryption, signedIn, trouble } = tried;
  const well = trouble === null;
  const words = trouble === null ? null : smallPrint(trouble);
  const refused = trouble?.certificate ?? null;
  return (
    <div className={styles.tried} role="group" aria-label={title}>
      <div className={styles.host}>{title}</div>
      {reached && <Step>{say("tried-reached", { port: String(port) })}</Step>}
      {encryption !== null && (
        <Step>
          {say(encryption.byException ? "tried-exception" : "tried-encrypted", {
            protocol: encryption.protocol,
            issuer: encryption.certificate.issuer || say("certificate-issuer-none"),
            until: dayOf(encryption.certificate.notAfter),
          })}
        </Step>
      )}
      {signedIn && encryption === null && <Step failed>{say("tried-plain")}</Step>}
      {signedIn && <Step>{say("tried-signed-in")}</Step>}
      {signedIn && sends && well && <Step>{say("tried-may-send")}</Step>}
      {failure}
      {trouble !== null && failure === undefined && (
        <div role="alert">
          <Step failed>
            {trouble.sentence}
            {words !== null && <div className={styles.words}>{say("trouble-words", { words })}</div>}
          </Step>
        </div>
      )}
      {refused !== null && onCertificate !== undefined && (
        <div>
          <Button kind="tool" icon="shield" onPress={() => onCertificate(refused)}>
            {say("certificate-look")}
          </Button>
        </div>
      )}
    </div>
  );
}

function Step({ failed = false, children }: { failed?: boolean; children: React.ReactNode }) {
  return (
    <div className={styles.step} data-failed={failed || undefined}>
      <Icon name={failed ? "warning" : "check"} size={14} />
      <span>
        <span className="visually-hidden">{say(failed ? "tried-state-failed" : "tried-state-ok")}: </span>
        {children}
      </span>
    </div>
  );
}
