// The server that an account is to go on with, found by its address or typed.
import { Form } from "react-aria-components";
import { Select } from "../../components/Select";
import { TextField } from "../../components/TextField";
import type { RemoteProtocol, ServerView } from "../../ipc/backend";
import { isComplete, withDoor } from "../../state/protocol";
import { say } from "../../words";
import styles from "./Protocol.module.css";

export interface ProtocolServerProps {
  server: ServerView;
  to: RemoteProtocol;
  found: boolean;
  onServer: (server: ServerView) => void;
  onDone: () => Promise<void>;
}

export function ProtocolServer({ server, to, found, onServer, onDone }: ProtocolServerProps) {
  return (
    <Form
      className={styles.server ?? ""}
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete(server)) void onDone();
      }}
    >
      {!found && (
        <p className={styles.across} role="status">
          {say("protocol-not-found", { to: to.toUpperCase() })}
        </p>
      )}
      <TextField
        label={say("setup-host")}
        value={server.host}
        onChange={(host) => onServer({ ...server, host })}
        autoComplete="off"
        spellCheck="false"
        autoFocus
      />
      <TextField
        label={say("setup-port")}
        inputMode="numeric"
        value={server.port === 0 ? "" : String(server.port)}
        onChange={(port) => onServer({ ...server, port: Math.min(65_535, Number(port.replace(/\D/g, ""))) })}
      />
      <Select
        className={styles.across}
        label={say("setup-security")}
        choices={(["tls", "starttls"] as const).map((id) => ({ id, text: say(`setup-security-${id}`) }))}
        value={server.security}
        onChange={(security) => onServer(withDoor(server, to, security))}
      />
      <TextField
        className={styles.across}
        label={say("setup-username")}
        help={say("protocol-password")}
        value={server.username}
        onChange={(username) => onServer({ ...server, username })}
        autoComplete="off"
        spellCheck="false"
      />
      {/* Enter in any field is the way on. */}
      <input type="submit" hidden />
    </Form>
  );
}
