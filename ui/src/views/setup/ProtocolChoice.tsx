// IMAP or POP3, each with what it means for one's mail and the server it would use, and why one of them is chosen already.
import { Label, RadioButton, RadioField, RadioGroup, Text } from "react-aria-components";
import { whyChosen } from "../../state/finding";
import type { Incoming, SetupState } from "../../state/setup";
import { say } from "../../words";
import { ServerLine } from "./ServerLine";
import styles from "./ProtocolChoice.module.css";

export interface ProtocolChoiceProps {
  state: SetupState;
  change: (step: (state: SetupState) => SetupState) => void;
}

export function ProtocolChoice({ state, change }: ProtocolChoiceProps) {
  const choose = (protocol: string) => change((now) => ({ ...now, protocol: protocol as Incoming }));
  const why = whyChosen(state);
  return (
    <RadioGroup
      value={state.protocol}
      onChange={choose}
      orientation="horizontal"
      className={styles.group ?? ""}
    >
      <Label className="visually-hidden">{say("setup-protocol")}</Label>
      {(["imap", "pop3"] as const).map((protocol) => (
        <RadioField key={protocol} value={protocol} className={styles.cell ?? ""}>
          <RadioButton className={styles.choice ?? ""}>
            <strong className={styles.name}>
              <span className={styles.radio} />
              {say(`setup-${protocol}`)}
            </strong>
            <span>{say(`setup-${protocol}-explained`)}</span>
            <code className={styles.server}>
              <ServerLine state={state} which={protocol} />
            </code>
          </RadioButton>
        </RadioField>
      ))}
      {why !== null && (
        <Text slot="description" className={styles.why ?? ""}>
          {say(`setup-why-${why}`)}
        </Text>
      )}
    </RadioGroup>
  );
}
