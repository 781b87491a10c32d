// The question before an account goes. It cannot be undone, so this is one of the few questions of this window.
import { removeAccount } from "../../actions/removeAccount";
import { Button } from "../../components/Button";
import { Dialog, DialogFoot } from "../../components/Dialog";
import type { AccountView } from "../../ipc/backend";
import { say } from "../../words";

export function RemoveQuestion({ account, onClose }: { account: AccountView; onClose: () => void }) {
  const { email, protocol } = account;
  return (
    <Dialog role="alertdialog" title={say("settings-remove-title", { email })} onClose={onClose}>
      <p>{say(`settings-remove-${protocol}`)}</p>
      <DialogFoot>
        <Button
          kind="danger"
          onPress={() => {
            onClose();
            void removeAccount(account);
          }}
        >
          {say("settings-remove-confirm")}
        </Button>
        <Button kind="primary" autoFocus onPress={onClose}>
          {say("settings-remove-keep")}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
