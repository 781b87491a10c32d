// One of the two servers in the sheet: name, port, encryption, user name, and how it is signed in to.
import { Select } from "../../components/Select";
import { TextField } from "../../components/TextField";
import type { AccountView, Security, ServersForm, ServerView } from "../../ipc/backend";
import { methodsFor } from "../../state/methods";
import { changed, serviceOf, type Side } from "../../state/servers";
import { isHost, isPort } from "../../state/setup";
import { say } from "../../words";
import { PortField } from "../setup/PortField";
import { ServerSignIn } from "./ServerSignIn";
import type { Grants } from "./useGrants";
import styles from "./Accounts.module.css";

const SECURITIES: Security[] = ["tls", "starttls", "plain"];

const PASSWORD = { incoming: "password", outgoing: "outgoingPassword" } as const;

export interface ServerFieldsProps {
  account: AccountView;
  side: Side;
  form: ServersForm;
  onForm: (form: ServersForm) => void;
  grants: Grants;
}

export function ServerFields({ account, side, form, onForm, grants }: ServerFieldsProps) {
  const service = serviceOf(account, side);
  const server = form[side];
  const put = (part: Partial<ServerView>) => onForm(changed(form, side, service, part));
  return (
    <fieldset className={styles.server}>
      <legend className={styles.legend}>{say(`setup-${side}`)}</legend>
      <TextField
        label={say("setup-host")}
        name={`${side}Host`}
        value={server.host}
        onChange={(host) => put({ host })}
        error={isHost(server.host) ? undefined : say("setup-problem-host")}
        autoComplete="off"
        spellCheck="false"
        autoFocus={side === "incoming"}
      />
      <PortField
        service={service}
        name={`${side}Port`}
        port={server.port}
        onChange={(port) => put({ port, security: server.security })}
        onDone={(port) => put({ port })}
        error={isPort(server.port) ? undefined : say("setup-problem-port")}
      />
      <Select
        className={styles.whole}
        label={say("setup-security")}
        choices={SECURITIES.map((id) => ({ id, text: say(`setup-security-${id}`) }))}
        value={server.security}
        onChange={(security) => put({ security })}
      />
      <TextField
        className={styles.whole}
        label={say("setup-username")}
        name={`${side}User`}
        placeholder={account.email}
        value={server.username}
        onChange={(username) => put({ username })}
        autoComplete="off"
        spellCheck="false"
      />
      <Select
        className={styles.whole}
        label={say("setup-method")}
        choices={methodsFor(service).map((id) => ({ id, text: say(`setup-method-${id}`) }))}
        value={server.authentication}
        onChange={(authentication) => put({ authentication })}
      />
      <ServerSignIn
        label={say("setup-password")}
        help={say("servers-password-known")}
        password={form[PASSWORD[side]] ?? ""}
        onPassword={(password) => onForm({ ...form, [PASSWORD[side]]: password })}
        way={grants.ways[side]}
        onWay={(way) => grants.put(side, way)}
      />
    </fieldset>
  );
}
