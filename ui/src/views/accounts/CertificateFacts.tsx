// What a certificate says of itself, in lines: where it was shown, for whom it is, who has signed it, when it holds, and what
// it is known by.
import { Fragment } from "react";
import type { CertificateView } from "../../ipc/backend";
import { say } from "../../words";
import { dayOf } from "../../words/times";
import styles from "./Accounts.module.css";

export interface CertificateFactsProps {
  host: string;
  port: number;
  certificate: CertificateView;
  /** The fingerprint that was accepted so far, where another one is shown. */
  accepted?: string | null;
}

export function CertificateFacts({ host, port, certificate, accepted = null }: CertificateFactsProps) {
  const { names, issuer, notBefore, notAfter, fingerprint } = certificate;
  return (
    <dl className={styles.facts}>
      <dt>{say("certificate-server")}</dt>
      <dd>{say("certificate-place", { host, port: String(port) })}</dd>
      <dt>{say("certificate-names")}</dt>
      <dd>{names.length > 0 ? names.join(", ") : say("certificate-names-none")}</dd>
      <dt>{say("certificate-issuer")}</dt>
      <dd>{issuer || say("certificate-issuer-none")}</dd>
      <dt>{say("certificate-valid")}</dt>
      <dd>{say("certificate-validity", { from: dayOf(notBefore), until: dayOf(notAfter) })}</dd>
      <dt>{say("certificate-fingerprint")}</dt>
      <dd>
        <Fingerprint text={fingerprint} />
      </dd>
      {accepted !== null && (
        <>
          <dt>{say("certificate-accepted")}</dt>
          <dd>
            <Fingerprint text={accepted} />
          </dd>
        </>
      )}
    </dl>
  );
}

/** In pairs, and broken only between them: it is compared by eye. */
function Fingerprint({ text }: { text: string }) {
  const pairs = text.split(":");
  return (
    <code>
      {pairs.map((pair, at) => (
        <Fragment key={at}>
          {at > 0 && ":"}
          {at > 0 && <wbr />}
          {pair}
        </Fragment>
      ))}
    </code>
  );
}
