// The question before letters are deleted that are in Trash already: that cannot be undone.
import { useState } from "react";
import { removeChosenForGood } from "../../../actions/letters";
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import { sizeOfMeant } from "../../../state/meant";
import { rowsSaid } from "../../../state/rowsSaid";
import type { Meant } from "../../../state/wide";
import { say } from "../../../words";

export function DeleteForGood({ meant, onClose }: { meant: Meant; onClose: () => void }) {
  // As many as were meant: while it is asked the list may change.
  const [n] = useState(() => sizeOfMeant(meant));
  return (
    <Dialog role="alertdialog" title={say("delete-for-good-title", { rows: rowsSaid(n) })} onClose={onClose}>
      <p>{say("folder-empty-no-undo")}</p>
      <DialogFoot>
        <Button
          kind="danger"
          onPress={() => {
            onClose();
            void removeChosenForGood(meant);
          }}
        >
          {say("folder-empty-confirm")}
        </Button>
        <Button kind="primary" autoFocus onPress={onClose}>
          {say("folder-empty-keep", { n })}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
