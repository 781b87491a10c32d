// Whether the account that is being added signs in in the browser, and with what: for both of its servers at once, or for the one that
// sends by itself where that has a way of its own. Pure.
import type { AccountForm, ServersForm, SignInForm, SignInOfferView, TrialView } from "../ipc/backend";
import type { Side } from "./servers";
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

/** How one signs in: whose page there is, what the person has chosen, and what they have typed for it. */
export interface SignInChoice {
  offer: KnownOffer;
  way: Way;
  client: TypedClient;
}

export function freshChoice(): SignInChoice {
  return { offer: { key: "", offer: null }, way: null, client: { id: "", secret: "" } };
}

export function choiceOf(state: SetupState, side: Side): SignInChoice {
  return side === "incoming" ? state : state.sending;
}

export function withChoice(state: SetupState, side: Side, choice: Partial<SignInChoice>): SetupState {
  return side === "incoming"
    ? { ...state, ...choice }
    : { ...state, sending: { ...state.sending, ...choice } };
}

/** Whether the browser can be opened: at once, or with a client id of the person's own. */
export function canBrowse(offer: SignInOfferView | null): offer is SignInOfferView {
  return offer !== null && (offer.ready || offer.ownClient !== null);
}

/** The servers that a sign-in would be for; none as long as one of them has no name. */
export function hostsOf(state: SetupState, side: Side = "incoming"): string[] {
  const read = state.servers[state.protocol].host.trim();
  const sent = state.servers.smtp.host.trim();
  const hosts = state.separatePassword ? [side === "incoming" ? read : sent] : [read, sent];
  return hosts.every(isHost) ? [...new Set(hosts)] : [];
}

export function issuerOf(state: SetupState): string | null {
  return state.search.kind === "done" ? state.search.found.issuer : null;
}

/** What an offer was asked for. */
export function offerKey(state: SetupState, side: Side = "incoming"): string {
  return JSON.stringify([hostsOf(state, side), issuerOf(state)]);
}

/** What is offered for the servers that are chosen now. One for other servers does not count. */
export function offerOf(state: SetupState, side: Side = "incoming"): SignInOfferView | null {
  const { key, offer } = choiceOf(state, side).offer;
  return key === offerKey(state, side) ? offer : null;
}

/** Of the server that sends, where it has a way of its own. */
export function isInBrowser(state: SetupState, side: Side = "incoming"): boolean {
  if (side === "outgoing" && !state.separatePassword) return false;
  const offer = offerOf(state, side);
  const { way } = choiceOf(state, side);
  if (offer === null || way === "password") return false;
  return offer.ready || way === "browser";
}

/** Whether a client id has to be typed before the browser is opened. */
export function wantsClient(state: SetupState, side: Side = "incoming"): boolean {
  return isInBrowser(state, side) && offerOf(state, side)?.ready === false;
}

/** Whether a server is shown what was granted in the browser, and no password. */
export function isShownGrant(state: SetupState, side: Side): boolean {
  return isInBrowser(state, side === "outgoing" && state.separatePassword ? "outgoing" : "incoming");
}

/** Whether a server has seen what was granted and does not take it: the browser has to be asked again. */
export function isGrantRefused(state: SetupState, check: TrialView): boolean {
  return isRefused(check, (side) => isShownGrant(state, side));
}

/** Likewise for other servers of an account that is there. One sign-in may be for both. */
export function isMoveRefused(form: ServersForm, trial: TrialView): boolean {
  const both = form.signedIn !== null && !form.outgoingPassword && form.outgoingSignedIn === null;
  return isRefused(trial, (side) =>
    side === "incoming" ? form.signedIn !== null : form.outgoingSignedIn !== null || both,
  );
}

function isRefused(trial: TrialView, isShown: (side: Side) => boolean): boolean {
  const sides = ["incoming", "outgoing"] as const;
  const refused = (side: Side) => ["wrongPassword", "signInEnded"].includes(trial[side].trouble?.kind ?? "");
  return sides.some((side) => isShown(side) && refused(side));
}

/** What was asked, as that by which the answer is found again. No secret is in it. */
export function keyOf({ client, ...question }: SignInForm): string {
  return JSON.stringify({
    ...question,
    client: client?.id ?? null,
    secret: (client?.secret ?? null) !== null,
  });
}

/** What a sign-in in the browser is begun with: the account as it would be added. */
export function questionOf(state: SetupState, form: AccountForm, side: Side = "incoming"): SignInForm {
  const { client } = choiceOf(state, side);
  const apart = state.separatePassword;
  const servers = apart ? [form[side]] : [form.incoming, form.outgoing];
  const usernames = servers.map(({ username }) => username);
  return {
    email: side === "outgoing" ? personAt(form.outgoing.username, form.email) : form.email,
    usernames: [...new Set(usernames)],
    hosts: hostsOf(state, side),
    issuer: issuerOf(state),
    client: wantsClient(state, side) ? clientOf(client) : null,
  };
}

/** As whom one signs in at the provider of the server that sends: there the person may have another address. */
export function personAt(username: string, email: string): string {
  return username.includes("@") ? username : email;
}

export function clientOf({ id, secret }: TypedClient): { id: string; secret: string | null } {
  return { id: id.trim(), secret: secret.trim() || null };
}
