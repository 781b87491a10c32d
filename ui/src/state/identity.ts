// One identity as the sheet writes it. Pure: what is asked of the engine is in actions/identities.ts.
import type {
  IdentityForm,
  IdentityView,
  RefusedCertificateView,
  Security,
  ServerView,
} from "../ipc/backend";
import { isHost, isPort, withOneMore } from "./setup";

/** What the sheet starts with: the identity that is there, or an empty one with the person's name. */
export function formOf(identity: IdentityView | null, name: string): IdentityForm {
  return {
    email: identity?.email ?? "",
    name: identity?.name ?? name,
    replyTo: identity?.replyTo ?? "",
    signature: textOf(identity?.signature ?? ""),
    outgoing: identity?.outgoing ?? null,
    password: null,
    signedIn: null,
    accepted: [],
    allowPlain: false,
  };
}

/** What goes to the engine: the signature as HTML. */
export function kept(form: IdentityForm): IdentityForm {
  return {
    ...form,
    signature: htmlOf(form.signature),
    password: form.outgoing === null || form.password === "" ? null : form.password,
  };
}

/** The person takes this certificate at the server of this address. */
export function accepting(form: IdentityForm, refused: RefusedCertificateView): IdentityForm {
  return { ...form, accepted: withOneMore(form.accepted, refused) };
}

/** Whether its own server can be tried. */
export function isTriable({ outgoing }: IdentityForm): boolean {
  return outgoing !== null && isHost(outgoing.host) && isPort(outgoing.port);
}

/** A server of one's own, as it is usually reached. */
export function newServer(username: string): ServerView {
  return { host: "", port: 465, security: "tls", username, authentication: "auto" };
}

const PORTS: Record<Security, number> = { tls: 465, starttls: 587, plain: 25 };

/** Encryption and port go together, unless the port is one's own. */
export function withSecurity(server: ServerView, security: Security): ServerView {
  const usual = server.port === PORTS[server.security];
  return { ...server, security, port: usual ? PORTS[security] : server.port };
}

function htmlOf(text: string): string {
  const escaped = text.trim().replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  return escaped.replace(/\r?\n/g, "<br>");
}

function textOf(html: string): string {
  const inert = new DOMParser().parseFromString(html.replace(/<br\s*\/?>/gi, "\n"), "text/html");
  return inert.body.textContent;
}
