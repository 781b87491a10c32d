// Whom the letter is from: a choice where there are several accounts, a plain line where there is one.
import { write } from "../../actions/composeKeep";
import { Select } from "../../components/Select";
import type { AccountView } from "../../ipc/backend";
import type { Writing } from "../../state/composers";
import { useAccounts } from "../../state/queries";
import { say } from "../../words";
import styles from "./Composer.module.css";

export function FromLine({ letter }: { letter: Writing }) {
  const accounts = useAccounts().data ?? [];
  const own = accounts.find((account) => account.id === letter.account);
  return (
    <div className={styles.line}>
      <span className={styles.label}>{say("compose-from")}</span>
      {accounts.length > 1 ? (
        <Select
          bare
          hideLabel
          label={say("compose-from")}
          choices={accounts.map((account) => ({ id: account.id, text: senderOf(account) }))}
          value={letter.account}
          onChange={(account) => write(letter.id, { account })}
        />
      ) : (
        <span data-selectable>{own && senderOf(own)}</span>
      )}
    </div>
  );
}

function senderOf(account: AccountView): string {
  return account.name ? `${account.name} <${account.email}>` : account.email;
}
