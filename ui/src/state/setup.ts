// What a person has typed and chosen while adding an account, and the pure steps from one state to the next. No call
// to the engine is made here (actions/setup.ts does that) and no password outlives the view that holds this state.
import type {
  AcceptedView,
  AccountForm,
  CandidateView,
  DiscoveryView,
  FoundAccountView,
  RefusedCertificateView,
  ServerView,
  TrialView,
  TroubleView,
} from "../ipc/backend";
import { freshChoice, isInBrowser, wantsClient, type SignInChoice } from "./oauth";
import { portAfterSecurity, securityAfterPort, type Service } from "./ports";
import { isAddress } from "./recipients";
import { retentionOf, USUAL_DAYS, type RetentionKind } from "./retention";

export type Incoming = "imap" | "pop3";
export type Which = Incoming | "smtp";

export type Search =
  | { kind: "idle" }
  | { kind: "searching"; email: string }
  | { kind: "done"; email: string; found: DiscoveryView }
  | { kind: "failed"; email: string; trouble: TroubleView };

interface Taken {
  email: string;
  protocol: Incoming;
  incoming: string;
  /** Null where it names none. */
  outgoing: string | null;
}

/** With how one signs in to both servers, or to the one that is read from where the other one has a way of its own. */
export interface SetupState extends SignInChoice {
  name: string;
  email: string;
  password: string;
  /** The server that sends has a way of signing in of its own: a password, or the browser. */
  separatePassword: boolean;
  /** What is known and chosen of that. */
  sending: SignInChoice;
  outgoingPassword: string;
  protocol: Incoming;
  retention: RetentionKind;
  days: number;
  search: Search;
  manual: boolean;
  servers: Record<Which, ServerView>;
  /** Servers that the person has changed: a later discovery leaves them alone. */
  edited: Record<Which, boolean>;
  /** What another program on this computer has named: servers, and for which address. */
  taken: Taken | null;
  allowPlain: boolean;
  /** Hosts that may hear the address though only a redirection leads there. */
  consented: string[];
  /** The domain's own server may hear the whole address. */
  tellAddress: boolean;
  /** Owners of servers for which only DNS vouches, at which the person has looked. */
  looked: string[];
  /** Certificates that the person takes although nobody vouches for them, each at one server. */
  accepted: AcceptedView[];
}

export type Field =
  | "email"
  | "password"
  | "client"
  | "outgoingPassword"
  | "outgoingClient"
  | "days"
  | "incomingHost"
  | "incomingPort"
  | "outgoingHost"
  | "outgoingPort";
export type Problems = Partial<Record<Field, string>>;

export function freshSetup(): SetupState {
  return {
    name: "",
    email: "",
    password: "",
    separatePassword: false,
    outgoingPassword: "",
    protocol: "imap",
    retention: "keep",
    days: USUAL_DAYS,
    search: { kind: "idle" },
    manual: false,
    servers: { imap: blank(993), pop3: blank(995), smtp: blank(465) },
    edited: { imap: false, pop3: false, smtp: false },
    taken: null,
    allowPlain: false,
    consented: [],
    tellAddress: false,
    looked: [],
    accepted: [],
    sending: freshChoice(),
    ...freshChoice(),
  };
}

/** A new address forgets what was found for the old one, and a permission that was given for it. */
export function withEmail(state: SetupState, email: string): SetupState {
  const same = email.trim() === state.email.trim();
  const forgotten = {
    search: { kind: "idle" } as const,
    allowPlain: false,
    consented: [],
    tellAddress: false,
    looked: [],
    accepted: [],
    way: null,
  };
  return { ...state, email, ...(same ? {} : forgotten) };
}

/** Whether it is worth looking for servers: the address looks finished. */
export function searchable(email: string): string | null {
  const address = email.trim();
  const domain = address.slice(address.lastIndexOf("@") + 1);
  return isAddress(address) && /\.[^.]{2,}$/u.test(domain) ? address : null;
}

export function withFound(state: SetupState, email: string, found: DiscoveryView): SetupState {
  if (state.email.trim() !== email) return state;
  const servers = { ...state.servers };
  const candidates: [Which, CandidateView | null][] = [
    ["imap", found.imap],
    ["pop3", found.pop3],
    ["smtp", found.smtp],
  ];
  for (const [which, candidate] of candidates) {
    if (state.edited[which]) continue;
    servers[which] = candidate ? settingsOf(candidate) : blank(DEFAULT_PORT[which]);
  }
  // Where somebody may still be asked, the form would come too early.
  const nothing = !found.imap && !found.pop3 && found.consent === null;
  return {
    ...state,
    servers,
    protocol: !found.imap && found.pop3 ? "pop3" : state.protocol,
    search: { kind: "done", email, found },
    manual: state.manual || (nothing && !isTaken(state)),
  };
}

/** The settings for a server that was found. */
export function settingsOf({ host, port, security, username }: CandidateView): ServerView {
  return { host, port, security, username, authentication: "auto" };
}

/** A server after the person changed something of it: port and encryption follow each other. */
export function withServer(state: SetupState, which: Which, change: Partial<ServerView>): SetupState {
  const before = state.servers[which];
  const after = { ...before, ...change };
  const service: Service = which;
  if (change.security !== undefined && change.port === undefined) {
    after.port = portAfterSecurity(service, change.security, before.port);
  } else if (change.port !== undefined && change.security === undefined) {
    after.security = securityAfterPort(service, change.port, before.security);
  }
  return {
    ...state,
    servers: { ...state.servers, [which]: after },
    edited: { ...state.edited, [which]: true },
  };
}

/** Filled in with what another program on this computer knows of an account. Only its password is missing then. */
export function withFoundAccount(state: SetupState, found: FoundAccountView): SetupState {
  const incoming: Incoming = found.protocol === "pop3" ? "pop3" : "imap";
  return {
    ...withEmail(state, found.email),
    name: found.name || state.name,
    protocol: incoming,
    servers: {
      ...state.servers,
      [incoming]: found.incoming,
      ...(found.outgoing === null ? {} : { smtp: found.outgoing }),
    },
    edited: { ...state.edited, [incoming]: true, smtp: found.outgoing !== null },
    taken: {
      email: found.email.trim(),
      protocol: incoming,
      incoming: found.incoming.host.trim(),
      outgoing: found.outgoing?.host.trim() ?? null,
    },
  };
}

/** Whether the servers are those that another program has named: nobody's who was asked, and none that was typed since. */
export function isTaken({ taken, email, protocol, servers }: SetupState): boolean {
  return (
    taken !== null &&
    taken.email === email.trim() &&
    taken.protocol === protocol &&
    taken.incoming === servers[protocol].host.trim() &&
    (taken.outgoing === null || taken.outgoing === servers.smtp.host.trim())
  );
}

/** Both servers know the person, and the one that sends takes no letters from this address. */
export function isMute({ incoming, outgoing }: TrialView): boolean {
  return incoming.trouble === null && outgoing.signedIn && outgoing.trouble !== null;
}

/** The person takes this certificate at its server, and no other one there. */
export function withAccepted(state: SetupState, refused: RefusedCertificateView): SetupState {
  return { ...state, accepted: withOneMore(state.accepted, refused) };
}

export function withOneMore(accepted: AcceptedView[], refused: RefusedCertificateView): AcceptedView[] {
  const { host, port, flaw, certificate } = refused;
  const others = accepted.filter((each) => each.host !== host || each.port !== port);
  return [...others, { host, port, flaw, fingerprint: certificate.fingerprint }];
}

/** Whether the chosen servers would be spoken to without encryption. */
export function speaksPlainly(state: SetupState): boolean {
  return state.servers[state.protocol].security === "plain" || state.servers.smtp.security === "plain";
}

/** The address is whole and its servers are not looked for yet, or are being looked for just now. */
export function stillToFind(state: SetupState): boolean {
  const { kind } = state.search;
  return searchable(state.email) !== null && (kind === "idle" || kind === "searching");
}

/**
 * What is still wrong in the form: a field and the word that says how to mend it. That a server has no name is nobody's
 * fault while the form for it is shut and nothing was looked for.
 */
export function problemsIn(state: SetupState): Problems {
  const problems: Problems = {};
  if (!isAddress(state.email.trim())) problems.email = "setup-problem-email";
  if (wantsClient(state) && state.client.id.trim() === "") problems.client = "setup-problem-client";
  if (!isInBrowser(state) && state.password === "") problems.password = "setup-problem-password";
  if (wantsClient(state, "outgoing") && state.sending.client.id.trim() === "") {
    problems.outgoingClient = "setup-problem-client";
  }
  if (state.separatePassword && !isInBrowser(state, "outgoing") && state.outgoingPassword === "") {
    problems.outgoingPassword = "setup-problem-password";
  }
  const days = state.days;
  if (state.protocol === "pop3" && state.retention === "remove-after-days" && !(days >= 1 && days <= 3650)) {
    problems.days = "setup-problem-days";
  }
  if (!state.manual && (state.search.kind === "idle" || state.search.kind === "searching")) return problems;
  const incoming = state.servers[state.protocol];
  if (!isHost(incoming.host)) problems.incomingHost = "setup-problem-host";
  if (!isPort(incoming.port)) problems.incomingPort = "setup-problem-port";
  if (!isHost(state.servers.smtp.host)) problems.outgoingHost = "setup-problem-host";
  if (!isPort(state.servers.smtp.port)) problems.outgoingPort = "setup-problem-port";
  return problems;
}

/**
 * What is shown while somebody types: what is wrong in fields that they have left, and at once what no further key could
 * make right. An empty field is nobody's mistake before Add is pressed.
 */
export function problemsWhileTyping(state: SetupState, touched: ReadonlySet<Field>): Problems {
  const all = problemsIn({ ...state, manual: true });
  const texts = textsOf(state);
  const shown = (Object.keys(all) as Field[]).filter((field) => {
    const text = texts[field];
    return text !== undefined && text !== "" && (touched.has(field) || isBeyondHope(field, text));
  });
  return Object.fromEntries(shown.map((field) => [field, all[field]]));
}

function textsOf(state: SetupState): Partial<Record<Field, string>> {
  const incoming = state.servers[state.protocol];
  const outgoing = state.servers.smtp;
  const port = (number: number) => (number === 0 ? "" : String(number));
  return {
    email: state.email.trim(),
    incomingHost: incoming.host.trim(),
    incomingPort: port(incoming.port),
    outgoingHost: outgoing.host.trim(),
    outgoingPort: port(outgoing.port),
  };
}

function isBeyondHope(field: Field, text: string): boolean {
  if (field === "email") return /^@|@.*@|[\s,;]/u.test(text) && !text.startsWith('"');
  if (field === "incomingPort" || field === "outgoingPort") return Number(text) > 65535;
  return /[^\p{L}\p{M}\p{N}._:-]|\.\.|^[.-]/u.test(text);
}

/** Problems that can only be mended in the manual form. */
export function needsManual(problems: Problems): boolean {
  const manual = [
    "incomingHost",
    "incomingPort",
    "outgoingHost",
    "outgoingPort",
    "outgoingPassword",
    "outgoingClient",
  ];
  return manual.some((field) => field in problems);
}

export function formOf(state: SetupState): AccountForm {
  return {
    name: state.name.trim(),
    email: state.email.trim(),
    password: isInBrowser(state) ? "" : state.password,
    signedIn: null,
    outgoingPassword:
      state.separatePassword && !isInBrowser(state, "outgoing") ? state.outgoingPassword : null,
    outgoingSignedIn: null,
    protocol: state.protocol,
    incoming: finished(state.servers[state.protocol], state.email),
    outgoing: finished(state.servers.smtp, state.email),
    retention: retentionOf(state.protocol === "pop3" ? state.retention : "keep", state.days),
    allowPlain: state.allowPlain,
    accepted: state.accepted,
  };
}

// An empty user name stands for the address, which is what most providers want.
function finished(server: ServerView, email: string): ServerView {
  return { ...server, host: server.host.trim(), username: server.username.trim() || email.trim() };
}

export function isHost(host: string): boolean {
  return /^(?:[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}])?)(?:\.[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?)*\.?$|^[0-9a-f:]+:[0-9a-f:.]*$/iu.test(
    host.trim(),
  );
}

export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}

function blank(port: number): ServerView {
  return { host: "", port, security: "tls", username: "", authentication: "auto" };
}

const DEFAULT_PORT: Record<Which, number> = { imap: 993, pop3: 995, smtp: 465 };
