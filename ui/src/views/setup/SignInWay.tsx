// How one signs in: in the browser where the provider and this Waxwing know each other, with a password otherwise. Where the
// provider wants a password made for mail programs, its page and its words stand here.
import { openPage } from "../../actions/setup";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { TextField } from "../../components/TextField";
import { isInBrowser, offerOf, wantsClient, type Way } from "../../state/oauth";
import { say } from "../../words";
import type { Setup } from "./useSetup";
import styles from "./SignInWay.module.css";

export function SignInWay({
  setup,
  word,
}: {
  setup: Setup;
  word: (field: "password" | "client") => string | undefined;
}) {
  const { state, change } = setup;
  const offer = offerOf(state);
  const choose = (way: Way) => change((now) => ({ ...now, way }));
  if (isInBrowser(state) && offer !== null) {
    return (
      <section className={styles.way} aria-label={say("setup-browser-way")}>
        <p className={styles.words}>
          <Icon name="lock" />
          {say("setup-browser", { provider: offer.provider })}
        </p>
        {wantsClient(state) && <Client setup={setup} page={offer.ownClient} error={word("client")} />}
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
        label={say("setup-password")}
        name="password"
        type="password"
        autoComplete="current-password"
        isRequired
        value={state.password}
        onChange={(password) => change((now) => ({ ...now, password }))}
        error={word("password")}
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

function Client({ setup, page, error }: { setup: Setup; page: string | null; error: string | undefined }) {
  const { state, change } = setup;
  const offer = offerOf(state);
  const type = (typed: Partial<typeof state.client>) =>
    change((now) => ({ ...now, client: { ...now.client, ...typed } }));
  return (
    <>
      <p className={styles.words}>{say("setup-browser-client", { provider: offer?.provider ?? "" })}</p>
      {page !== null && (
        <Button kind="tool" onPress={() => openPage(page)}>
          {say("setup-client-page", { host: new URL(page).host })}
        </Button>
      )}
      <div className={styles.two}>
        <TextField
          label={say("setup-client-id")}
          name="client"
          isRequired
          autoComplete="off"
          value={state.client.id}
          onChange={(id) => type({ id })}
          error={error}
        />
        <TextField
          label={say("setup-client-secret")}
          help={say("setup-client-secret-hint")}
          name="clientSecret"
          type="password"
          autoComplete="off"
          value={state.client.secret}
          onChange={(secret) => type({ secret })}
        />
      </div>
    </>
  );
}
