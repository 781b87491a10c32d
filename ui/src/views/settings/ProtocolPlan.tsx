// What is on both sides, in numbers, and what becomes of letters that stand only here.
import { Label, RadioButton, RadioField, RadioGroup } from "react-aria-components";
import type { FolderCountView, OnlyHereView, ProtocolPlanView, RemoteProtocol } from "../../ipc/backend";
import { lettersIn } from "../../state/protocol";
import { say } from "../../words";
import { count, fileSize } from "../../words/times";
import radio from "../setup/Retention.module.css";
import styles from "./Protocol.module.css";

const CHOICES: OnlyHereView[] = ["upload", "keep"];

export interface ProtocolPlanProps {
  plan: ProtocolPlanView;
  to: RemoteProtocol;
  choice: OnlyHereView | null;
  onChoice: (choice: OnlyHereView) => void;
}

export function ProtocolPlan({ plan, to, choice, onChoice }: ProtocolPlanProps) {
  return (
    <>
      <dl className={styles.counts}>
        <Count
          label="protocol-both"
          letters={plan.both}
          more={say(`protocol-both-more-${to}`, { n: plan.both })}
        />
        {plan.kind === "imap" ? (
          <>
            <Count
              label="protocol-only-server"
              letters={lettersIn(plan.onlyServer)}
              folders={plan.onlyServer}
              more={back(plan.deletedHere)}
            />
            <Count label="protocol-only-here" letters={lettersIn(plan.onlyHere)} folders={plan.onlyHere} />
          </>
        ) : (
          <>
            <Count label="protocol-coming" letters={plan.onlyServer} />
            <Count
              label="protocol-beyond"
              letters={lettersIn(plan.beyond)}
              folders={plan.beyond}
              more={say("protocol-beyond-more", { n: lettersIn(plan.beyond) })}
            />
            <Count
              label="protocol-to-bring"
              letters={plan.toBring}
              more={plan.toBring > 0 ? fileSize(plan.octetsToBring) : ""}
            />
          </>
        )}
      </dl>
      {plan.kind === "imap" && lettersIn(plan.onlyHere) > 0 && (
        <RadioGroup
          value={choice}
          onChange={(chosen) => onChoice(chosen as OnlyHereView)}
          className={radio.group ?? ""}
        >
          <Label className={radio.label ?? ""}>
            {say("protocol-choice", { n: lettersIn(plan.onlyHere) })}
          </Label>
          {CHOICES.map((each) => (
            <RadioField key={each} value={each} className={radio.cell ?? ""}>
              <RadioButton className={radio.choice ?? ""}>
                <span className={radio.radio} />
                {say(`protocol-choice-${each}`, { n: lettersIn(plan.onlyHere) })}
              </RadioButton>
            </RadioField>
          ))}
        </RadioGroup>
      )}
      <p className={styles.quiet}>{say("protocol-safe")}</p>
    </>
  );
}

interface CountProps {
  label: string;
  letters: number;
  folders?: FolderCountView[];
  more?: string;
}

function Count({ label, letters, folders = [], more = "" }: CountProps) {
  const where = folders.map(({ name, letters: n }) => say("protocol-folder", { name, count: count(n) }));
  return (
    <>
      <dt>{say(label)}</dt>
      <dd>
        {say("protocol-letters", { n: letters, count: count(letters) })}
        {where.length > 0 && <span className={styles.quiet}>{where.join(", ")}</span>}
        {more !== "" && <span className={styles.quiet}>{more}</span>}
      </dd>
    </>
  );
}

function back(deleted: number): string {
  return deleted === 0 ? "" : say("protocol-deleted-here", { n: deleted, count: count(deleted) });
}
