// Asks for the name of a folder, and goes on asking while the engine says what is wrong with it.
import { useState } from "react";
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import { TextField } from "../../../components/TextField";
import { say } from "../../../words";

export interface FolderNameProps {
  title: string;
  name: string;
  /** What stands there to be taken or written over, where there is no name yet. */
  suggested?: string;
  verb: string;
  /** Gives the sentence of a refusal, or null where the name is the folder's now. */
  onName: (name: string) => Promise<string | null>;
  onClose: () => void;
}

export function FolderName({ title, name, suggested = name, verb, onName, onClose }: FolderNameProps) {
  const [typed, setTyped] = useState(suggested);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const ready = !asking && typed.trim() !== "" && typed.trim() !== name;
  const give = async () => {
    setAsking(true);
    const refused = await onName(typed);
    setAsking(false);
    if (refused === null) onClose();
    else setRefusal(refused);
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void give();
        }}
      >
        <TextField
          label={say("folder-name")}
          value={typed}
          onChange={(text) => {
            setTyped(text);
            setRefusal(null);
          }}
          error={refusal ?? undefined}
          autoFocus
          onFocus={(event) => event.target instanceof HTMLInputElement && event.target.select()}
        />
        <DialogFoot>
          <Button onPress={onClose}>{say("cancel")}</Button>
          <Button kind="primary" type="submit" isDisabled={!ready}>
            {verb}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
