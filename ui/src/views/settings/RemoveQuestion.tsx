// The question before an account goes. It cannot be undone, so this is one of the few questions of this window. Its letters can
// stay, as far as they are here.
import { useState } from "react";
import { removeButLetters } from "../../actions/accounts";
import { removeAccount } from "../../actions/removeAccount";
import { Button } from "../../components/Button";
import { Dialog, DialogFoot } from "../../components/Dialog";
import type { AccountView } from "../../ipc/backend";
import { useRemainder } from "../../state/queries";
import { say } from "../../words";
import { count } from "../../words/times";

export function RemoveQuestion({ account, onClose }: { account: AccountView; onClose: () => void }) {
  const { id, email, protocol } = account;
  const remainder = useRemainder(id).data;
  const [busy, setBusy] = useState(false);
  const keepable = protocol !== "local" && remainder !== undefined && remainder.whole > 0;
  const keep = async () => {
    setBusy(true);
    await removeButLetters(account);
    onClose();
  };
  return (
    <Dialog
      role="alertdialog"
      title={say("settings-remove-title", { email })}
      dismissable={!busy}
      onClose={onClose}
    >
      <p>{say(`settings-remove-${protocol}`)}</p>
      {keepable && (
        <p>
          {say("remove-keep-text", { whole: remainder.whole, wholeCount: count(remainder.whole) })}
          {remainder.elsewhere > 0 &&
            ` ${say("remove-elsewhere", { elsewhere: remainder.elsewhere, elsewhereCount: count(remainder.elsewhere) })}`}
        </p>
      )}
      <p role="status">{busy && say("remove-keeping")}</p>
      <DialogFoot>
        <Button
          kind="danger"
          isDisabled={busy}
          onPress={() => {
            onClose();
            void removeAccount(account);
          }}
        >
          {say("settings-remove-confirm")}
        </Button>
        {keepable && (
          <Button isDisabled={busy} onPress={() => void keep()}>
            {say("remove-keep-letters")}
          </Button>
        )}
        <Button kind="primary" autoFocus isDisabled={busy} onPress={onClose}>
          {say("settings-remove-keep")}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
