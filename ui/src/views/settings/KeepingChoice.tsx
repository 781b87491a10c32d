// How much of an IMAP account stands on this computer. A choice counts at once; where it leaves out what is here already,
// a question offers to free the space.
import { useState } from "react";
import { chooseKeeping } from "../../actions/keeping";
import { Select } from "../../components/Select";
import type { AccountView, DroppableView, KeepingView } from "../../ipc/backend";
import {
  keepChoice,
  keepChoices,
  largeChoice,
  largeChoices,
  withKeep,
  withLarge,
  type KeepChoice,
} from "../../state/keeping";
import { say } from "../../words";
import { FreeQuestion } from "./FreeQuestion";
import styles from "./Settings.module.css";

export function KeepingChoice({ account }: { account: AccountView }) {
  const { id, keeping } = account;
  const [left, setLeft] = useState<DroppableView | null>(null);
  const choose = async (wanted: KeepingView) => setLeft(await chooseKeeping(id, wanted));
  const more = keeping.keep.kind;
  return (
    <div className={styles.keeping}>
      <Select
        label={say("settings-keep")}
        choices={keepChoices(keeping).map((choice) => ({ id: choice, text: keepWords(choice) }))}
        value={keepChoice(keeping)}
        onChange={(choice) => void choose(withKeep(keeping, choice))}
      />
      <Select
        label={say("settings-large")}
        choices={largeChoices(keeping).map((choice) => ({ id: choice, text: largeWords(choice) }))}
        value={largeChoice(keeping)}
        isDisabled={keeping.keep.kind === "headers"}
        onChange={(choice) => void choose(withLarge(keeping, choice))}
      />
      <p className={styles.more}>{say(`settings-keep-more-${more}`)}</p>
      {left !== null && <FreeQuestion account={account} left={left} onClose={() => setLeft(null)} />}
    </div>
  );
}

function keepWords(choice: KeepChoice): string {
  if (choice === "all" || choice === "headers") return say(`settings-keep-${choice}`);
  const days = Number(choice);
  return days === 365 ? say("settings-keep-year") : say("settings-keep-days", { days });
}

function largeWords(choice: string): string {
  return choice === "off" ? say("settings-large-off") : say("settings-large-megabytes", { size: choice });
}
