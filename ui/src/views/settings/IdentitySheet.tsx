// One identity: its address and name, where answers go, what stands under its letters, and its own way out, which can be
// tried. A certificate that nobody vouches for can be looked at and accepted here.
import { useRef, useState } from "react";
import { Form, Label, TextArea, TextField as AriaTextField } from "react-aria-components";
import { keepIdentity, tryIdentity, type TriedIdentity } from "../../actions/identities";
import { Button } from "../../components/Button";
import { Dialog, DialogFoot } from "../../components/Dialog";
import { Select } from "../../components/Select";
import { TextField } from "../../components/TextField";
import { Told } from "../../components/Told";
import type { AccountView, IdentityForm, IdentityView, RefusedCertificateView } from "../../ipc/backend";
import { accepting, formOf, isTriable, kept, newServer } from "../../state/identity";
import { doorKey } from "../../state/passwords";
import { useDoorways } from "../../state/queries";
import { say } from "../../words";
import { BrowserWaiting } from "../accounts/BrowserWaiting";
import { CertificateQuestion } from "../accounts/CertificateQuestion";
import { TriedSteps } from "../accounts/TriedSteps";
import { OwnServer } from "./OwnServer";
import { useOwnGrant } from "./useOwnGrant";
import field from "../../components/TextField.module.css";
import styles from "./Identities.module.css";

export interface IdentitySheetProps {
  account: AccountView;
  identity: IdentityView | null;
  onClose: () => void;
}

export function IdentitySheet({ account, identity, onClose }: IdentitySheetProps) {
  const [form, setForm] = useState<IdentityForm>(() => formOf(identity, account.name));
  const [outcome, setOutcome] = useState<TriedIdentity | null>(null);
  const [busy, setBusy] = useState<"keeping" | "trying" | null>(null);
  const [asked, setAsked] = useState<RefusedCertificateView | null>(null);
  const id = identity?.id ?? null;
  /** What comes of a press is of what stood there then: it is shown under nothing else. */
  const changes = useRef(0);
  const put = (part: Partial<IdentityForm>) => {
    changes.current += 1;
    setForm({ ...form, ...part });
    setOutcome(null);
  };
  const doorway = (useDoorways(account.id).data ?? []).find((each) => doorKey(each) === id);
  const grant = useOwnGrant(form, doorway?.issuer ?? null);
  const go = async (wanted: "keeping" | "trying", from = form) => {
    const before = changes.current;
    const tell = (came: TriedIdentity | null) => changes.current === before && setOutcome(came);
    setBusy(wanted);
    setOutcome(null);
    const ready = await grant.granted(kept(from));
    if (ready === null || "sentence" in ready) {
      setBusy(null);
      tell(ready === null ? null : { kind: "failed", trouble: ready });
      return;
    }
    const next: TriedIdentity | null =
      wanted === "trying"
        ? await tryIdentity(account.id, id, ready)
        : await keepIdentity(account.id, id, ready).then(
            (trouble) => trouble && { kind: "failed" as const, trouble },
          );
    setBusy(null);
    tell(next);
    if (next !== null && isRefused(next)) grant.forget();
    if (next === null) onClose();
  };
  const refused = outcome?.kind === "failed" ? (outcome.trouble.certificate ?? null) : null;
  return (
    <Dialog title={say(identity ? "identity-title" : "identity-title-new")} onClose={onClose}>
      <Form
        className={styles.form ?? ""}
        onSubmit={(event) => {
          event.preventDefault();
          void go("keeping");
        }}
      >
        <TextField
          label={say("identity-email")}
          inputMode="email"
          value={form.email}
          onChange={(email) => put({ email })}
          autoFocus
        />
        <TextField label={say("identity-name")} value={form.name} onChange={(name) => put({ name })} />
        <TextField
          label={say("identity-reply-to")}
          help={say("identity-reply-to-help")}
          value={form.replyTo}
          onChange={(replyTo) => put({ replyTo })}
        />
        <AriaTextField
          className={field.field ?? ""}
          value={form.signature}
          onChange={(signature) => put({ signature })}
        >
          <Label className={field.label ?? ""}>{say("identity-signature")}</Label>
          <span className={field.box}>
            <TextArea className={field.input ?? ""} rows={3} />
          </span>
        </AriaTextField>
        {account.outgoing !== null && (
          <Select
            label={say("identity-outgoing")}
            choices={[
              { id: "account", text: say("identity-outgoing-account", { host: account.outgoing.host }) },
              { id: "own", text: say("identity-outgoing-own") },
            ]}
            value={form.outgoing === null ? "account" : "own"}
            onChange={(way) => put({ outgoing: way === "own" ? newServer(form.email) : null })}
          />
        )}
        {form.outgoing !== null && (
          <OwnServer
            server={form.outgoing}
            password={form.password ?? ""}
            isKnown={identity?.outgoing != null}
            onServer={(outgoing) => put({ outgoing })}
            onPassword={(password) => put({ password })}
            way={grant.way}
            onWay={(way) => {
              changes.current += 1;
              grant.put(way);
              setOutcome(null);
            }}
          />
        )}
        <Told
          going={
            grant.waiting === null ? (
              busy === "trying" && <p className={styles.quiet}>{say("identity-trying")}</p>
            ) : (
              <BrowserWaiting {...grant.waiting} onCancel={grant.stop} />
            )
          }
          failed={outcome !== null && (outcome.kind === "failed" || outcome.tried.trouble !== null)}
          moment={grant.waiting?.address ?? outcome}
        >
          {outcome?.kind === "tried" && (
            <TriedSteps
              title={say("tried-outgoing", { host: outcome.tried.host })}
              tried={outcome.tried}
              sends
              onCertificate={setAsked}
            />
          )}
          {outcome?.kind === "failed" && (
            <div role="alert" className={styles.trouble}>
              {outcome.trouble.sentence}
              {refused !== null && (
                <div>
                  <Button kind="tool" icon="shield" onPress={() => setAsked(refused)}>
                    {say("certificate-look")}
                  </Button>
                </div>
              )}
            </div>
          )}
        </Told>
        <DialogFoot>
          {form.outgoing !== null && (
            <Button isDisabled={busy !== null || !isTriable(form)} onPress={() => void go("trying")}>
              {say("servers-test")}
            </Button>
          )}
          <Button onPress={onClose}>{say("cancel")}</Button>
          <Button kind="primary" type="submit" isDisabled={busy !== null}>
            {say(busy === "keeping" ? "identity-keeping" : "identity-keep")}
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
            void go("trying", next);
          }}
        />
      )}
    </Dialog>
  );
}

/** What was granted a moment ago may be what is wrong. */
function isRefused(outcome: TriedIdentity): boolean {
  const trouble = outcome.kind === "failed" ? outcome.trouble : outcome.tried.trouble;
  return trouble !== null && ["wrongPassword", "signInEnded"].includes(trouble.kind);
}
