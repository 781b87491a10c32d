// How one signs in: in the browser where the provider and this Waxwing know each other, with a password otherwise. Where the
// provider wants a password made for mail programs, its page and its words stand here.
import { openPage } from "../../actions/setup";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { TextField } from "../../components/TextField";
import { choiceOf, isInBrowser, offerOf, wantsClient, withChoice, type Way } from "../../state/oauth";
import type { Side } from "../../state/servers";
import type { Field } from "../../state/setup";
import { say } from "../../words";
import { ClientFields } from "../accounts/ClientFields";
import type { Setup } from "./useSetup";
import styles from "./SignInWay.module.css";

export interface SignInWayProps {
  setup: Setup;
  /** Which server it is for: both, unless the one that sends has a way of its own. */
  side?: Side;
  word: (field: Field) => string | undefined;
}

const FIELDS = {
  incoming: { password: "password", client: "client", label: "setup-password" },
  outgoing: { password: "outgoingPassword", client: "outgoingClient", label: "setup-outgoing-password" },
} as const;

export function SignInWay({ setup, side = "incoming", word }: SignInWayProps) {
  const { state, change } = setup;
  const offer = offerOf(state, side);
  const fields = FIELDS[side];
  // What was typed for the other way is kept no longer than that.
  const choose = (way: Way) =>
    change((now) => {
      if (way === "browser") return { ...withChoice(now, side, { way }), [fields.password]: "" };
      return withChoice(now, side, { way, client: { ...choiceOf(now, side).client, secret: "" } });
    });
  if (isInBrowser(state, side) && offer !== null) {
    return (
      <section className={styles.way} aria-label={say("setup-browser-way")}>
        <p className={styles.words}>
          <Icon name="lock" />
          {say("setup-browser", { provider: offer.provider })}
        </p>
        {wantsClient(state, side) && (
          <ClientFields
            offer={offer}
            client={choiceOf(state, side).client}
            onClient={(client) => change((now) => withChoice(now, side, { client }))}
            name={fields.client}
            error={word(fields.client)}
          />
        )}
        <Button kind="tool" isDisabled={setup.busy} onPress={() => choose("password")}>
          {say("setup-browser-password")}
        </Button>
      </section>
    );
  }
  const way = offer?.ready === false ? offer.appPassword : null;
  return (
    <>
      <TextField
        className={styles.password}
        label={say(fields.label)}
        name={fields.password}
        type="password"
        autoComplete={side === "incoming" ? "current-password" : "off"}
        isRequired
        value={state[fields.password]}
        onChange={(password) => change((now) => ({ ...now, [fields.password]: password }))}
        error={word(fields.password)}
      />
      {offer !== null && (
        <section className={styles.way} aria-label={say("setup-browser-way")}>
          {way !== null && (
            <p className={styles.words}>
              <Icon name="lock" />
              {way.words}
            </p>
          )}
          <div className={styles.buttons}>
            {way !== null && (
              <Button kind="tool" onPress={() => openPage(way.page)}>
                {say("setup-hint-page", { host: new URL(way.page).host })}
              </Button>
            )}
            {offer.ready ? (
              <Button kind="tool" onPress={() => choose("browser")}>
                {say("setup-browser-instead")}
              </Button>
            ) : (
              offer.ownClient !== null && (
                <Button kind="tool" onPress={() => choose("browser")}>
                  {say("setup-browser-own")}
                </Button>
              )
            )}
          </div>
        </section>
      )}
    </>
  );
}
