// What came of trying both servers: for each how far it came, step by step, and where it failed its sentence and the button
// that helps.
import { useState } from "react";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { Told } from "../../components/Told";
import { Turning } from "../../components/Turning";
import type { TriedView, TroubleView } from "../../ipc/backend";
import { helpFor, smallPrint, type Remedy } from "../../state/troubles";
import { isShownGrant } from "../../state/oauth";
import { isMute, withAccepted } from "../../state/setup";
import { say } from "../../words";
import { BrowserWaiting } from "../accounts/BrowserWaiting";
import { CertificateQuestion } from "../accounts/CertificateQuestion";
import { TriedSteps } from "../accounts/TriedSteps";
import type { Setup } from "./useSetup";
import styles from "./TrialResult.module.css";

const SIDES = ["incoming", "outgoing"] as const;
type Side = (typeof SIDES)[number];
type Remedies = Record<"retypePassword" | "editServers" | "chooseMethod", (side: Side) => void>;

export function TrialResult({ setup, onRemedy }: { setup: Setup; onRemedy: Remedies }) {
  const { trial, state } = setup;
  const host = { incoming: state.servers[state.protocol].host, outgoing: state.servers.smtp.host };
  const going = (
    <>
      {trial.kind === "checking" && (
        <Progress
          text={say("setup-progress-checking", {
            incoming: host.incoming,
            outgoing: host.outgoing,
            same: String(host.incoming === host.outgoing),
          })}
        />
      )}
      {trial.kind === "opening" && (
        <Progress text={say("setup-progress-browser", { provider: trial.provider })} />
      )}
      {trial.kind === "browser" && (
        <BrowserWaiting provider={trial.provider} address={trial.address} onCancel={setup.stopWaiting} />
      )}
      {trial.kind === "saving" && <Progress text={say("setup-progress-saving")} />}
      {trial.kind === "demo" && <Progress text={say("setup-progress-demo")} />}
    </>
  );
  const hasFailed =
    trial.kind === "failed" ||
    (trial.kind === "checked" && SIDES.some((side) => trial.check[side].trouble !== null));
  return (
    <Told
      className={trial.kind === "none" || trial.kind === "finding" ? undefined : styles.results}
      going={going}
      failed={hasFailed}
    >
      {trial.kind === "checked" &&
        SIDES.map((side) => (
          <Side key={side} side={side} tried={trial.check[side]} setup={setup} onRemedy={onRemedy} />
        ))}
      {trial.kind === "checked" && isMute(trial.check) && trial.asked !== "test" && (
        <div className={styles.mute}>
          <span>{say("setup-mute")}</span>
          <Button onPress={() => setup.begin("add-mute")}>{say("setup-mute-add")}</Button>
        </div>
      )}
      {trial.kind === "failed" && (
        <Failure trouble={trial.trouble} host={null} side="incoming" setup={setup} onRemedy={onRemedy} />
      )}
    </Told>
  );
}

interface SideProps {
  side: Side;
  tried: TriedView;
  setup: Setup;
  onRemedy: Remedies;
}

function Side({ side, tried, setup, onRemedy }: SideProps) {
  const { host, trouble } = tried;
  return (
    <TriedSteps
      title={say(`tried-${side}`, { host })}
      tried={tried}
      sends={side === "outgoing"}
      failure={
        trouble && <Failure trouble={trouble} host={host} side={side} setup={setup} onRemedy={onRemedy} />
      }
    />
  );
}

interface FailureProps {
  trouble: TroubleView;
  host: string | null;
  side: Side;
  setup: Setup;
  onRemedy: Remedies;
}

function Failure({ trouble, host, side, setup, onRemedy }: FailureProps) {
  // Where no password was shown there is none to type again.
  const byGrant = trouble.kind === "wrongPassword" && isShownGrant(setup.state, side);
  const help = helpFor(byGrant ? "signInEnded" : trouble.kind);
  // What is no affair of a server keeps the engine's own, more exact sentence.
  const own = host === null || trouble.kind === "invalid" || trouble.kind === "signInEnded";
  const words = smallPrint(trouble);
  const [looking, setLooking] = useState(false);
  const refused = trouble.certificate ?? null;
  return (
    // The form may be higher than the window, and this is what the person has to see now.
    <div role="alert" className={styles.failure} ref={(box) => box?.scrollIntoView({ block: "nearest" })}>
      <Icon name="warning" />
      <div className={styles.text}>
        <p>{own ? trouble.sentence : say(help.sentence, { server: host })}</p>
        {words !== null && <p className={styles.words}>{say("trouble-words", { words })}</p>}
      </div>
      {refused !== null && (
        <Button kind="tool" className={styles.button} onPress={() => setLooking(true)}>
          {say("certificate-look")}
        </Button>
      )}
      {looking && refused !== null && (
        <CertificateQuestion
          refused={refused}
          onClose={() => setLooking(false)}
          onAccept={() => {
            setLooking(false);
            const next = withAccepted(setup.state, refused);
            setup.change(() => next);
            setup.goOn(next);
          }}
        />
      )}
      {help.button !== null && (
        <Button
          kind="tool"
          className={styles.button}
          onPress={() => apply(help.remedy, side, setup, onRemedy)}
        >
          {say(help.button)}
        </Button>
      )}
    </div>
  );
}

function apply(remedy: Remedy, side: Side, setup: Setup, onRemedy: Remedies): void {
  switch (remedy) {
    case "retypePassword":
    case "editServers":
    case "chooseMethod": {
      onRemedy[remedy](side);
      return;
    }
    case "mendForm": {
      onRemedy.editServers(side);
      return;
    }
    case "tryAgain":
    case "openVault": {
      setup.goOn();
      return;
    }
    case "none":
  }
}

function Progress({ text }: { text: string }) {
  return (
    <p className={styles.progress}>
      <Turning />
      {text}
    </p>
  );
}
