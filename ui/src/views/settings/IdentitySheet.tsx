// One identity: its address and name, where answers go, what stands under its letters, and its own way out.
import { useState } from "react";
import { Form, Label, TextArea, TextField as AriaTextField } from "react-aria-components";
import { keepIdentity } from "../../actions/identities";
import { Button } from "../../components/Button";
import { Dialog, DialogFoot } from "../../components/Dialog";
import { Select } from "../../components/Select";
import { TextField } from "../../components/TextField";
import type { AccountView, IdentityForm, IdentityView, ServerView } from "../../ipc/backend";
import { formOf, kept, newServer, withSecurity } from "../../state/identity";
import { say } from "../../words";
import field from "../../components/TextField.module.css";
import styles from "./Identities.module.css";

export interface IdentitySheetProps {
  account: AccountView;
  identity: IdentityView | null;
  onClose: () => void;
}

export function IdentitySheet({ account, identity, onClose }: IdentitySheetProps) {
  const [form, setForm] = useState<IdentityForm>(() => formOf(identity, account.name));
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const put = (part: Partial<IdentityForm>) => setForm({ ...form, ...part });
  const keep = async () => {
    setBusy(true);
    const problem = await keepIdentity(account.id, identity?.id ?? null, kept(form));
    setBusy(false);
    setTrouble(problem);
    if (problem === null) onClose();
  };
  return (
    <Dialog title={say(identity ? "identity-title" : "identity-title-new")} onClose={onClose}>
      <Form
        className={styles.form ?? ""}
        onSubmit={(event) => {
          event.preventDefault();
          void keep();
        }}
      >
        <TextField
          label={say("identity-email")}
          inputMode="email"
          value={form.email}
          onChange={(email) => put({ email })}
          autoFocus
        />
        <TextField label={say("identity-name")} value={form.name} onChange={(name) => put({ name })} />
        <TextField
          label={say("identity-reply-to")}
          help={say("identity-reply-to-help")}
          value={form.replyTo}
          onChange={(replyTo) => put({ replyTo })}
        />
        <AriaTextField
          className={field.field ?? ""}
          value={form.signature}
          onChange={(signature) => put({ signature })}
        >
          <Label className={field.label ?? ""}>{say("identity-signature")}</Label>
          <span className={field.box}>
            <TextArea className={field.input ?? ""} rows={3} />
          </span>
        </AriaTextField>
        {account.outgoing !== null && (
          <Select
            label={say("identity-outgoing")}
            choices={[
              { id: "account", text: say("identity-outgoing-account", { host: account.outgoing.host }) },
              { id: "own", text: say("identity-outgoing-own") },
            ]}
            value={form.outgoing === null ? "account" : "own"}
            onChange={(way) => put({ outgoing: way === "own" ? newServer(form.email) : null })}
          />
        )}
        {form.outgoing !== null && (
          <OwnServer
            server={form.outgoing}
            password={form.password ?? ""}
            isKnown={identity?.outgoing != null}
            onServer={(outgoing) => put({ outgoing })}
            onPassword={(password) => put({ password })}
          />
        )}
        {trouble !== null && (
          <p role="alert" className={styles.trouble}>
            {trouble}
          </p>
        )}
        <DialogFoot>
          <Button onPress={onClose}>{say("cancel")}</Button>
          <Button kind="primary" type="submit" isDisabled={busy}>
            {say(busy ? "identity-keeping" : "identity-keep")}
          </Button>
        </DialogFoot>
      </Form>
    </Dialog>
  );
}

interface OwnServerProps {
  server: ServerView;
  password: string;
  isKnown: boolean;
  onServer: (server: ServerView) => void;
  onPassword: (password: string) => void;
}

function OwnServer({ server, password, isKnown, onServer, onPassword }: OwnServerProps) {
  return (
    <div className={styles.server}>
      <TextField
        label={say("setup-host")}
        value={server.host}
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
      <TextField
        label={say("identity-password")}
        help={isKnown ? say("identity-password-known") : undefined}
        type="password"
        value={password}
        onChange={onPassword}
      />
    </div>
  );
}
