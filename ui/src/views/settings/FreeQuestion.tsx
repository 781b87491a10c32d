// The question after a narrower choice: whether letters that are here and need not be shall go, and how much that frees.
import { freeSpace } from "../../actions/keeping";
import { Button } from "../../components/Button";
import { Dialog, DialogFoot } from "../../components/Dialog";
import type { AccountView, DroppableView } from "../../ipc/backend";
import { say } from "../../words";
import { count } from "../../words/times";

export interface FreeQuestionProps {
  account: AccountView;
  left: DroppableView;
  onClose: () => void;
}

export function FreeQuestion({ account, left, onClose }: FreeQuestionProps) {
  const size = count(left.megabytes);
  return (
    <Dialog role="alertdialog" title={say("keeping-free-title", { size })} onClose={onClose}>
      <p>{say("keeping-free-text", { n: left.letters, count: count(left.letters) })}</p>
      <DialogFoot>
        <Button
          onPress={() => {
            onClose();
            void freeSpace(account.id, left.megabytes);
          }}
        >
          {say("keeping-free-confirm", { size })}
        </Button>
        <Button kind="primary" autoFocus onPress={onClose}>
          {say("keeping-free-keep", { n: left.letters })}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
