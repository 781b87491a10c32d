// What can be read from the answer to the search for servers: whose the servers are, what has to be looked at, what the
// provider wants, and which blanks of the form can be found out.
import type { CandidateView, DiscoveryView, HintView } from "../ipc/backend";
import { isHost, type SetupState, type Which } from "./setup";

/** A host in two parts: what stands before, and what somebody has registered. */
export interface HostParts {
  before: string;
  registered: string;
}

/** A server by its name. */
export interface NamedServer {
  host: string;
  registered: string | null;
}

/** Services whose server is used as it was found. */
export function foundServer(state: SetupState, which: Which): CandidateView | null {
  if (state.search.kind !== "done") return null;
  const candidate = state.search.found[which];
  return candidate !== null && candidate.host === state.servers[which].host.trim() ? candidate : null;
}

export function hostParts(host: string, registered: string | null): HostParts {
  if (registered === null || !host.endsWith(registered)) return { before: host, registered: "" };
  return { before: host.slice(0, host.length - registered.length), registered };
}

/** Servers that only DNS names and that are not the address's own. */
function strangeServers(state: SetupState): CandidateView[] {
  return [state.protocol, "smtp" as const]
    .map((which) => foundServer(state, which))
    .filter((server) => server !== null)
    .filter(({ outside, vouched }) => outside && !vouched);
}

/** Whose they are. */
export function strangeOwners(state: SetupState): string[] {
  return ownersOf(strangeServers(state));
}

/** Those at whose owners the person has not looked yet. */
export function serversToLookAt(state: SetupState): CandidateView[] {
  return strangeServers(state).filter((server) => !state.looked.includes(ownerOf(server)));
}

/** The person has looked at the names, and knows whose they are. */
export function withLook(state: SetupState): SetupState {
  return { ...state, looked: [...state.looked, ...ownersOf(serversToLookAt(state))] };
}

export function ownersOf(servers: NamedServer[]): string[] {
  return [...new Set(servers.map(ownerOf))];
}

function ownerOf({ host, registered }: NamedServer): string {
  return registered ?? host;
}

/** What the person should know about the provider before typing a password. */
export function hintOf(state: SetupState): HintView | null {
  if (state.search.kind !== "done") return null;
  const { hint } = state.search.found;
  const server = foundServer(state, state.protocol);
  return server !== null && !server.takesPasswords && hint !== "no-door" ? "no-passwords" : hint;
}

/** Why the protocol is chosen that is chosen by itself; null where it is the person's own choice, or nothing is known yet. */
export function whyChosen(state: SetupState): "imap" | "imap-only" | "pop3-only" | null {
  if (state.search.kind !== "done") return null;
  const { imap, pop3 } = state.search.found;
  if (imap !== null && state.protocol === "imap") return pop3 === null ? "imap-only" : "imap";
  return imap === null && pop3 !== null && state.protocol === "pop3" ? "pop3-only" : null;
}

/** What the search names in the place of the servers that are in the form. */
export function otherHosts(state: SetupState): string[] {
  if (state.search.kind !== "done") return [];
  const { found } = state.search;
  const others = [state.protocol, "smtp" as const]
    .filter((which) => foundServer(state, which) === null)
    .map((which) => found[which]?.host);
  return [...new Set(others.filter((host) => host !== undefined))];
}

/** Whether the domain's own server, asked with the whole address, might know what nobody has published. */
export function mayTellMore(state: SetupState, found: DiscoveryView): boolean {
  return !state.tellAddress && found.how.kind === "nothing" && found.consent === null;
}

/** Servers that have a name and no port: what is behind the name can be found out. */
export function blanksIn(state: SetupState): Which[] {
  return [state.protocol, "smtp" as const].filter(
    (which) => isHost(state.servers[which].host) && state.servers[which].port === 0,
  );
}

/** The blanks of a server filled in. What the person has typed stays. */
export function withKnocked(state: SetupState, which: Which, found: CandidateView): SetupState {
  const server = state.servers[which];
  if (server.host.trim() !== found.host) return state;
  const filled = {
    ...server,
    port: found.port,
    security: found.security,
    username: server.username.trim() || found.username,
  };
  return {
    ...state,
    servers: { ...state.servers, [which]: filled },
    edited: { ...state.edited, [which]: true },
  };
}
