// Asks for the passphrase when the passwords are locked at the start. Reading what is here needs none, so it can wait.
import { useState } from "react";
import { attempt, sentenceOf } from "../../../actions/attempt";
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import { TextField } from "../../../components/TextField";
import { backend } from "../../../ipc";
import { client } from "../../../state/client";
import { keys, useVault } from "../../../state/queries";
import { say } from "../../../words";

export function Unlock() {
  const locked = useVault().data?.kind === "locked";
  const [later, setLater] = useState(false);
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  if (!locked || later) return null;

  const unlock = async () => {
    setBusy(true);
    try {
      const vault = await backend().unlockVault(typed);
      client.setQueryData(keys.vault, vault);
      if (vault.kind === "open") void attempt(() => backend().syncNow(null));
      else setProblem(say("vault-problem-wrong"));
    } catch (trouble) {
      setProblem(sentenceOf(trouble));
    }
    setBusy(false);
  };
  return (
    <Dialog title={say("unlock-title")} onClose={() => setLater(true)}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy && typed !== "") void unlock();
        }}
      >
        <TextField
          autoFocus
          type="password"
          autoComplete="current-password"
          label={say("vault-passphrase")}
          help={say("unlock-more")}
          value={typed}
          onChange={(text) => {
            setTyped(text);
            setProblem(undefined);
          }}
          error={problem}
        />
        <DialogFoot>
          <Button onPress={() => setLater(true)}>{say("unlock-later")}</Button>
          <Button kind="primary" type="submit" isDisabled={busy || typed === ""}>
            {say("vault-unlock")}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
