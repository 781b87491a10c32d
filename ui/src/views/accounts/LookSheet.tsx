// What an account is called in the folder list, and the colour of its dot.
import { useState } from "react";
import { Form, Label, RadioButton, RadioField, RadioGroup } from "react-aria-components";
import { keepLook } from "../../actions/accounts";
import { Button } from "../../components/Button";
import { Dialog, DialogFoot } from "../../components/Dialog";
import { Dot, DOTS } from "../../components/Dot";
import { TextField } from "../../components/TextField";
import type { AccountView } from "../../ipc/backend";
import { say } from "../../words";
import field from "../../components/TextField.module.css";
import styles from "./Accounts.module.css";

export function LookSheet({ account, onClose }: { account: AccountView; onClose: () => void }) {
  const [label, setLabel] = useState(account.label);
  const [colour, setColour] = useState(account.colour % DOTS);
  return (
    <Dialog title={say("account-look-title", { email: account.email })} onClose={onClose}>
      <Form
        className={styles.form ?? ""}
        onSubmit={(event) => {
          event.preventDefault();
          onClose();
          void keepLook(account.id, label, colour);
        }}
      >
        <TextField
          label={say("account-label")}
          help={say("account-label-help")}
          placeholder={account.email}
          maxLength={80}
          value={label}
          onChange={setLabel}
          autoFocus
        />
        <RadioGroup
          orientation="horizontal"
          value={String(colour)}
          onChange={(chosen) => setColour(Number(chosen))}
          className={field.field ?? ""}
        >
          <Label className={field.label ?? ""}>{say("account-colour")}</Label>
          <div className={styles.colours}>
            {Array.from({ length: DOTS }, (_, index) => (
              <RadioField key={index} value={String(index)}>
                <RadioButton className={styles.colour ?? ""}>
                  <Dot colour={index} large />
                  <span className="visually-hidden">{say(`account-colour-${String(index)}`)}</span>
                </RadioButton>
              </RadioField>
            ))}
          </div>
        </RadioGroup>
        <DialogFoot>
          <Button onPress={onClose}>{say("cancel")}</Button>
          <Button kind="primary" type="submit">
            {say("account-keep")}
          </Button>
        </DialogFoot>
      </Form>
    </Dialog>
  );
}
