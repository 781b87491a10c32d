// Adding an account: the first screen of a first run, and the same later from the folder list. Type an address and a
// password; the rest is found, shown, tried, and only then saved.
import { useRef, useState } from "react";
import { Button } from "../../components/Button";
import { TextField } from "../../components/TextField";
import { serversToLookAt, withLook } from "../../state/finding";
import { isInBrowser, offerOf } from "../../state/oauth";
import { withEmail, withFoundAccount, type Field, type Problems, type SetupState } from "../../state/setup";
import { say } from "../../words";
import { FromThunderbird } from "./FromThunderbird";
import { LookQuestion } from "./LookQuestion";
import { Manual } from "./Manual";
import { PlainQuestion } from "./PlainQuestion";
import { ProtocolChoice } from "./ProtocolChoice";
import { Retention } from "./Retention";
import { SendingLine } from "./SendingLine";
import { SignInWay } from "./SignInWay";
import { Steps } from "./Steps";
import { TrialResult } from "./TrialResult";
import { useSetup, type Trial } from "./useSetup";
import { VaultPanel } from "./VaultPanel";
import { WhatIsThis } from "./WhatIsThis";
import styles from "./Setup.module.css";

export interface SetupProps {
  /** Called with the new account's id when it is saved. */
  onDone: (account: string) => void;
  /** Absent on the first run, when there is nothing to go back to. */
  onCancel?: () => void;
}

const ORDER: Field[] = [
  "email",
  "password",
  "client",
  "days",
  "incomingHost",
  "incomingPort",
  "outgoingHost",
  "outgoingPort",
  "outgoingPassword",
  "outgoingClient",
];

export function Setup({ onDone, onCancel }: SetupProps) {
  const card = useRef<HTMLFormElement>(null);
  const [explaining, setExplaining] = useState(false);
  // Fields that appear with the problem are in the page only after the next frame.
  const focus = (field: Field) => {
    requestAnimationFrame(() => card.current?.querySelector<HTMLElement>(`[name="${field}"]`)?.focus());
  };
  const focusFirst = (problems: Problems) => {
    const first = ORDER.find((field) => field in problems);
    if (first) focus(first);
  };
  const setup = useSetup(onDone, focusFirst);
  const { state, change, problems, busy } = setup;
  const word = (field: Field) => (problems[field] ? say(problems[field]) : undefined);
  const edit = (field: Field) => {
    change((now) => ({ ...now, manual: true }));
    focus(field);
  };
  const looked = () => {
    setup.askLook(false);
    const next = withLook(state);
    change(() => next);
    setup.goOn(next);
  };
  const back = state.manual ? () => change((now) => ({ ...now, manual: false })) : onCancel;
  return (
    <main className={styles.screen}>
      <form
        ref={card}
        className={styles.card}
        aria-labelledby="setup-title"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) setup.begin("add");
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape" && !event.defaultPrevented) back?.();
        }}
      >
        <h1 id="setup-title" className={styles.title}>
          {say("setup-title")}
        </h1>
        <p className={styles.intro}>{introOf(state)}</p>
        <FromThunderbird
          onTake={(found) => {
            change((now) => withFoundAccount(now, found));
            focus("password");
          }}
        />
        <div className={styles.two}>
          <TextField
            label={say("setup-name")}
            name="name"
            autoComplete="name"
            autoFocus
            value={state.name}
            onChange={(name) => change((now) => ({ ...now, name }))}
          />
          <TextField
            label={say("setup-email")}
            name="email"
            type="email"
            inputMode="email"
            autoComplete="email"
            isRequired
            value={state.email}
            onChange={(email) => change((now) => withEmail(now, email))}
            onBlur={() => setup.touch("email")}
            error={word("email")}
          />
        </div>
        <SignInWay setup={setup} word={word} />
        <Steps setup={setup} />
        <ProtocolChoice state={state} change={change} />
        {state.protocol === "pop3" && <Retention state={state} change={change} error={word("days")} />}
        <SendingLine state={state} onExplain={() => setExplaining(true)} />
        {state.manual && <Manual setup={setup} />}
        <TrialResult
          setup={setup}
          onRemedy={{
            retypePassword: (side) => {
              if (side === "outgoing" && state.separatePassword) {
                edit("outgoingPassword");
                return;
              }
              focus("password");
            },
            editServers: (side) => edit(side === "outgoing" ? "outgoingHost" : "incomingHost"),
            chooseMethod: (side) => {
              change((now) => ({ ...now, manual: true }));
              focusMethod(card.current, side);
            },
          }}
        />
        <div className={styles.foot}>
          <Button
            kind="quiet"
            aria-expanded={state.manual}
            onPress={() => change((now) => ({ ...now, manual: !now.manual }))}
          >
            {say(state.manual ? "setup-edit-done" : "setup-edit")}
          </Button>
          <Button kind="quiet" isDisabled={busy} onPress={setup.demo}>
            {say("setup-demo")}
          </Button>
          {!onCancel && (
            <Button kind="quiet" isDisabled={busy} onPress={setup.local}>
              {say("setup-local")}
            </Button>
          )}
          <span className={styles.onward}>
            {back && <Button onPress={back}>{say("setup-back")}</Button>}
            <Button kind="primary" type="submit" isDisabled={busy}>
              {say(busyWord(setup.trial.kind, isInBrowser(state) || isInBrowser(state, "outgoing")))}
            </Button>
          </span>
        </div>
      </form>
      {explaining && <WhatIsThis onClose={() => setExplaining(false)} />}
      {setup.lookAsked && (
        <LookQuestion
          email={state.email}
          servers={serversToLookAt(state)}
          onAccept={looked}
          onClose={() => setup.askLook(false)}
        />
      )}
      {setup.plainAsked && <PlainQuestion setup={setup} />}
      {setup.vault && (
        <VaultPanel
          vault={setup.vault}
          onClose={() => setup.setVault(null)}
          onOpened={() => {
            setup.setVault(null);
            setup.goOn();
          }}
        />
      )}
    </main>
  );
}

/** Who signs in in the browser types no password here. */
function introOf(state: SetupState): string {
  const offer = offerOf(state);
  return isInBrowser(state) && offer !== null
    ? say("setup-intro-browser", { provider: offer.provider })
    : say("setup-intro");
}

function focusMethod(card: HTMLElement | null, side: "incoming" | "outgoing"): void {
  requestAnimationFrame(() => card?.querySelector<HTMLElement>(`[data-method="${side}"] button`)?.focus());
}

function busyWord(trial: Trial["kind"], inBrowser: boolean): string {
  if (trial === "finding" || trial === "detecting") return "setup-finding";
  if (trial === "opening" || trial === "browser") return "setup-waiting";
  if (trial === "checking" || trial === "saving") return "setup-adding";
  return inBrowser ? "setup-add-browser" : "setup-add";
}
