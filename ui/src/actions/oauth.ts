// Signing in in the browser: the page is opened, and what comes of it is waited for. Each step answers with what happened
// instead of throwing. No token is seen here: what was granted is known by the id of the sign-in alone.
import { backend } from "../ipc";
import type {
  AccountView,
  ClientForm,
  DoorView,
  SignInBegunView,
  SignInForm,
  SignInOfferView,
  TroubleView,
} from "../ipc/backend";
import { called } from "../state/accounts";
import { client as queries } from "../state/client";
import { keys } from "../state/queries";
import { toast } from "../state/toasts";
import { troubleOf } from "../state/troubles";
import { say } from "../words";
import type { SignedIn } from "./accounts";
import { openPage } from "./setup";

/** Nobody wanted it any more, so that it was given up. */
export interface Stopped {
  kind: "stopped";
}
export type Granted =
  { kind: "granted"; signIn: string } | { kind: "failed"; trouble: TroubleView } | Stopped;

/** Whoever waits for a sign-in. */
export interface Waiting {
  /** Told which page the browser has. */
  began: (begun: SignInBegunView) => void;
  /** Whether it is still wanted: to open the door for the browser takes a while, and to sign in a longer one. */
  wanted: () => boolean;
}

/** What there is for these servers; whatever goes wrong, the password stays. */
export async function offerFor(hosts: string[], issuer: string | null): Promise<SignInOfferView | null> {
  try {
    return await backend().signInOffer(hosts, issuer);
  } catch {
    return null;
  }
}

/** For a new account. */
export function grant(form: SignInForm, waiting: Waiting): Promise<Granted> {
  return inBrowser(() => backend().beginSignIn(form), waiting);
}

/**
 * For a server of an account that is there. What came is tried at it before it is kept; `ended` is told that the browser is done.
 */
export async function signInAgainInBrowser(
  account: AccountView,
  door: DoorView,
  client: ClientForm | null,
  waiting: Waiting,
  ended: () => void,
): Promise<SignedIn | Stopped> {
  const granted = await inBrowser(() => backend().beginSignInAgain(account.id, door, client), waiting);
  ended();
  if (granted.kind !== "granted") return granted;
  try {
    const doors = await backend().signedInAgain(account.id, door, granted.signIn);
    if (doors.some((each) => each.tried.trouble !== null)) return { kind: "tried", doors };
    await queries.invalidateQueries({ queryKey: keys.accounts });
    await queries.invalidateQueries({ queryKey: keys.doorways(account.id) });
    toast(say("signin-done", { email: called(account) }));
    return { kind: "done" };
  } catch (reason) {
    return { kind: "failed", trouble: troubleOf(reason) };
  }
}

/** Nobody waits for it any more. One that has ended meanwhile cannot be given up, which is no trouble. */
export function giveUp(signIn: string): void {
  backend()
    .giveUpSignIn(signIn)
    .catch(() => undefined);
}

export async function copyAddress(address: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(address);
    toast(say("browser-copied"));
  } catch {
    toast(say("browser-not-copied"));
  }
}

async function inBrowser(
  begin: () => Promise<SignInBegunView>,
  { began, wanted }: Waiting,
): Promise<Granted> {
  try {
    const begun = await begin();
    if (wanted()) {
      began(begun);
      // A browser that cannot be opened is told; the address can be copied all the same.
      openPage(begun.address);
      await backend().awaitSignIn(begun.id);
      if (wanted()) return { kind: "granted", signIn: begun.id };
    }
    giveUp(begun.id);
    return { kind: "stopped" };
  } catch (reason) {
    return wanted() ? { kind: "failed", trouble: troubleOf(reason) } : { kind: "stopped" };
  }
}
