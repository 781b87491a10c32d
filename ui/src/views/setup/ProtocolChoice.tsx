// IMAP or POP3, each with what it means for one's mail and the server it would use.
import { Label, RadioButton, RadioField, RadioGroup } from "react-aria-components";
import { usualDoors } from "../../state/ports";
import type { Incoming, SetupState, Which } from "../../state/setup";
import { say } from "../../words";
import styles from "./ProtocolChoice.module.css";

export interface ProtocolChoiceProps {
  state: SetupState;
  change: (step: (state: SetupState) => SetupState) => void;
}

export function ProtocolChoice({ state, change }: ProtocolChoiceProps) {
  const choose = (protocol: string) => change((now) => ({ ...now, protocol: protocol as Incoming }));
  return (
    <RadioGroup
      value={state.protocol}
      onChange={choose}
      orientation="horizontal"
      className={styles.group ?? ""}
    >
      <Label className="visually-hidden">{say("setup-protocol")}</Label>
      {(["imap", "pop3"] as const).map((protocol) => (
        <RadioField key={protocol} value={protocol} className={styles.cell ?? ""}>
          <RadioButton className={styles.choice ?? ""}>
            <strong className={styles.name}>
              <span className={styles.radio} />
              {say(`setup-${protocol}`)}
            </strong>
            <span>{say(`setup-${protocol}-explained`)}</span>
            <code className={styles.server}>{serverLine(state, protocol)}</code>
          </RadioButton>
        </RadioField>
      ))}
    </RadioGroup>
  );
}

/** "imap.nordlicht.example · 993 · TLS", or what would be there. */
export function serverLine(state: SetupState, which: Which): string {
  const server = state.servers[which];
  if (server.host.trim() === "") {
    if (state.search.kind === "done") return say("setup-no-server");
    const doors = usualDoors(which).map((door) => String(door.port));
    return say("setup-usual-ports", { ports: doors.join(" · ") });
  }
  const security =
    server.security === "plain" ? "setup-security-plain-short" : `setup-security-${server.security}`;
  return say("setup-server-line", { host: server.host, port: String(server.port), security: say(security) });
}
