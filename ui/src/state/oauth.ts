// Whether the account that is being added signs in in the browser, and with what. Pure.
import type { AccountForm, SignInForm, SignInOfferView, TrialView } from "../ipc/backend";
import { isHost, type SetupState } from "./setup";

/** How the person wants to sign in; null: as the provider has it. */
export type Way = "browser" | "password" | null;

/** What the person has typed of a client id of their own. */
export interface TypedClient {
  id: string;
  secret: string;
}

/** What is known of the provider of the servers that are chosen now. */
export interface KnownOffer {
  key: string;
  offer: SignInOfferView | null;
}

/** The servers that a sign-in would be for; none as long as one of them has no name. */
export function hostsOf(state: SetupState): string[] {
  const hosts = [state.servers[state.protocol].host.trim(), state.servers.smtp.host.trim()];
  return hosts.every(isHost) ? [...new Set(hosts)] : [];
}

export function issuerOf(state: SetupState): string | null {
  return state.search.kind === "done" ? state.search.found.issuer : null;
}

/** What an offer was asked for. */
export function offerKey(state: SetupState): string {
  return JSON.stringify([hostsOf(state), issuerOf(state)]);
}

/** What is offered for the servers that are chosen now. One for other servers does not count. */
export function offerOf(state: SetupState): SignInOfferView | null {
  return state.offer.key === offerKey(state) ? state.offer.offer : null;
}

export function isInBrowser(state: SetupState): boolean {
  const offer = offerOf(state);
  if (offer === null || state.way === "password") return false;
  return offer.ready || state.way === "browser";
}

/** Whether a client id has to be typed before the browser is opened. */
export function wantsClient(state: SetupState): boolean {
  return isInBrowser(state) && offerOf(state)?.ready === false;
}

/** Whether a server is shown what was granted in the browser, and no password. */
export function isShownGrant(state: SetupState, side: "incoming" | "outgoing"): boolean {
  return isInBrowser(state) && (side === "incoming" || !state.separatePassword);
}

/** Whether a server has seen what was granted and does not take it: the browser has to be asked again. */
export function isGrantRefused(state: SetupState, check: TrialView): boolean {
  const sides = ["incoming", "outgoing"] as const;
  return sides.some((side) => isShownGrant(state, side) && check[side].trouble?.kind === "wrongPassword");
}

/** What a sign-in in the browser is begun with: the account as it would be added. */
export function questionOf(state: SetupState, form: AccountForm): SignInForm {
  const usernames = [form.incoming.username, form.outgoing.username];
  return {
    email: form.email,
    usernames: [...new Set(usernames)],
    hosts: hostsOf(state),
    issuer: issuerOf(state),
    client: wantsClient(state) ? clientOf(state.client) : null,
  };
}

export function clientOf({ id, secret }: TypedClient): { id: string; secret: string | null } {
  return { id: id.trim(), secret: secret.trim() || null };
}
