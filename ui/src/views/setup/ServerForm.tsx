// One server: name, port, encryption, user name, sign-in method. Port and encryption follow each other.
import { Button } from "../../components/Button";
import { Select } from "../../components/Select";
import { TextField } from "../../components/TextField";
import type { Security, ServerView } from "../../ipc/backend";
import { methodsFor } from "../../state/methods";
import { isHost, withServer, type Which } from "../../state/setup";
import { say } from "../../words";
import { PortField } from "./PortField";
import type { Setup } from "./useSetup";
import styles from "./Manual.module.css";

const SECURITIES: Security[] = ["tls", "starttls", "plain"];
export function ServerForm({ setup, side }: { setup: Setup; side: "incoming" | "outgoing" }) {
  const { state, change, problems } = setup;
  const which: Which = side === "incoming" ? state.protocol : "smtp";
  const server = state.servers[which];
  const put = (part: Partial<ServerView>) => change((now) => withServer(now, which, part));
  const host = problems[`${side}Host`];
  const port = problems[`${side}Port`];
  const setSecurity = (security: Security) => {
    // No encryption is never a simple pick from a list.
    if (security === "plain" && !state.allowPlain) setup.askPlain(true, which);
    else put({ security });
  };
  return (
    <fieldset className={styles.server}>
      <legend className={styles.legend}>{say(`setup-${side}`)}</legend>
      <TextField
        label={say("setup-host")}
        name={`${side}Host`}
        placeholder={`${which === "pop3" ? "pop" : which}.nordlicht.example`}
        value={server.host}
        onChange={(text) => put({ host: text })}
        error={host ? say(host) : undefined}
        onBlur={() => setup.touch(`${side}Host`)}
        autoComplete="off"
        spellCheck="false"
      />
      <PortField
        service={which}
        name={`${side}Port`}
        port={server.port}
        onChange={(number) => put({ port: number, security: server.security })}
        onDone={(number) => put({ port: number })}
        onLeave={() => setup.touch(`${side}Port`)}
        error={port ? say(port) : undefined}
      />
      {isHost(server.host) && server.port === 0 && (
        <Button
          kind="tool"
          className={styles.whole}
          isDisabled={setup.detecting !== null}
          onPress={() => setup.detect(which)}
        >
          {say(setup.detecting === which ? "setup-detecting" : "setup-detect")}
        </Button>
      )}
      <Select
        className={styles.whole}
        label={say("setup-security")}
        choices={SECURITIES.map((id) => ({ id, text: say(`setup-security-${id}`) }))}
        value={server.security}
        onChange={setSecurity}
      />
      <TextField
        className={styles.whole}
        label={say("setup-username")}
        name={`${side}User`}
        placeholder={state.email.trim() || say("setup-username-hint")}
        value={server.username}
        onChange={(username) => put({ username })}
        autoComplete="off"
        spellCheck="false"
      />
      <div className={styles.whole} data-method={side}>
        <Select
          label={say("setup-method")}
          choices={methodsFor(which).map((id) => ({ id, text: say(`setup-method-${id}`) }))}
          value={server.authentication}
          onChange={(authentication) => put({ authentication })}
        />
      </div>
    </fieldset>
  );
}
