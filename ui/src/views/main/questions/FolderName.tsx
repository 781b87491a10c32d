// Asks for the name of a folder.
import { useState } from "react";
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import { TextField } from "../../../components/TextField";
import { say } from "../../../words";

export interface FolderNameProps {
  title: string;
  name: string;
  verb: string;
  onName: (name: string) => void;
  onClose: () => void;
}

export function FolderName({ title, name, verb, onName, onClose }: FolderNameProps) {
  const [typed, setTyped] = useState(name);
  const ready = typed.trim() !== "" && typed.trim() !== name;
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!ready) return;
          onClose();
          onName(typed);
        }}
      >
        <TextField
          label={say("folder-name")}
          value={typed}
          onChange={setTyped}
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
