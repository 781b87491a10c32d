// A password that has changed: typed once more for each server that has one of its own, tried, and kept if it works.
import { useState } from "react";
import { Form } from "react-aria-components";
import { signInAgain, type SignedIn } from "../../actions/accounts";
import { Button } from "../../components/Button";
import { Dialog, DialogFoot } from "../../components/Dialog";
import { TextField } from "../../components/TextField";
import { Told } from "../../components/Told";
import type { AccountView, DoorwayView, SignInOfferView } from "../../ipc/backend";
import { called } from "../../state/accounts";
import {
  doorKey,
  fields,
  formOf,
  hasTyped,
  isOffline,
  opensAllInBrowser,
  sharesPassword,
  sideOf,
  type Typed,
} from "../../state/passwords";
import { canBrowse } from "../../state/oauth";
import { useAskingWhosePage, useDoorways, useSignInOffers } from "../../state/queries";
import { say } from "../../words";
import { Tick } from "../setup/Tick";
import { BrowserSignIn } from "./BrowserSignIn";
import { TriedDoors } from "./TriedDoors";
import styles from "./Accounts.module.css";

/** In the place of a server's key: none is signed in to in the browser. */
const PASSWORDS = "passwords";

interface SheetProps {
  account: AccountView;
  onClose: () => void;
}

/**
 * In the browser, where one sign-in there opens both servers; otherwise each server's own way is shown, and the person may choose the
 * other.
 */
export function SignInSheet({ account, onClose }: SheetProps) {
  const { data: doorways, isPending: looking } = useDoorways(account.id);
  const offers = useSignInOffers(account.id, doorways?.map(({ door }) => door) ?? []);
  const isAsking = useAskingWhosePage(account.id);
  /** Which server the browser is asked for, by its key; null: as the account has it. */
  const [chosen, setChosen] = useState<string | null>(null);
  // What stands there first would have the keys.
  if (looking || offers === null) return null;
  const usual = doorways !== undefined && opensAllInBrowser(doorways) ? "incoming" : PASSWORDS;
  const way = chosen ?? usual;
  const doorway = doorways?.find((each) => doorKey(each) === way);
  const offer = offers.get(way) ?? null;
  return (
    <Dialog title={say("signin-title", { email: called(account) })} onClose={onClose}>
      {doorway !== undefined && offer !== null ? (
        <BrowserSignIn
          account={account}
          door={doorway.door}
          host={usual === PASSWORDS || doorway.door.kind === "identity" ? doorway.server.host : null}
          offer={offer}
          onPassword={() => setChosen(PASSWORDS)}
          onClose={onClose}
        />
      ) : (
        <PasswordSignIn
          account={account}
          offers={offers}
          isAsking={isAsking}
          onBrowser={setChosen}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

interface PasswordSignInProps extends SheetProps {
  offers: Map<string, SignInOfferView | null>;
  /** Its domain is just asked whether there is more. */
  isAsking: boolean;
  onBrowser: (key: string) => void;
}

function PasswordSignIn({ account, offers, isAsking, onBrowser, onClose }: PasswordSignInProps) {
  const doorways = useDoorways(account.id).data ?? [];
  const [typed, setTyped] = useState<Typed>({});
  const [separate, setSeparate] = useState(false);
  const [outcome, setOutcome] = useState<SignedIn | null>(null);
  const [busy, setBusy] = useState(false);
  const shared = sharesPassword(doorways);
  const shown = fields(doorways, separate);
  const [first] = shown;
  /** Doors that the browser opens, and for which the person wants to type a password all the same. */
  const [typing, setTyping] = useState<ReadonlySet<string>>(new Set());
  const go = async (untried: boolean) => {
    if (busy || !hasTyped(typed)) return;
    setBusy(true);
    const next = await signInAgain(account, formOf(typed), untried);
    setBusy(false);
    setOutcome(next);
    if (next.kind === "done") onClose();
  };
  // Where one sign-in in the browser opened everything, a password takes the place of it for everything.
  const mixed = !opensAllInBrowser(doorways);
  const isByBrowser = (doorway: DoorwayView) => {
    const ofAnAddress = sideOf(doorway) === null;
    const offered = (offers.get(doorKey(doorway)) ?? null) !== null;
    return (mixed || ofAnAddress) && offered && doorway.provider !== null && !typing.has(doorKey(doorway));
  };
  const hasField = shown.some((doorway) => !isByBrowser(doorway));
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
        {hasField && <p className={styles.intro}>{say("signin-intro")}</p>}
        {shown.map((doorway) => {
          const key = doorKey(doorway);
          const offer = offers.get(key) ?? null;
          if (offer !== null && isByBrowser(doorway)) {
            return (
              <div key={key} className={styles.byBrowser}>
                <p className={styles.intro}>
                  {say("signin-at", { host: doorway.server.host, provider: offer.provider })}
                </p>
                <Button kind="tool" onPress={() => onBrowser(key)}>
                  {say("signin-at-again", { provider: offer.provider })}
                </Button>
                <Button kind="tool" onPress={() => setTyping(new Set([...typing, key]))}>
                  {say("setup-browser-password")}
                </Button>
              </div>
            );
          }
          return (
            <TextField
              key={key}
              label={label(doorway)}
              help={shown.length > 1 ? say("signin-keep-empty") : undefined}
              type="password"
              autoComplete="current-password"
              autoFocus={doorway === first || typing.has(key)}
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
        {!busy &&
          shown.map((doorway) => {
            const key = doorKey(doorway);
            const offer = offers.get(key) ?? null;
            if (typing.has(key) && offer !== null) {
              return (
                <Button
                  key={key}
                  kind="tool"
                  className={styles.other}
                  onPress={() => {
                    setTyping(new Set([...typing].filter((other) => other !== key)));
                    setTyped({ ...typed, [key]: "" });
                    setOutcome(null);
                  }}
                >
                  {say("signin-at-browser", { host: doorway.server.host, provider: offer.provider })}
                </Button>
              );
            }
            const isOpen = doorway.provider !== null && (mixed || sideOf(doorway) === null);
            if (!canBrowse(offer) || isOpen) return null;
            return (
              <Button key={key} kind="tool" className={styles.other} onPress={() => onBrowser(key)}>
                {shown.length === 1
                  ? say("setup-browser-instead")
                  : say("signin-browser-for", { host: doorway.server.host })}
              </Button>
            );
          })}
        <Told
          className={styles.results}
          going={
            (busy || isAsking) && (
              <p className={styles.quiet}>{say(busy ? "signin-doing" : "signin-asking")}</p>
            )
          }
          failed={outcome !== null && outcome.kind !== "done"}
          moment={outcome}
        >
          {outcome?.kind === "tried" && <TriedDoors doors={outcome.doors} />}
          {outcome?.kind === "failed" && (
            <p role="alert" className={styles.danger}>
              {outcome.trouble.sentence}
            </p>
          )}
        </Told>
        <DialogFoot>
          {outcome?.kind === "tried" && isOffline(outcome.doors) && (
            <Button isDisabled={busy} onPress={() => void go(true)}>
              {say("signin-anyway")}
            </Button>
          )}
          <Button onPress={onClose}>{say("cancel")}</Button>
          {hasField && (
            <Button kind="primary" type="submit" isDisabled={busy || !hasTyped(typed)}>
              {say("signin-do")}
            </Button>
          )}
        </DialogFoot>
      </Form>
    </>
  );
}
