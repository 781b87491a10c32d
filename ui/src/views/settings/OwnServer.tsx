// A server that one address has for itself: where letters leave, as whom, and how they are kept from others' eyes.
import { Select } from "../../components/Select";
import { TextField } from "../../components/TextField";
import type { ServerView } from "../../ipc/backend";
import { withSecurity } from "../../state/identity";
import { isHost } from "../../state/setup";
import { say } from "../../words";
import { ServerSignIn } from "../accounts/ServerSignIn";
import type { ServerWay } from "../accounts/useGrants";
import styles from "./Identities.module.css";

export interface OwnServerProps {
  server: ServerView;
  password: string;
  isKnown: boolean;
  onServer: (server: ServerView) => void;
  onPassword: (password: string | null) => void;
  way: ServerWay;
  onWay: (way: Partial<ServerWay>) => void;
}

export function OwnServer({ server, password, isKnown, onServer, onPassword, way, onWay }: OwnServerProps) {
  return (
    <div className={styles.server}>
      <TextField
        label={say("setup-host")}
        value={server.host}
        error={server.host === "" || isHost(server.host) ? undefined : say("setup-problem-host")}
        onChange={(host) => onServer({ ...server, host })}
      />
      <TextField
        label={say("setup-port")}
        inputMode="numeric"
        value={server.port === 0 ? "" : String(server.port)}
        onChange={(port) => onServer({ ...server, port: Math.min(65_535, Number(port.replace(/\D/g, ""))) })}
      />
      <Select
        label={say("setup-security")}
        choices={(["tls", "starttls"] as const).map((id) => ({ id, text: say(`setup-security-${id}`) }))}
        value={server.security}
        onChange={(security) => onServer(withSecurity(server, security))}
      />
      <TextField
        label={say("setup-username")}
        value={server.username}
        onChange={(username) => onServer({ ...server, username })}
      />
      <ServerSignIn
        label={say("identity-password")}
        help={isKnown ? say("identity-password-known") : undefined}
        password={password}
        onPassword={onPassword}
        way={way}
        onWay={onWay}
      />
    </div>
  );
}
