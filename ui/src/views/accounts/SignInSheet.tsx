// A password that has changed: typed once more for each server that has one of its own, tried, and kept if it works.
import { useState } from "react";
import { Form } from "react-aria-components";
import { signInAgain, type SignedIn } from "../../actions/accounts";
import { Button } from "../../components/Button";
import { Dialog, DialogFoot } from "../../components/Dialog";
import { TextField } from "../../components/TextField";
import type { AccountView, DoorwayView } from "../../ipc/backend";
import { called } from "../../state/accounts";
import {
  doorKey,
  fields,
  formOf,
  hasTyped,
  isOffline,
  sharesPassword,
  type Typed,
} from "../../state/passwords";
import type { Way } from "../../state/oauth";
import { useDoorways, useSignInOffer } from "../../state/queries";
import { say } from "../../words";
import { Tick } from "../setup/Tick";
import { BrowserSignIn } from "./BrowserSignIn";
import { TriedDoors } from "./TriedDoors";
import styles from "./Accounts.module.css";

interface SheetProps {
  account: AccountView;
  onClose: () => void;
}

/** In the browser, where the account signs in there; by a password otherwise. The person may choose the other. */
export function SignInSheet({ account, onClose }: SheetProps) {
  const { data: doorways, isPending: looking } = useDoorways(account.id);
  const { data: offer, isPending: asking } = useSignInOffer(account.id);
  const [way, setWay] = useState<Way>(null);
  const usual = doorways?.some(({ provider }) => provider !== null) === true;
  const inBrowser = way === null ? usual : way === "browser";
  // What stands there first would have the keys.
  if (looking || asking) return null;
  return (
    <Dialog title={say("signin-title", { email: called(account) })} onClose={onClose}>
      {inBrowser && offer ? (
        <BrowserSignIn
          account={account}
          offer={offer}
          onPassword={() => setWay("password")}
          onClose={onClose}
        />
      ) : (
        <PasswordSignIn
          account={account}
          onBrowser={offer && (offer.ready || offer.ownClient !== null) ? () => setWay("browser") : null}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

function PasswordSignIn({ account, onBrowser, onClose }: SheetProps & { onBrowser: (() => void) | null }) {
  const doorways = useDoorways(account.id).data ?? [];
  const [typed, setTyped] = useState<Typed>({});
  const [separate, setSeparate] = useState(false);
  const [outcome, setOutcome] = useState<SignedIn | null>(null);
  const [busy, setBusy] = useState(false);
  const shared = sharesPassword(doorways);
  const shown = fields(doorways, separate);
  const [first] = shown;
  const go = async (untried: boolean) => {
    if (busy || !hasTyped(typed)) return;
    setBusy(true);
    const next = await signInAgain(account, formOf(typed), untried);
    setBusy(false);
    setOutcome(next);
    if (next.kind === "done") onClose();
  };
  const label = ({ door, server }: DoorwayView) => {
    const both = door.kind === "incoming" && shared && !separate && account.outgoing !== null;
    if (both)
      return say("signin-password-both", { incoming: server.host, outgoing: account.outgoing?.host ?? "" });
    return shown.length === 1 ? say("signin-password") : say("signin-password-for", { host: server.host });
  };
  return (
    <>
      <Form
        className={styles.form ?? ""}
        onSubmit={(event) => {
          event.preventDefault();
          void go(false);
        }}
      >
        <p className={styles.intro}>{say("signin-intro")}</p>
        {shown.map((doorway) => {
          const key = doorKey(doorway);
          return (
            <TextField
              key={key}
              label={label(doorway)}
              help={shown.length > 1 ? say("signin-keep-empty") : undefined}
              type="password"
              autoComplete="current-password"
              autoFocus={doorway === first}
              value={typed[key] ?? ""}
              onChange={(password) => {
                setTyped({ ...typed, [key]: password });
                setOutcome(null);
              }}
            />
          );
        })}
        {shared && (
          <Tick
            on={separate}
            onChange={(on) => {
              setSeparate(on);
              setTyped({ ...typed, outgoing: "" });
            }}
          >
            {say("signin-separate")}
          </Tick>
        )}
        {onBrowser !== null && !busy && (
          <Button kind="tool" className={styles.other} onPress={onBrowser}>
            {say("setup-browser-instead")}
          </Button>
        )}
        <div className={styles.results} role="status">
          {busy && <p className={styles.quiet}>{say("signin-doing")}</p>}
          {outcome?.kind === "tried" && <TriedDoors doors={outcome.doors} />}
          {outcome?.kind === "failed" && (
            <p role="alert" className={styles.danger}>
              {outcome.trouble.sentence}
            </p>
          )}
        </div>
        <DialogFoot>
          {outcome?.kind === "tried" && isOffline(outcome.doors) && (
            <Button isDisabled={busy} onPress={() => void go(true)}>
              {say("signin-anyway")}
            </Button>
          )}
          <Button onPress={onClose}>{say("cancel")}</Button>
          <Button kind="primary" type="submit" isDisabled={busy || !hasTyped(typed)}>
            {say("signin-do")}
          </Button>
        </DialogFoot>
      </Form>
    </>
  );
}
