// Settings, as a sheet over the window: the accounts with their servers, and the way to add and to remove one.
import { useState } from "react";
import { addLocalFolders } from "../../actions/localFolders";
import { removeAccount } from "../../actions/removeAccount";
import { Button } from "../../components/Button";
import { Dialog, DialogFoot } from "../../components/Dialog";
import type { AccountView } from "../../ipc/backend";
import { useAccounts } from "../../state/queries";
import { useWindow } from "../../state/window";
import { say } from "../../words";
import { AccountCard } from "./AccountCard";
import { AppearanceChoice } from "./AppearanceChoice";
import { CautionChoice } from "./CautionChoice";
import { ReadingChoice } from "./ReadingChoice";
import { UndoChoice } from "./UndoChoice";
import { VaultLine } from "./VaultLine";
import { RemoveQuestion } from "./RemoveQuestion";
import styles from "./Settings.module.css";

export function Settings({ onClose }: { onClose: () => void }) {
  const accounts = useAccounts().data ?? [];
  const add = useWindow((state) => state.setAddingAccount);
  const [leaving, setLeaving] = useState<AccountView | null>(null);
  // The demo mailbox can be made again at any time, so it goes with one click.
  const remove = (account: AccountView) => (account.demo ? void removeAccount(account) : setLeaving(account));
  return (
    <Dialog wide title={say("settings-title")} onClose={onClose}>
      <h3 className={styles.heading}>{say("settings-accounts")}</h3>
      {accounts.length === 0 && <p className={styles.quiet}>{say("settings-no-accounts")}</p>}
      <ul className={styles.list}>
        {accounts.map((account) => (
          <AccountCard
            key={account.id}
            account={account}
            order={accounts.map(({ id }) => id)}
            onRemove={() => remove(account)}
          />
        ))}
      </ul>
      <h3 className={styles.heading}>{say("settings-appearance")}</h3>
      <AppearanceChoice />
      <h3 className={styles.heading}>{say("settings-reading")}</h3>
      <ReadingChoice />
      <h3 className={styles.heading}>{say("settings-caution")}</h3>
      <CautionChoice />
      <h3 className={styles.heading}>{say("settings-sending")}</h3>
      <UndoChoice />
      <VaultLine onAsk={onClose} />
      <DialogFoot>
        {!accounts.some((account) => account.protocol === "local" && !account.demo) && (
          <Button icon="folder" onPress={() => void addLocalFolders()}>
            {say("settings-add-local")}
          </Button>
        )}
        <Button
          icon="plus"
          onPress={() => {
            onClose();
            add(true);
          }}
        >
          {say("settings-add")}
        </Button>
        <Button kind="primary" onPress={onClose}>
          {say("settings-close")}
        </Button>
      </DialogFoot>
      {leaving && <RemoveQuestion account={leaving} onClose={() => setLeaving(null)} />}
    </Dialog>
  );
}
