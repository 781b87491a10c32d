// The question before a choice removes what stands on the server already.
import { Button } from "../../components/Button";
import { Dialog, DialogFoot } from "../../components/Dialog";
import type { ServerCopiesView } from "../../ipc/backend";
import { say } from "../../words";
import { count, fileSize } from "../../words/times";

export interface RetentionQuestionProps {
  effect: ServerCopiesView;
  onAnswer: (agreed: boolean) => void;
}

export function RetentionQuestion({ effect, onAnswer }: RetentionQuestionProps) {
  const words = { n: effect.messages, count: count(effect.messages), size: fileSize(effect.octets) };
  return (
    <Dialog role="alertdialog" title={say("retention-title", words)} onClose={() => onAnswer(false)}>
      <p>{say("retention-text", words)}</p>
      <DialogFoot>
        <Button kind="danger" onPress={() => onAnswer(true)}>
          {say("retention-confirm")}
        </Button>
        <Button kind="primary" autoFocus onPress={() => onAnswer(false)}>
          {say("retention-keep")}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
