// Signing in in the browser: the page is opened, and what comes of it is waited for. Each step answers with what happened
// instead of throwing. No token is seen here: what was granted is known by the id of the sign-in alone.
import { backend } from "../ipc";
import type {
  AccountView,
  ClientForm,
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

export type Granted = { kind: "granted"; signIn: string } | { kind: "failed"; trouble: TroubleView };

/** What there is for these servers; whatever goes wrong, the password stays. */
export async function offerFor(hosts: string[], issuer: string | null): Promise<SignInOfferView | null> {
  try {
    return await backend().signInOffer(hosts, issuer);
  } catch {
    return null;
  }
}

/** For a new account. `waiting` is told which page the browser has. */
export function grant(form: SignInForm, waiting: (begun: SignInBegunView) => void): Promise<Granted> {
  return inBrowser(() => backend().beginSignIn(form), waiting);
}

/** For an account that is there. What came is tried at its servers before it is kept. */
export async function signInAgainInBrowser(
  account: AccountView,
  client: ClientForm | null,
  waiting: (begun: SignInBegunView | null) => void,
): Promise<SignedIn> {
  const granted = await inBrowser(() => backend().beginSignInAgain(account.id, client), waiting);
  waiting(null);
  if (granted.kind === "failed") return granted;
  try {
    const doors = await backend().signedInAgain(account.id, granted.signIn);
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
  waiting: (begun: SignInBegunView) => void,
): Promise<Granted> {
  try {
    const begun = await begin();
    waiting(begun);
    // A browser that cannot be opened is told; the address can be copied all the same.
    openPage(begun.address);
    await backend().awaitSignIn(begun.id);
    return { kind: "granted", signIn: begun.id };
  } catch (reason) {
    return { kind: "failed", trouble: troubleOf(reason) };
  }
}
