// Asks for what opens the passwords when they are locked at the start: the passphrase, or the keyring once more, or, where
// they are lost with the run that knew them, where the next ones are to be kept; and which of two counts, where one was typed
// while the keyring was set aside. Reading what is here needs none of it, so
// it can wait.
import { useState } from "react";
import { attempt } from "../../../actions/attempt";
import {
  askKeyringAgain,
  forgetPassphrase,
  settleTyped,
  unlockVault,
  type Opened,
} from "../../../actions/setup";
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import { TextField } from "../../../components/TextField";
import { backend } from "../../../ipc";
import type { VaultView } from "../../../ipc/backend";
import { client } from "../../../state/client";
import { called } from "../../../state/accounts";
import { keys, useAccountsAtRest, useVault } from "../../../state/queries";
import { useUnlocking } from "../../../state/unlocking";
import { say } from "../../../words";
import { VaultPanel } from "../../setup/VaultPanel";

/** Passwords are here that nobody can read now. */
function isClosed(vault: VaultView | undefined): vault is Exclude<VaultView, { kind: "open" }> {
  return vault?.kind === "locked" || (vault?.kind === "unavailable" && vault.keptBy !== null);
}

export function Unlock() {
  const vault = useVault().data;
  const { later, wanted } = useUnlocking();
  const [anew, setAnew] = useState(false);
  const wait = () => useUnlocking.setState({ later: true, wanted: false });
  const opened = (next: VaultView) => {
    client.setQueryData(keys.vault, next);
    useUnlocking.setState({ wanted: false });
    if (next.kind === "open") void attempt(() => backend().syncNow(null));
  };
  if (later) return null;
  if (vault?.kind === "open") {
    const [account] = vault.typed;
    if (vault.keeper === "thisRun") {
      if (!wanted) return null;
      return vault.keptBy === "passphrase" ? (
        <Passphrase onLater={wait} onTold={opened} />
      ) : (
        <Keyring reason={null} onLater={wait} onTold={opened} onAnew={null} />
      );
    }
    return account === undefined ? null : (
      <TwoPasswords key={account} account={account} keeper={vault.keeper} onLater={wait} onTold={opened} />
    );
  }
  if (!isClosed(vault)) return null;
  if (vault.kind === "locked") return <Passphrase onLater={wait} onTold={opened} />;
  if (vault.keptBy === "keyring" && !anew)
    return <Keyring reason={vault.reason} onLater={wait} onTold={opened} onAnew={() => setAnew(true)} />;
  return <VaultPanel vault={vault} onClose={wait} onOpened={opened} />;
}

interface QuestionProps {
  onLater: () => void;
  /** What the vault is now. */
  onTold: (vault: VaultView) => void;
}

function Passphrase({ onLater, onTold }: QuestionProps) {
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const [forgotten, setForgotten] = useState(false);
  const settle = async (asked: Promise<Opened>) => {
    setBusy(true);
    const outcome = await asked;
    setBusy(false);
    if (outcome.kind === "failed") setProblem(outcome.trouble.sentence);
    else if (outcome.vault.kind === "locked") setProblem(say("vault-problem-wrong"));
    else onTold(outcome.vault);
  };
  if (forgotten)
    return (
      <Dialog role="alertdialog" title={say("unlock-forgotten-title")} onClose={() => setForgotten(false)}>
        <p>{say("unlock-forgotten-text")}</p>
        <DialogFoot>
          <Button kind="danger" isDisabled={busy} onPress={() => void settle(forgetPassphrase())}>
            {say("unlock-forgotten-do")}
          </Button>
          <Button kind="primary" autoFocus onPress={() => setForgotten(false)}>
            {say("unlock-forgotten-not")}
          </Button>
        </DialogFoot>
      </Dialog>
    );
  return (
    <Dialog title={say("unlock-title")} onClose={onLater}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy && typed !== "") void settle(unlockVault(typed));
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
          <Button onPress={() => setForgotten(true)}>{say("unlock-forgotten")}</Button>
          <Button onPress={onLater}>{say("unlock-later")}</Button>
          <Button kind="primary" type="submit" isDisabled={busy || typed === ""}>
            {say("vault-unlock")}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

interface KeyringProps extends QuestionProps {
  /** `null`: it was set aside for this run. */
  reason: string | null;
  onAnew: (() => void) | null;
}

/** The passwords are in the keyring, and it gave no key. */
function Keyring({ reason, onLater, onTold, onAnew }: KeyringProps) {
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<string | null>(null);
  const ask = async () => {
    setBusy(true);
    const outcome = await askKeyringAgain();
    setBusy(false);
    if (outcome.kind === "failed") setTold(outcome.trouble.sentence);
    else if (outcome.vault.kind === "unavailable")
      setTold(say("vault-still-closed", { reason: outcome.vault.reason }));
    else if (outcome.vault.kind === "open" && outcome.vault.keeper === "thisRun")
      setTold(say("unlock-aside-closed"));
    else onTold(outcome.vault);
  };
  return (
    <Dialog title={say(reason === null ? "unlock-aside-title" : "unlock-title")} onClose={onLater}>
      <p>{reason === null ? say("unlock-aside") : say("unlock-keyring", { reason })}</p>
      {reason !== null && <p>{say("unlock-more")}</p>}
      {told !== null && <p role="alert">{told}</p>}
      <DialogFoot>
        {onAnew !== null && (
          <Button isDisabled={busy} onPress={onAnew}>
            {say("unlock-anew")}
          </Button>
        )}
        <Button onPress={onLater}>{say("unlock-later")}</Button>
        <Button kind="primary" autoFocus isDisabled={busy} onPress={() => void ask()}>
          {say("vault-ask-again")}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

/** One was typed while the key of the kept one was set aside, and that is there as before. Nothing is replaced unasked. */
function TwoPasswords({
  account,
  keeper,
  onLater,
  onTold,
}: QuestionProps & { account: string; keeper: "keyring" | "passphrase" }) {
  const known = useAccountsAtRest().data?.find((each) => each.id === account);
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<string | null>(null);
  const settle = async (counts: "typed" | "kept") => {
    setBusy(true);
    const outcome = await settleTyped(account, counts);
    setBusy(false);
    if (outcome.kind === "failed") setTold(outcome.trouble.sentence);
    else onTold(outcome.vault);
  };
  if (known === undefined) return null;
  return (
    <Dialog wide title={say("unlock-two-title", { account: called(known) })} onClose={onLater}>
      <p>{say("unlock-two")}</p>
      {told !== null && <p role="alert">{told}</p>}
      <DialogFoot>
        <Button onPress={onLater}>{say("unlock-later")}</Button>
        <Button isDisabled={busy} onPress={() => void settle("kept")}>
          {say(`unlock-two-${keeper}`)}
        </Button>
        <Button kind="primary" autoFocus isDisabled={busy} onPress={() => void settle("typed")}>
          {say("unlock-two-typed")}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
