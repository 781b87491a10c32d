// An account changes from POP3 to IMAP or back: its server, what is on both sides, the choice, the work, and what came of it. A
// certificate that nobody vouches for can be looked at and accepted here: what was accepted is for the old port.
import { useEffect, useState } from "react";
import { changeProtocol, findServer, lookAtBothSides } from "../../actions/protocol";
import { Button } from "../../components/Button";
import { Dialog, DialogFoot } from "../../components/Dialog";
import type {
  AcceptedView,
  AccountView,
  OnlyHereView,
  ProtocolServerView,
  RefusedCertificateView,
  RemoteProtocol,
  ServerView,
  TroubleView,
} from "../../ipc/backend";
import { blankServer, isAtWork, isComplete, isDecided, isStrange, type Step } from "../../state/protocol";
import { say } from "../../words";
import { withOneMore } from "../../state/setup";
import { CertificateQuestion } from "../accounts/CertificateQuestion";
import { LookQuestion } from "../setup/LookQuestion";
import { ProtocolPlan } from "./ProtocolPlan";
import { ProtocolDone, ProtocolWork } from "./ProtocolWork";
import { ProtocolServer } from "./ProtocolServer";
import styles from "./Protocol.module.css";

export interface ProtocolSheetProps {
  account: AccountView;
  to: RemoteProtocol;
  onClose: () => void;
}

export function ProtocolSheet({ account, to, onClose }: ProtocolSheetProps) {
  const { id, email } = account;
  const [step, setStep] = useState<Step>({ kind: "searching" });
  const [server, setServer] = useState<ServerView>(() => blankServer(account, to));
  const [found, setFound] = useState<ProtocolServerView | null>(null);
  const [look, setLook] = useState<"due" | "asked" | "done">("due");
  const [choice, setChoice] = useState<OnlyHereView | null>(null);
  const [trouble, setTrouble] = useState<TroubleView | null>(null);
  const [accepted, setAccepted] = useState<AcceptedView[]>([]);
  const [asked, setAsked] = useState<RefusedCertificateView | null>(null);
  const words = { email, to: to.toUpperCase() };

  useEffect(() => {
    let open = true;
    void findServer(id, to).then((answer) => {
      if (!open) return;
      if (answer !== null) setServer(answer.server);
      setFound(answer);
      setStep({ kind: "server", found: answer !== null });
    });
    return () => {
      open = false;
    };
  }, [id, to]);

  const compare = async (taking = accepted) => {
    setTrouble(null);
    setStep({ kind: "looking" });
    const outcome = await lookAtBothSides(id, to, server, taking);
    if ("value" in outcome) return setStep({ kind: "plan", plan: outcome.value });
    setTrouble(outcome.trouble);
    setStep({ kind: "server", found: true });
  };
  const lookThenCompare = async () => {
    if (look !== "done" && isStrange(server, found)) setLook("asked");
    else await compare();
  };
  const change = async () => {
    setTrouble(null);
    setStep({ kind: "changing" });
    const outcome = await changeProtocol(id, to, server, choice ?? "keep", accepted);
    if ("value" in outcome) return setStep({ kind: "done", changed: outcome.value });
    setTrouble(outcome.trouble);
    setStep({ kind: "server", found: true });
  };

  const refused = trouble?.certificate ?? null;

  return (
    <Dialog title={say("protocol-title", words)} dismissable={!isAtWork(step)} onClose={onClose}>
      <div className={styles.sheet}>
        {(step.kind === "searching" || step.kind === "server") && <p>{say(`protocol-about-${to}`)}</p>}
        {step.kind === "server" && (
          <ProtocolServer
            server={server}
            to={to}
            found={step.found}
            onServer={setServer}
            onDone={lookThenCompare}
          />
        )}
        {step.kind === "plan" && (
          <ProtocolPlan plan={step.plan} to={to} choice={choice} onChoice={setChoice} />
        )}
        {step.kind === "done" && <ProtocolDone account={account} to={to} changed={step.changed} />}
        {trouble !== null && (
          <div role="alert" className={styles.trouble}>
            {trouble.sentence} {say("protocol-nothing-changed")}
            {refused !== null && (
              <div>
                <Button kind="tool" icon="shield" onPress={() => setAsked(refused)}>
                  {say("certificate-look")}
                </Button>
              </div>
            )}
          </div>
        )}
        <ProtocolWork step={step} account={account} />
      </div>
      {look === "asked" && (
        <LookQuestion
          email={email}
          servers={[{ host: server.host.trim(), registered: found?.registered ?? null }]}
          onAccept={() => {
            setLook("done");
            void compare();
          }}
          onClose={() => setLook("due")}
        />
      )}
      {asked !== null && (
        <CertificateQuestion
          refused={asked}
          onClose={() => setAsked(null)}
          onAccept={() => {
            const next = withOneMore(accepted, asked);
            setAsked(null);
            setAccepted(next);
            void compare(next);
          }}
        />
      )}
      <DialogFoot>
        {step.kind === "plan" && (
          <Button onPress={() => setStep({ kind: "server", found: true })}>{say("protocol-back")}</Button>
        )}
        <Button
          kind={step.kind === "done" ? "primary" : "quiet"}
          isDisabled={isAtWork(step)}
          onPress={onClose}
        >
          {say(step.kind === "done" ? "settings-close" : "cancel")}
        </Button>
        {step.kind === "server" && (
          <Button kind="primary" isDisabled={!isComplete(server)} onPress={() => void lookThenCompare()}>
            {say("protocol-look")}
          </Button>
        )}
        {step.kind === "plan" && (
          <Button kind="primary" isDisabled={!isDecided(step.plan, choice)} onPress={() => void change()}>
            {say("protocol-confirm", words)}
          </Button>
        )}
      </DialogFoot>
    </Dialog>
  );
}
