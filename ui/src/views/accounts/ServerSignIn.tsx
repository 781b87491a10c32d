// How a server in a sheet is signed in to: with what is known, with a password that is typed, or in the browser.
import { useState } from "react";
import { Button } from "../../components/Button";
import { TextField } from "../../components/TextField";
import { canBrowse } from "../../state/oauth";
import { say } from "../../words";
import { ClientFields } from "./ClientFields";
import type { ServerWay } from "./useGrants";
import styles from "./Accounts.module.css";

export interface ServerSignInProps {
  label: string;
  help: string | undefined;
  password: string;
  /** Null where none is wanted any more. */
  onPassword: (password: string | null) => void;
  way: ServerWay;
  onWay: (way: Partial<ServerWay>) => void;
}

export function ServerSignIn({ label, help, password, onPassword, way, onWay }: ServerSignInProps) {
  const { offer, inBrowser, client } = way;
  /** Whoever comes back from the browser types next. */
  const [back, setBack] = useState(false);
  if (inBrowser && offer !== null) {
    return (
      <div className={styles.whole}>
        <p className={styles.intro}>{say("servers-browser", { provider: offer.provider })}</p>
        {!offer.ready && (
          <div className={styles.form}>
            <ClientFields offer={offer} client={client} onClient={(typed) => onWay({ client: typed })} />
          </div>
        )}
        <Button
          kind="tool"
          className={styles.other}
          onPress={() => {
            setBack(true);
            onWay({ inBrowser: false, client: { ...client, secret: "" } });
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
        label={label}
        help={help}
        type="password"
        autoComplete="off"
        autoFocus={back}
        value={password}
        onChange={onPassword}
      />
      {canBrowse(offer) && (
        <Button
          kind="tool"
          className={styles.other}
          onPress={() => {
            onPassword(null);
            onWay({ inBrowser: true });
          }}
        >
          {say("setup-browser-instead")}
        </Button>
      )}
    </div>
  );
}
