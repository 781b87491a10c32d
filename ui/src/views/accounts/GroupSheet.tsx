// A group of accounts: what it is called, and whose inboxes it shows together.
import { useState } from "react";
import { Form } from "react-aria-components";
import { keepGroup } from "../../actions/groups";
import { Button } from "../../components/Button";
import { Dialog, DialogFoot } from "../../components/Dialog";
import { Dot } from "../../components/Dot";
import { TextField } from "../../components/TextField";
import { called } from "../../state/accounts";
import { LONGEST_NAME, membersOf, nameFault, useGroups } from "../../state/groups";
import { useAccounts } from "../../state/queries";
import type { Question } from "../../state/window";
import { say } from "../../words";
import { Tick } from "../setup/Tick";
import field from "../../components/TextField.module.css";
import styles from "./Accounts.module.css";

interface GroupSheetProps {
  question: Extract<Question, { kind: "group" }>;
  onClose: () => void;
}

export function GroupSheet({ question, onClose }: GroupSheetProps) {
  const accounts = useAccounts().data ?? [];
  const groups = useGroups();
  const group = groups.find(({ id }) => id === question.group);
  const [name, setName] = useState(group?.name ?? "");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    new Set(
      group !== undefined
        ? membersOf(group, accounts)
        : question.account === undefined
          ? []
          : [question.account],
    ),
  );
  const fault = nameFault(groups, question.group, name);
  const members = accounts.map(({ id }) => id).filter((id) => chosen.has(id));
  const ready = fault === null && members.length > 0;
  const choose = (id: string, on: boolean) => {
    const others = [...chosen].filter((each) => each !== id);
    setChosen(new Set(on ? [...others, id] : others));
  };
  return (
    <Dialog
      title={group === undefined ? say("group-new-title") : say("group-change-title", { name: group.name })}
      onClose={onClose}
    >
      <Form
        className={styles.form ?? ""}
        onSubmit={(event) => {
          event.preventDefault();
          if (!ready) return;
          onClose();
          void keepGroup(question.group, name, members);
        }}
      >
        <TextField
          label={say("group-name")}
          value={name}
          onChange={setName}
          maxLength={LONGEST_NAME}
          error={fault === "taken" ? say("group-taken") : undefined}
          autoFocus
        />
        <div role="group" aria-label={say("group-accounts")} className={field.field}>
          <span className={field.label} aria-hidden="true">
            {say("group-accounts")}
          </span>
          {accounts.map((account) => (
            <Tick key={account.id} on={chosen.has(account.id)} onChange={(on) => choose(account.id, on)}>
              <span className={styles.member}>
                <Dot colour={account.colour} />
                {called(account)}
              </span>
            </Tick>
          ))}
        </div>
        <p className={styles.why} role="status">
          {fault === "empty" ? say("group-why-name") : members.length === 0 ? say("group-why-accounts") : ""}
        </p>
        <DialogFoot>
          <Button onPress={onClose}>{say("cancel")}</Button>
          <Button kind="primary" type="submit" isDisabled={!ready}>
            {say(group === undefined ? "group-make" : "account-keep")}
          </Button>
        </DialogFoot>
      </Form>
    </Dialog>
  );
}
