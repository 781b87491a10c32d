// How one of the servers in the sheet is signed in to: with what is known, with a password that is typed, or in the browser.
import { useState } from "react";
import { openPage } from "../../actions/setup";
import { Button } from "../../components/Button";
import { TextField } from "../../components/TextField";
import type { ServersForm } from "../../ipc/backend";
import { canBrowse } from "../../state/oauth";
import type { Side } from "../../state/servers";
import { say } from "../../words";
import type { Grants } from "./useGrants";
import styles from "./Accounts.module.css";

export interface ServerSignInProps {
  side: Side;
  form: ServersForm;
  onForm: (form: ServersForm) => void;
  grants: Grants;
}

export function ServerSignIn({ side, form, onForm, grants }: ServerSignInProps) {
  const { offer, inBrowser, client } = grants.ways[side];
  /** Whoever comes back from the browser types next. */
  const [back, setBack] = useState(false);
  const field = side === "incoming" ? "password" : "outgoingPassword";
  if (inBrowser && offer !== null) {
    const page = offer.ownClient;
    return (
      <div className={styles.whole}>
        <p className={styles.intro}>{say("servers-browser", { provider: offer.provider })}</p>
        {!offer.ready && (
          <div className={styles.form}>
            {page !== null && (
              <Button kind="tool" className={styles.other} onPress={() => openPage(page)}>
                {say("setup-client-page", { host: new URL(page).host })}
              </Button>
            )}
            <TextField
              label={say("setup-client-id")}
              autoComplete="off"
              value={client.id}
              onChange={(id) => grants.put(side, { client: { ...client, id } })}
            />
            <TextField
              label={say("setup-client-secret")}
              help={say("setup-client-secret-hint")}
              type="password"
              autoComplete="off"
              value={client.secret}
              onChange={(secret) => grants.put(side, { client: { ...client, secret } })}
            />
          </div>
        )}
        <Button
          kind="tool"
          className={styles.other}
          onPress={() => {
            setBack(true);
            grants.put(side, { inBrowser: false, client: { ...client, secret: "" } });
          }}
        >
          {say("setup-browser-password")}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.whole}>
      <TextField
        label={say("setup-password")}
        help={say("servers-password-known")}
        type="password"
        autoComplete="off"
        autoFocus={back}
        value={form[field] ?? ""}
        onChange={(password) => onForm({ ...form, [field]: password })}
      />
      {canBrowse(offer) && (
        <Button
          kind="tool"
          className={styles.other}
          onPress={() => {
            onForm({ ...form, [field]: null });
            grants.put(side, { inBrowser: true });
          }}
        >
          {say("setup-browser-instead")}
        </Button>
      )}
    </div>
  );
}
