// The frightening question before anything is sent without encryption. A box has to be ticked before the button works.
import { useState } from "react";
import { Button } from "../../components/Button";
import { Dialog, DialogFoot } from "../../components/Dialog";
import { Icon } from "../../components/Icon";
import { withServer } from "../../state/setup";
import { say } from "../../words";
import { Tick } from "./Tick";
import type { Setup } from "./useSetup";
import styles from "./PlainQuestion.module.css";

export function PlainQuestion({ setup }: { setup: Setup }) {
  const [understood, setUnderstood] = useState(false);
  const { state, plainAsked } = setup;
  const close = () => setup.askPlain(false);
  const which = plainAsked?.which ?? null;
  const asked = which ?? (state.servers[state.protocol].security === "plain" ? state.protocol : "smtp");
  const server = state.servers[asked].host || say("trouble-any-server");
  const accept = () => {
    close();
    const allowed = { ...state, allowPlain: true };
    const next = which ? withServer(allowed, which, { security: "plain" }) : allowed;
    setup.change(() => next);
    // Asked by "Add account", the answer goes on with it.
    if (which === null) setup.goOn(next);
  };
  return (
    <Dialog role="alertdialog" title={say("plain-title")} onClose={close}>
      <p className={styles.danger}>
        <Icon name="unlock" size={20} />
        <span>{say("plain-text", { server })}</span>
      </p>
      <p>{say("plain-advice")}</p>
      <Tick on={understood} onChange={setUnderstood}>
        {say("plain-understood")}
      </Tick>
      <DialogFoot>
        <Button kind="danger" isDisabled={!understood} onPress={accept}>
          {say("plain-accept")}
        </Button>
        <Button kind="primary" autoFocus onPress={close}>
          {say("plain-refuse")}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
