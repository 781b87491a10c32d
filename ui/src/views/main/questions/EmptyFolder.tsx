// The question before Trash or Junk is emptied: how much goes, and where. It cannot be undone, so this is one of the few questions
// of this window.
import { useState } from "react";
import { emptyFolder } from "../../../actions/folders";
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import type { AccountView, MailboxView } from "../../../ipc/backend";
import { called } from "../../../state/accounts";
import { emptiedWith, type Emptied } from "../../../state/emptying";
import { say } from "../../../words";
import { count } from "../../../words/times";

export function EmptyFolder({
  mailbox,
  mailboxes,
  account,
  onClose,
}: {
  mailbox: MailboxView;
  mailboxes: MailboxView[];
  account: AccountView;
  onClose: () => void;
}) {
  const [busy, setBusy] = useState(false);
  const empty = async () => {
    setBusy(true);
    await emptyFolder(mailbox);
    onClose();
  };
  return (
    <Dialog
      role="alertdialog"
      title={say("folder-empty-title", { folder: mailbox.name, account: called(account) })}
      dismissable={!busy}
      onClose={onClose}
    >
      <p>{sentence(account, emptiedWith(mailboxes, mailbox))}</p>
      <p>{say("folder-empty-no-undo")}</p>
      <p role="status">{busy && say("folder-empty-busy")}</p>
      <DialogFoot>
        <Button kind="danger" isDisabled={busy} onPress={() => void empty()}>
          {say("folder-empty-confirm")}
        </Button>
        <Button kind="primary" autoFocus isDisabled={busy} onPress={onClose}>
          {say("folder-empty-keep")}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

/** How much is deleted, and where: here, on the server, or there as far as the person has chosen. */
function sentence({ protocol, demo, incoming, retention }: AccountView, emptied: Emptied): string {
  const { letters: n, folders } = emptied;
  const letters = say("folder-empty-letters", { letters: n, count: count(n) });
  const what = folders === 0 ? letters : say("folder-empty-with-folders", { letters, folders });
  const server = incoming?.host ?? "";
  if (protocol === "local" || demo) return say("folder-empty-local", { what });
  if (protocol === "imap") return say("folder-empty-imap", { what, server });
  return say(retention.kind === "keep" ? "folder-empty-pop3-keep" : "folder-empty-pop3", { what, server });
}
