// With POP3: when the copy on the server goes away, in plain words.
import { Input, Label, NumberField, RadioButton, RadioField, RadioGroup, Text } from "react-aria-components";
import { RETENTIONS, type RetentionKind } from "../../state/retention";
import type { SetupState } from "../../state/setup";
import { say } from "../../words";
import styles from "./Retention.module.css";

export interface RetentionProps {
  state: SetupState;
  change: (step: (state: SetupState) => SetupState) => void;
  error: string | undefined;
}

export function Retention({ state, change, error }: RetentionProps) {
  const setDays = (days: number) => change((now) => ({ ...now, days, retention: "remove-after-days" }));
  return (
    <div className={styles.box}>
      <RadioGroup
        value={state.retention}
        onChange={(kind) => change((now) => ({ ...now, retention: kind as RetentionKind }))}
        className={styles.group ?? ""}
      >
        <Label className={styles.label ?? ""}>{say("setup-retention")}</Label>
        {RETENTIONS.map((kind) => (
          <RadioField key={kind} value={kind} className={styles.cell ?? ""}>
            <RadioButton className={styles.choice ?? ""}>
              <span className={styles.radio} />
              {say(`setup-retention-${kind}`)}
            </RadioButton>
          </RadioField>
        ))}
      </RadioGroup>
      {state.retention === "remove-after-days" && (
        <NumberField
          aria-label={say("setup-retention-days")}
          name="days"
          value={state.days}
          onChange={setDays}
          minValue={1}
          maxValue={3650}
          isInvalid={error !== undefined}
          className={styles.days ?? ""}
        >
          <Input className={styles.input ?? ""} name="days" />
          <Text slot="description">{error ?? say("setup-retention-days-unit")}</Text>
        </NumberField>
      )}
    </div>
  );
}
