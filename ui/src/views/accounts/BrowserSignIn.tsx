// An account that signs in in the browser, once more or for the first time: the page is opened, waited for, and what came of it is
// tried at the account's servers.
import { useEffect, useRef, useState } from "react";
import { giveUp, signInAgainInBrowser } from "../../actions/oauth";
import type { SignedIn } from "../../actions/accounts";
import { Button } from "../../components/Button";
import { DialogFoot } from "../../components/Dialog";
import { Told } from "../../components/Told";
import type { AccountView, DoorView, SignInBegunView, SignInOfferView } from "../../ipc/backend";
import { clientOf } from "../../state/oauth";
import { say } from "../../words";
import { BrowserWaiting } from "./BrowserWaiting";
import { ClientFields } from "./ClientFields";
import { TriedDoors } from "./TriedDoors";
import styles from "./Accounts.module.css";

export interface BrowserSignInProps {
  account: AccountView;
  /** Which server it is for. What is for incoming mail is for sending too, where that has nothing of its own. */
  door: DoorView;
  /** Its name, where another server is signed in to in another way. */
  host: string | null;
  offer: SignInOfferView;
  onPassword: () => void;
  onClose: () => void;
}

export function BrowserSignIn({ account, door, host, offer, onPassword, onClose }: BrowserSignInProps) {
  const [begun, setBegun] = useState<SignInBegunView | null>(null);
  const [outcome, setOutcome] = useState<SignedIn | null>(null);
  const [busy, setBusy] = useState(false);
  const [client, setClient] = useState({ id: "", secret: "" });
  const underWay = useRef<string | null>(null);
  /** Whether somebody waits: as long as the sheet is open and nobody has said otherwise. */
  const wanted = useRef(false);
  const stop = () => {
    wanted.current = false;
    if (underWay.current !== null) giveUp(underWay.current);
    underWay.current = null;
  };
  // The sheet may be shut while the browser is open.
  useEffect(() => stop, []);
  const go = async () => {
    wanted.current = true;
    setBusy(true);
    setOutcome(null);
    const own = offer.ready ? null : clientOf(client);
    const waiting = {
      wanted: () => wanted.current,
      began: (now: SignInBegunView) => {
        underWay.current = now.id;
        setBegun(now);
      },
    };
    const next = await signInAgainInBrowser(account, door, own, waiting, () => setBegun(null));
    underWay.current = null;
    setBusy(false);
    if (next.kind !== "stopped") setOutcome(next);
    // Shut meanwhile, there is nothing to shut.
    if (next.kind === "done" && waiting.wanted()) onClose();
  };
  return (
    <div className={styles.form}>
      <p className={styles.intro}>
        {host === null
          ? say("signin-browser", { provider: offer.provider })
          : say("signin-browser-side", { provider: offer.provider, host })}
      </p>
      {!offer.ready && <ClientFields offer={offer} client={client} onClient={setClient} />}
      {!busy && (
        <Button kind="tool" className={styles.other} onPress={onPassword}>
          {say("setup-browser-password")}
        </Button>
      )}
      <Told
        className={styles.results}
        going={
          begun === null ? (
            busy && <p className={styles.quiet}>{say("signin-doing")}</p>
          ) : (
            <BrowserWaiting provider={offer.provider} address={begun.address} onCancel={stop} />
          )
        }
        failed={outcome !== null && outcome.kind !== "done"}
        moment={begun ?? outcome}
      >
        {outcome?.kind === "tried" && <TriedDoors doors={outcome.doors} />}
        {outcome?.kind === "failed" && (
          <p role="alert" className={styles.danger}>
            <span>
              {outcome.trouble.sentence}
              {outcome.trouble.detail !== null &&
                ` ${say("trouble-words", { words: outcome.trouble.detail })}`}
            </span>
          </p>
        )}
      </Told>
      <DialogFoot>
        <Button onPress={onClose}>{say("cancel")}</Button>
        <Button
          kind="primary"
          autoFocus
          isDisabled={busy || (!offer.ready && client.id.trim() === "")}
          onPress={() => void go()}
        >
          {say("signin-browser-do")}
        </Button>
      </DialogFoot>
    </div>
  );
}
