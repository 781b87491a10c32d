// With POP3: when the server's copy goes, changed at any time. Where a choice removes something that is there already, it is
// said how much, and asked. Large letters may wait on the server, as long as they stay there.
import { useState } from "react";
import { chooseKeeping } from "../../actions/keeping";
import { chooseRetention, retentionEffect } from "../../actions/maildrop";
import { Button } from "../../components/Button";
import { Select } from "../../components/Select";
import type { AccountView, RetentionView, ServerCopiesView } from "../../ipc/backend";
import { largeChoice, largeChoices, withLarge } from "../../state/keeping";
import { retentionChoice, retentionChoices, retentionOfChoice } from "../../state/retention";
import { say } from "../../words";
import { Maildrop } from "./Maildrop";
import { RetentionQuestion } from "./RetentionQuestion";
import styles from "./Settings.module.css";

export function RetentionChoice({ account }: { account: AccountView }) {
  const { id, retention, keeping } = account;
  const [asked, setAsked] = useState<{ wanted: RetentionView; effect: ServerCopiesView } | null>(null);
  const [looking, setLooking] = useState(false);
  const choose = async (wanted: RetentionView) => {
    const effect = await retentionEffect(id, wanted);
    if (effect === null) return;
    if (effect.messages > 0) setAsked({ wanted, effect });
    else await chooseRetention(id, wanted);
  };
  return (
    <div className={styles.keeping}>
      <Select
        label={say("settings-retention")}
        choices={retentionChoices(retention).map((choice) => ({ id: choice, text: retentionWords(choice) }))}
        value={retentionChoice(retention)}
        onChange={(choice) => void choose(retentionOfChoice(choice))}
      />
      <Select
        label={say("settings-large")}
        choices={largeChoices(keeping).map((choice) => ({ id: choice, text: largeWords(choice) }))}
        value={largeChoice(keeping)}
        onChange={(choice) => void chooseKeeping(id, withLarge(keeping, choice))}
      />
      <p className={styles.more}>{say(`settings-retention-more-${retention.kind}`)}</p>
      <Button icon="server" className={styles.still} onPress={() => setLooking(true)}>
        {say("settings-maildrop")}
      </Button>
      {asked !== null && (
        <RetentionQuestion
          effect={asked.effect}
          onAnswer={(agreed) => {
            setAsked(null);
            if (agreed) void chooseRetention(id, asked.wanted);
          }}
        />
      )}
      {looking && <Maildrop account={account} onClose={() => setLooking(false)} />}
    </div>
  );
}

function retentionWords(choice: string): string {
  const retention = retentionOfChoice(choice);
  const days = retention.kind === "remove-after-days" ? retention.days : 0;
  return say(`settings-retention-${retention.kind}`, { days });
}

function largeWords(choice: string): string {
  return choice === "off" ? say("settings-large-off") : say("settings-large-header", { size: choice });
}
