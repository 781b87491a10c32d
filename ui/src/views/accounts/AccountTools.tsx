// What can be done with an account, in its card: why it does not work and what mends that, another password, other servers,
// its name and colour, its folders, how often it is looked after, and whether it is on.
import { useState } from "react";
import { chooseCheck, switchOff, switchOn } from "../../actions/accounts";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { Select } from "../../components/Select";
import type { AccountView } from "../../ipc/backend";
import { called, checkChoice, checkChoices, mendingOf, minutesOf, troubleIn } from "../../state/accounts";
import { say } from "../../words";
import { Exceptions } from "./Exceptions";
import { FoldersSheet } from "./FoldersSheet";
import { LookSheet } from "./LookSheet";
import { ServersSheet } from "./ServersSheet";
import { SignInSheet } from "./SignInSheet";
import settings from "../settings/Settings.module.css";
import styles from "./Accounts.module.css";

type Sheet = "signIn" | "servers" | "look" | "folders";

export function AccountTools({ account }: { account: AccountView }) {
  const [open, setOpen] = useState<Sheet | null>(null);
  const { id, protocol, disabled } = account;
  const served = protocol !== "local";
  const close = () => setOpen(null);
  return (
    <>
      <Trouble account={account} onMend={setOpen} />
      {disabled && <p className={settings.more}>{say("account-off-more")}</p>}
      <div
        className={styles.tools}
        role="group"
        aria-label={say("account-tools", { email: called(account) })}
      >
        {served && (
          <Button kind="tool" icon="unlock" onPress={() => setOpen("signIn")}>
            {say("signin-again")}
          </Button>
        )}
        {served && (
          <Button kind="tool" icon="server" onPress={() => setOpen("servers")}>
            {say("servers-change")}
          </Button>
        )}
        <Button kind="tool" icon="edit" onPress={() => setOpen("look")}>
          {say("account-look")}
        </Button>
        {protocol === "imap" && (
          <Button kind="tool" icon="folder" onPress={() => setOpen("folders")}>
            {say("folders-for")}
          </Button>
        )}
        {served && (
          <Button
            kind="tool"
            icon={disabled ? "resume" : "offline"}
            onPress={() => void (disabled ? switchOn(id) : switchOff(account))}
          >
            {say(disabled ? "account-switch-on" : "account-switch-off")}
          </Button>
        )}
      </div>
      {served && (
        <div className={settings.keeping}>
          <Select
            label={say("check-every")}
            choices={checkChoices(account).map((choice) => ({ id: choice, text: checkWords(choice) }))}
            value={checkChoice(account)}
            onChange={(choice) => void chooseCheck(id, minutesOf(choice))}
          />
          <p className={settings.more}>{say(`check-more-${protocol}`)}</p>
        </div>
      )}
      {served && <Exceptions account={account} />}
      {open === "signIn" && <SignInSheet account={account} onClose={close} />}
      {open === "servers" && <ServersSheet account={account} onClose={close} />}
      {open === "look" && <LookSheet account={account} onClose={close} />}
      {open === "folders" && <FoldersSheet account={account} onClose={close} />}
    </>
  );
}

function Trouble({ account, onMend }: { account: AccountView; onMend: (sheet: Sheet) => void }) {
  const trouble = troubleIn(account);
  if (trouble === null) return null;
  const mending = mendingOf(trouble);
  return (
    <div className={`${styles.danger ?? ""} ${styles.whole ?? ""}`}>
      <Icon name="warning" />
      <span>{trouble.sentence}</span>
      {mending !== "none" && (
        <Button kind="tool" onPress={() => onMend(mending)}>
          {say(mending === "signIn" ? "signin-again" : "servers-change")}
        </Button>
      )}
    </div>
  );
}

function checkWords(choice: string): string {
  return choice === "usual" ? say("check-usual") : say("check-minutes", { minutes: Number(choice) });
}
