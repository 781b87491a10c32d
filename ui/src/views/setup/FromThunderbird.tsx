// Accounts that Thunderbird has on this computer: one press fills the form in, and only the password is missing.
import { Button } from "../../components/Button";
import type { FoundAccountView } from "../../ipc/backend";
import { useThunderbird } from "../../state/queries";
import { say } from "../../words";
import styles from "./FromThunderbird.module.css";

export function FromThunderbird({ onTake }: { onTake: (found: FoundAccountView) => void }) {
  const found = useThunderbird().data ?? [];
  if (found.length === 0) return null;
  return (
    <div className={styles.found} role="group" aria-label={say("thunderbird-found")}>
      <span className={styles.label}>{say("thunderbird-found")}</span>
      {found.map((account) => (
        <Button key={`${account.protocol} ${account.email}`} icon="user" onPress={() => onTake(account)}>
          <span className={styles.email}>{account.email}</span>
          <span className={styles.protocol}>{say(`protocol-${account.protocol}`)}</span>
        </Button>
      ))}
    </div>
  );
}
