// Where passwords are kept, in a line of the settings. In a run that does without the keyring it can be asked again here.
import { Button } from "../../components/Button";
import { useVault } from "../../state/queries";
import { wantUnlocking } from "../../state/unlocking";
import { say } from "../../words";
import styles from "./Settings.module.css";

export function VaultLine({ onAsk }: { onAsk: () => void }) {
  const vault = useVault().data;
  if (vault === undefined) return null;
  const open = vault.kind === "open";
  const aside = open && vault.keeper === "thisRun" && vault.keptBy === "passphrase";
  // Which of two passwords counts is to be said: nothing is asked of the keyring.
  const undecided = open && vault.keeper !== "thisRun" && vault.typed.length > 0;
  const settled = open && vault.keeper !== "thisRun" && vault.typed.length === 0;
  return (
    <>
      <h3 className={styles.heading}>{say("settings-passwords")}</h3>
      <p className={styles.quiet}>
        {open ? say(aside ? "vault-kept-aside" : `vault-kept-${vault.keeper}`) : say("unlock-title")}
      </p>
      {!settled && (
        <div>
          <Button
            onPress={() => {
              onAsk();
              wantUnlocking();
            }}
          >
            {say(undecided ? "vault-two-typed" : open && !aside ? "vault-ask-again" : "remedy-open-vault")}
          </Button>
        </div>
      )}
    </>
  );
}
