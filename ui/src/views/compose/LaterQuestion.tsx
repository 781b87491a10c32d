// When a letter shall go, for moments that the menu does not offer.
import { useState } from "react";
import { Button } from "../../components/Button";
import { Dialog, DialogFoot } from "../../components/Dialog";
import { TextField } from "../../components/TextField";
import { say } from "../../words";
import { forInput } from "../../words/later";

export interface LaterQuestionProps {
  now: number;
  onChoose: (at: number) => void;
  onClose: () => void;
}

export function LaterQuestion({ now, onChoose, onClose }: LaterQuestionProps) {
  const [when, setWhen] = useState(() => forInput(now + 3_600_000));
  const [error, setError] = useState<string | undefined>(undefined);
  const choose = () => {
    // Without a zone it is read as the person's own clock.
    const at = new Date(when).getTime();
    if (Number.isNaN(at) || at <= Date.now()) setError(say("compose-later-past"));
    else onChoose(at);
  };
  return (
    <Dialog title={say("compose-later-title")} onClose={onClose}>
      <TextField
        label={say("compose-later-when")}
        type="datetime-local"
        value={when}
        onChange={(text) => {
          setWhen(text);
          setError(undefined);
        }}
        error={error}
        autoFocus
      />
      <DialogFoot>
        <Button onPress={onClose}>{say("cancel")}</Button>
        <Button kind="primary" icon="send" onPress={choose}>
          {say("compose-send-later")}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
