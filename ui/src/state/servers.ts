// The sheet for other servers of an account that is there. Pure: what is asked of the engine is in actions/accounts.ts.
import type { AccountView, RefusedCertificateView, ServersForm, ServerView } from "../ipc/backend";
import { portAfterSecurity, securityAfterPort, type Service } from "./ports";
import { isHost, isPort, withOneMore } from "./setup";

export type Side = "incoming" | "outgoing";

export function serversOf({ incoming, outgoing }: AccountView): ServersForm | null {
  if (incoming === null || outgoing === null) return null;
  return {
    incoming,
    outgoing,
    password: null,
    signedIn: null,
    outgoingPassword: null,
    outgoingSignedIn: null,
    accepted: [],
    allowPlain: false,
  };
}

export function serviceOf(account: AccountView, side: Side): Service {
  if (side === "outgoing") return "smtp";
  return account.protocol === "pop3" ? "pop3" : "imap";
}

/** A server after something of it was changed: port and encryption follow each other. */
export function changed(
  form: ServersForm,
  side: Side,
  service: Service,
  change: Partial<ServerView>,
): ServersForm {
  const before = form[side];
  const after = { ...before, ...change };
  if (change.security !== undefined && change.port === undefined) {
    after.port = portAfterSecurity(service, change.security, before.port);
  } else if (change.port !== undefined && change.security === undefined) {
    after.security = securityAfterPort(service, change.port, before.security);
  }
  return { ...form, [side]: after };
}

export function isPlain(form: ServersForm): boolean {
  return form.incoming.security === "plain" || form.outgoing.security === "plain";
}

/** Whether it can be tried at all: hosts and ports are there, and no encryption was chosen with open eyes. */
export function isReady(form: ServersForm): boolean {
  const whole = [form.incoming, form.outgoing].every((server) => isHost(server.host) && isPort(server.port));
  return whole && (!isPlain(form) || form.allowPlain);
}

export function accepting(form: ServersForm, refused: RefusedCertificateView): ServersForm {
  return { ...form, accepted: withOneMore(form.accepted, refused) };
}

/** What goes to the engine: nothing typed is nothing changed. */
export function finished(form: ServersForm): ServersForm {
  return { ...form, password: form.password || null, outgoingPassword: form.outgoingPassword || null };
}
