// Whom the letter is from: a choice where there are several accounts, a plain line where there is one.
import { memo } from "react";
import { write } from "../../actions/composeKeep";
import { Select } from "../../components/Select";
import type { AccountView } from "../../ipc/backend";
import { useAccounts } from "../../state/queries";
import { canSend } from "../../state/senders";
import { say } from "../../words";
import styles from "./Composer.module.css";

export const FromLine = memo(function FromLine({
  draft,
  account: chosen,
}: {
  draft: string;
  account: string;
}) {
  const all = useAccounts().data ?? [];
  const own = all.find((account) => account.id === chosen);
  const accounts = all.filter((account) => canSend(account) || account.id === chosen);
  return (
    <div className={styles.line}>
      <span className={styles.label}>{say("compose-from")}</span>
      {accounts.length > 1 ? (
        <Select
          bare
          hideLabel
          label={say("compose-from")}
          choices={accounts.map((account) => ({ id: account.id, text: senderOf(account) }))}
          value={chosen}
          onChange={(account) => write(draft, { account })}
        />
      ) : (
        <span data-selectable>{own && senderOf(own)}</span>
      )}
    </div>
  );
});

function senderOf(account: AccountView): string {
  return account.name ? `${account.name} <${account.email}>` : account.email;
}
