// Where passwords are kept when this computer has no keyring, or when ours is locked: behind a passphrase, or only until
// Waxwing is closed. The keyring can be asked again first: its question may have been turned down by mistake.
import { useState } from "react";
import {
  askKeyringAgain,
  forgetPassphrase,
  keepSecretsThisRun,
  unlockVault,
  type Opened,
} from "../../actions/setup";
import { Button } from "../../components/Button";
import { Dialog, DialogFoot } from "../../components/Dialog";
import { TextField } from "../../components/TextField";
import type { VaultView } from "../../ipc/backend";
import { say } from "../../words";
import styles from "./VaultPanel.module.css";

const SHORTEST = 8;

export interface VaultPanelProps {
  vault: VaultView;
  onClose: () => void;
  onOpened: (vault: VaultView) => void;
}

export function VaultPanel({ vault, onClose, onOpened }: VaultPanelProps) {
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [problem, setProblem] = useState<{ field: "first" | "again"; sentence: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const [anew, setAnew] = useState(false);
  const locked = vault.kind === "locked";
  const inKeyring = vault.kind === "unavailable" && vault.keptBy === "keyring";

  const settle = async (asked: Promise<Opened>) => {
    setBusy(true);
    const outcome = await asked;
    setBusy(false);
    if (outcome.kind === "opened" && outcome.vault.kind === "open") {
      onOpened(outcome.vault);
      return;
    }
    if (outcome.kind === "opened" && outcome.vault.kind === "unavailable") {
      const { reason } = outcome.vault;
      setProblem({ field: "first", sentence: say("vault-still-closed", { reason }) });
      return;
    }
    const said = outcome.kind === "failed" ? outcome.trouble : null;
    const wrong = locked && (said === null || said.kind === "vault" || said.kind === "wrongPassword");
    setProblem({
      field: "first",
      sentence: wrong ? say("vault-problem-wrong") : (said?.sentence ?? say("trouble-vault")),
    });
  };
  const submit = (event: React.SyntheticEvent) => {
    event.preventDefault();
    if (busy) return;
    if (!locked && Array.from(passphrase).length < SHORTEST) {
      setProblem({ field: "first", sentence: say("vault-problem-short") });
      return;
    }
    if (!locked && passphrase !== again) {
      setProblem({ field: "again", sentence: say("vault-problem-differs") });
      return;
    }
    void settle(unlockVault(passphrase));
  };
  if (anew)
    return (
      <Dialog role="alertdialog" title={say("vault-keyring-anew-title")} onClose={() => setAnew(false)}>
        <p>{say("vault-keyring-anew-text")}</p>
        <DialogFoot>
          <Button
            kind="danger"
            isDisabled={busy}
            onPress={() => void settle(forgetPassphrase()).then(() => setAnew(false))}
          >
            {say("vault-keyring-anew-do")}
          </Button>
          <Button kind="primary" autoFocus onPress={() => setAnew(false)}>
            {say("unlock-later")}
          </Button>
        </DialogFoot>
      </Dialog>
    );
  return (
    <Dialog wide={inKeyring} title={say("vault-title")} onClose={onClose}>
      <form onSubmit={submit} noValidate style={{ display: "contents" }}>
        <p>
          {locked
            ? say("vault-locked")
            : say(inKeyring ? "vault-keyring-closed" : "vault-unavailable", {
                reason: vault.kind === "unavailable" ? vault.reason : "",
              })}
        </p>
        {inKeyring && <p>{say("vault-keyring-holds")}</p>}
        {vault.kind === "unavailable" && (
          <div className={styles.keyring}>
            <Button isDisabled={busy} onPress={() => void settle(askKeyringAgain())}>
              {say("vault-ask-again")}
            </Button>
            {inKeyring && (
              <Button isDisabled={busy} onPress={() => setAnew(true)}>
                {say("vault-keyring-anew")}
              </Button>
            )}
          </div>
        )}
        <TextField
          autoFocus
          type="password"
          autoComplete={locked ? "current-password" : "new-password"}
          label={say("vault-passphrase")}
          help={locked ? undefined : say("vault-passphrase-hint")}
          value={passphrase}
          onChange={(text) => {
            setPassphrase(text);
            setProblem(null);
          }}
          error={problem?.field === "first" ? problem.sentence : undefined}
        />
        {!locked && (
          <TextField
            type="password"
            autoComplete="new-password"
            label={say("vault-passphrase-again")}
            value={again}
            onChange={(text) => {
              setAgain(text);
              setProblem(null);
            }}
            error={problem?.field === "again" ? problem.sentence : undefined}
          />
        )}
        <DialogFoot>
          <Button isDisabled={busy} onPress={() => void settle(keepSecretsThisRun())}>
            {say("vault-this-run")}
          </Button>
          <Button kind="primary" type="submit" isDisabled={busy}>
            {say(locked ? "vault-unlock" : "vault-use")}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
