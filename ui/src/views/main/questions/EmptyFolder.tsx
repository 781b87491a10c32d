// The question before Trash or Junk is emptied: how much goes, and where. It cannot be undone, so this is one of the few questions
// of this window. The engine is asked once, and what it told of is what goes: what comes while the question is open stays.
import { useEffect, useState } from "react";
import { sentenceOf } from "../../../actions/attempt";
import { emptyFolder } from "../../../actions/folders";
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import { backend } from "../../../ipc";
import type { AccountView, EmptiedView, MailboxView } from "../../../ipc/backend";
import { called } from "../../../state/accounts";
import { say } from "../../../words";
import { count } from "../../../words/times";

export function EmptyFolder({
  mailbox,
  account,
  onClose,
}: {
  mailbox: MailboxView;
  account: AccountView;
  onClose: () => void;
}) {
  const [busy, setBusy] = useState(false);
  const [emptied, setEmptied] = useState<EmptiedView>();
  const [refused, setRefused] = useState<string>();
  useEffect(() => {
    let open = true;
    backend()
      .emptiedWith(mailbox.id)
      .then(
        (told) => open && setEmptied(told),
        (thrown: unknown) => open && setRefused(sentenceOf(thrown)),
      );
    return () => {
      open = false;
    };
  }, [mailbox.id]);
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
      {emptied === undefined ? (
        <p>{refused ?? say("folder-empty-asking")}</p>
      ) : (
        sentences(account, emptied).map((sentence) => <p key={sentence}>{sentence}</p>)
      )}
      <p>{say("folder-empty-no-undo")}</p>
      <p role="status">{busy && say("folder-empty-busy")}</p>
      <DialogFoot>
        <Button kind="danger" isDisabled={busy || emptied === undefined} onPress={() => void empty()}>
          {say("folder-empty-confirm")}
        </Button>
        <Button kind="primary" autoFocus isDisabled={busy} onPress={onClose}>
          {say("folder-empty-keep", { n: emptied === undefined ? 0 : emptied.letters + emptied.folders })}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

/** How much is deleted, and where: here, on the server, or there as far as the person has chosen. */
function sentences(account: AccountView, { letters: n, elsewhere, folders: m }: EmptiedView): string[] {
  const all: string[] = [];
  const letters = n > 0 ? say("folder-empty-letters", { letters: n, count: count(n) }) : "";
  const folders = m > 0 ? say("folder-empty-folders", { folders: m }) : "";
  const both = n > 0 && m > 0;
  const what = both ? say("folder-empty-with-folders", { letters, folders }) : letters + folders;
  if (what !== "") all.push(sentence(account, what));
  if (elsewhere > 0) all.push(say("folder-empty-elsewhere", { letters: elsewhere, count: count(elsewhere) }));
  return all;
}

function sentence({ protocol, demo, incoming, retention }: AccountView, what: string): string {
  const server = incoming?.host ?? "";
  if (protocol === "local" || demo) return say("folder-empty-local", { what });
  if (protocol === "imap") return say("folder-empty-imap", { what, server });
  return say(retention.kind === "keep" ? "folder-empty-pop3-keep" : "folder-empty-pop3", { what, server });
}
