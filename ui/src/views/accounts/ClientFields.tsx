// A client id of the person's own, where this Waxwing has none that the provider knows: the page on which one is made, and what is
// shown there.
import { openPage } from "../../actions/setup";
import { Button } from "../../components/Button";
import { TextField } from "../../components/TextField";
import type { SignInOfferView } from "../../ipc/backend";
import type { TypedClient } from "../../state/oauth";
import { say } from "../../words";
import styles from "./ClientFields.module.css";

export interface ClientFieldsProps {
  offer: SignInOfferView;
  client: TypedClient;
  onClient: (client: TypedClient) => void;
  /** Where the field stands in a form that looks for it by its name. */
  name?: string;
  error?: string | undefined;
}

export function ClientFields({ offer, client, onClient, name, error }: ClientFieldsProps) {
  const page = offer.ownClient;
  return (
    <>
      <p className={styles.words}>{say("setup-browser-client", { provider: offer.provider })}</p>
      {page !== null && (
        <Button kind="tool" className={styles.page} onPress={() => openPage(page)}>
          {say("setup-client-page", { host: new URL(page).host })}
        </Button>
      )}
      <div className={styles.two}>
        <TextField
          label={say("setup-client-id")}
          {...(name === undefined ? {} : { name })}
          isRequired
          validationBehavior="aria"
          autoComplete="off"
          value={client.id}
          onChange={(id) => onClient({ ...client, id })}
          error={error}
        />
        <TextField
          label={say("setup-client-secret")}
          help={say("setup-client-secret-hint")}
          {...(name === undefined ? {} : { name: `${name}Secret` })}
          type="password"
          autoComplete="off"
          value={client.secret}
          onChange={(secret) => onClient({ ...client, secret })}
        />
      </div>
    </>
  );
}
