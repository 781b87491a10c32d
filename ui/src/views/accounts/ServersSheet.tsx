// Other servers for an account that is there: two columns, a test that tells each step, and only then are they kept. A
// certificate that nobody vouches for can be looked at and accepted here.
import { useRef, useState } from "react";
import { Form } from "react-aria-components";
import { moveServers, type Moved } from "../../actions/accounts";
import { Button } from "../../components/Button";
import { Dialog, DialogFoot } from "../../components/Dialog";
import { Told } from "../../components/Told";
import type { AccountView, RefusedCertificateView, ServersForm } from "../../ipc/backend";
import { called, troubleIn } from "../../state/accounts";
import { isMoveRefused } from "../../state/oauth";
import { issuersOf, sharesPassword } from "../../state/passwords";
import { useAskingWhosePage, useDoorways } from "../../state/queries";
import { accepting, finished, isPlain, isReady, serversOf } from "../../state/servers";
import { say } from "../../words";
import { Tick } from "../setup/Tick";
import { BrowserWaiting } from "./BrowserWaiting";
import { CertificateQuestion } from "./CertificateQuestion";
import { ServerFields } from "./ServerFields";
import { TriedSteps } from "./TriedSteps";
import { useGrants } from "./useGrants";
import styles from "./Accounts.module.css";

const SIDES = ["incoming", "outgoing"] as const;

/** Whether nothing is in the way of the new servers. */
function isWell(outcome: Moved): boolean {
  return outcome.kind === "tried" && SIDES.every((side) => outcome.trial[side].trouble === null);
}

export function ServersSheet({ account, onClose }: { account: AccountView; onClose: () => void }) {
  const [form, setForm] = useState<ServersForm | null>(() => serversOf(account));
  const [outcome, setOutcome] = useState<Moved | null>(null);
  const [busy, setBusy] = useState<"testing" | "saving" | null>(null);
  const [asked, setAsked] = useState<RefusedCertificateView | null>(null);
  /** What comes of a press is of what stood there then: it is shown under nothing else. */
  const changes = useRef(0);
  const isAsking = useAskingWhosePage(account.id);
  const doorways = useDoorways(account.id).data ?? [];
  const grants = useGrants(account, form, {
    apart: doorways.length > 0 && !sharesPassword(doorways),
    issuers: issuersOf(doorways),
  });
  if (form === null) return null;
  const put = (next: ServersForm) => {
    changes.current += 1;
    setForm(next);
    setOutcome(null);
  };
  const go = async (keep: boolean, from = form) => {
    if (busy !== null || !isReady(from)) return;
    const before = changes.current;
    const tell = (came: Moved | null) => changes.current === before && setOutcome(came);
    setBusy(keep ? "saving" : "testing");
    setOutcome(null);
    const ready = await grants.granted(finished(from));
    if (ready === null || "sentence" in ready) {
      setBusy(null);
      tell(ready === null ? null : { kind: "failed", trouble: ready });
      return;
    }
    const next = await moveServers(account, ready, keep);
    setBusy(null);
    tell(next);
    if (next.kind === "failed" || isMoveRefused(ready, next.trial)) grants.forget();
    if (next.kind === "tried" && next.saved) onClose();
  };
  // What stops the account just now is where one begins.
  const alarm = outcome === null ? (troubleIn(account)?.certificate ?? null) : null;
  return (
    <Dialog wide title={say("servers-title", { email: called(account) })} onClose={onClose}>
      <Form
        className={styles.form ?? ""}
        onSubmit={(event) => {
          event.preventDefault();
          void go(true);
        }}
      >
        {alarm === null ? (
          <p className={styles.intro}>{say("servers-intro")}</p>
        ) : (
          <div className={styles.danger}>
            <span>{troubleIn(account)?.sentence}</span>
            <Button kind="tool" icon="shield" onPress={() => setAsked(alarm)}>
              {say("certificate-look")}
            </Button>
          </div>
        )}
        <div className={styles.two}>
          {SIDES.map((side) => (
            <ServerFields key={side} account={account} side={side} form={form} onForm={put} grants={grants} />
          ))}
        </div>
        {isPlain(form) && (
          <Tick on={form.allowPlain} onChange={(allowPlain) => put({ ...form, allowPlain })}>
            {say("servers-plain")}
          </Tick>
        )}
        <Told
          className={styles.results}
          going={
            grants.waiting === null ? (
              (busy !== null || isAsking) && (
                <p className={styles.quiet}>{say(busy === null ? "signin-asking" : `servers-${busy}`)}</p>
              )
            ) : (
              <BrowserWaiting {...grants.waiting} onCancel={grants.stop} />
            )
          }
          failed={outcome !== null && !isWell(outcome)}
          moment={grants.waiting?.address ?? outcome ?? busy}
        >
          {outcome?.kind === "tried" &&
            SIDES.map((side) => (
              <TriedSteps
                key={side}
                title={say(`tried-${side}`, { host: outcome.trial[side].host })}
                tried={outcome.trial[side]}
                sends={side === "outgoing"}
                onCertificate={setAsked}
              />
            ))}
          {outcome?.kind === "failed" && (
            <p role="alert" className={styles.danger}>
              {outcome.trouble.sentence}
            </p>
          )}
        </Told>
        <DialogFoot>
          <Button isDisabled={busy !== null || !isReady(form)} onPress={() => void go(false)}>
            {say("servers-test")}
          </Button>
          <Button onPress={onClose}>{say("cancel")}</Button>
          <Button kind="primary" type="submit" isDisabled={busy !== null || !isReady(form)}>
            {say("servers-save")}
          </Button>
        </DialogFoot>
      </Form>
      {asked !== null && (
        <CertificateQuestion
          refused={asked}
          onClose={() => setAsked(null)}
          onAccept={() => {
            const next = accepting(form, asked);
            setAsked(null);
            setForm(next);
            void go(false, next);
          }}
        />
      )}
    </Dialog>
  );
}
