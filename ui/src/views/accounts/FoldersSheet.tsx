// Which folder of an account is for what. A choice counts at once and stands above what the server says.
import { chooseFolder } from "../../actions/accounts";
import { Button } from "../../components/Button";
import { Dialog, DialogFoot } from "../../components/Dialog";
import { Select } from "../../components/Select";
import type { AccountView } from "../../ipc/backend";
import { called, candidates, CHOOSABLE } from "../../state/accounts";
import { pathOf } from "../../state/folders";
import { useChosenRoles, useMailboxes } from "../../state/queries";
import { say } from "../../words";
import styles from "./Accounts.module.css";

const SERVER = "server";

export function FoldersSheet({ account, onClose }: { account: AccountView; onClose: () => void }) {
  const mailboxes = useMailboxes().data ?? [];
  const chosen = useChosenRoles(account.id).data ?? [];
  const folders = candidates(mailboxes, account.id);
  return (
    <Dialog title={say("folders-for-title", { email: called(account) })} onClose={onClose}>
      <div className={styles.form}>
        <p className={styles.intro}>{say("folders-for-intro")}</p>
        {CHOOSABLE.map((role) => {
          const own = chosen.find((each) => each.role === role)?.mailbox ?? null;
          const now =
            own === null
              ? mailboxes.find((each) => each.account === account.id && each.role === role)
              : undefined;
          return (
            <Select
              key={role}
              label={say(`folders-for-${role}`)}
              choices={[
                {
                  id: SERVER,
                  text:
                    now === undefined
                      ? say("folders-for-server")
                      : say("folders-for-server-now", { folder: pathOf(mailboxes, now) }),
                },
                ...folders.map((folder) => ({ id: folder.id, text: pathOf(mailboxes, folder) })),
              ]}
              value={own ?? SERVER}
              onChange={(choice) => void chooseFolder(account.id, role, choice === SERVER ? null : choice)}
            />
          );
        })}
        <DialogFoot>
          <Button kind="primary" onPress={onClose}>
            {say("settings-close")}
          </Button>
        </DialogFoot>
      </div>
    </Dialog>
  );
}
