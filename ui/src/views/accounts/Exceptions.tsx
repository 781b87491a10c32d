// The certificates that a person has accepted for an account, a line each, and the way to accept one no more.
import { acceptNoMore } from "../../actions/accounts";
import { IconButton } from "../../components/IconButton";
import type { AccountView } from "../../ipc/backend";
import { useExceptions } from "../../state/queries";
import { say } from "../../words";
import { dayOf } from "../../words/times";
import styles from "./Accounts.module.css";

export function Exceptions({ account }: { account: AccountView }) {
  const exceptions = useExceptions(account.id).data ?? [];
  if (exceptions.length === 0) return null;
  return (
    <section className={styles.kept} aria-label={say("certificate-kept-of", { email: account.email })}>
      <div className={styles.quiet}>{say("certificate-kept")}</div>
      {exceptions.map((exception) => {
        const { host, port, certificate } = exception;
        return (
          <div key={`${host}:${String(port)}`} className={styles.keptLine}>
            <span title={certificate.fingerprint}>
              {say("certificate-line", { host, port: String(port), until: dayOf(certificate.notAfter) })}
            </span>
            <IconButton
              icon="trash"
              label={say("certificate-remove", { host, port: String(port) })}
              onPress={() => void acceptNoMore(account.id, exception)}
            />
          </div>
        );
      })}
    </section>
  );
}
