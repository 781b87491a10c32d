// What adding an account asks of the engine: look for servers, open the vault, sign in to both servers, save. Each
// answers with what happened instead of throwing, since every outcome has its place on the screen.
import { backend } from "../ipc";
import type {
  AccountForm,
  CandidateView,
  DiscoveryView,
  ServiceView,
  TrialView,
  TroubleView,
  VaultView,
} from "../ipc/backend";
import { isMute } from "../state/setup";
import { toast } from "../state/toasts";
import { troubleOf } from "../state/troubles";
import { say } from "../words";

export type Found = { kind: "found"; found: DiscoveryView } | { kind: "failed"; trouble: TroubleView };
export type Added = { kind: "added"; account: string } | Tried;
export type Tried = { kind: "checked"; check: TrialView } | { kind: "failed"; trouble: TroubleView };
export type Opened = { kind: "opened"; vault: VaultView } | { kind: "failed"; trouble: TroubleView };

export async function discover(email: string, consented: string[], tellAddress: boolean): Promise<Found> {
  try {
    return { kind: "found", found: await backend().discover(email, { consented, tellAddress }) };
  } catch (reason) {
    return { kind: "failed", trouble: troubleOf(reason) };
  }
}

/** Nobody waits for the search any more. That it cannot be ended is no trouble: it ends by itself. */
export function endSearch(): void {
  backend()
    .endSearch()
    .catch(() => undefined);
}

/** What a server that the person has named offers, where it can be found out. */
export async function knock(
  email: string,
  service: ServiceView,
  host: string,
): Promise<CandidateView | null> {
  try {
    return await backend().knock(email, service, host, null);
  } catch {
    return null;
  }
}

/** Opens a page of the provider in the browser. */
export function openPage(url: string): void {
  backend()
    .openLink(url)
    .catch((reason: unknown) => toast(troubleOf(reason).sentence));
}

/** Tries both servers and saves nothing. */
export async function tryOut(form: AccountForm): Promise<Tried> {
  try {
    return { kind: "checked", check: await backend().check(form) };
  } catch (reason) {
    return { kind: "failed", trouble: troubleOf(reason) };
  }
}

/**
 * Signs in to both servers; only when both agree is anything saved. `saving` is called in between. With `mute` it does not
 * matter that no letters may be sent.
 */
export async function checkThenAdd(form: AccountForm, mute: boolean, saving: () => void): Promise<Added> {
  try {
    const check = await backend().check(form);
    const well = check.incoming.trouble === null && check.outgoing.trouble === null;
    if (!well && !(mute && isMute(check))) return { kind: "checked", check };
    saving();
    const account = await backend().addAccount(form);
    toast(say("setup-added", { email: form.email }));
    return { kind: "added", account };
  } catch (reason) {
    return { kind: "failed", trouble: troubleOf(reason) };
  }
}

export async function addDemo(): Promise<Added> {
  try {
    return { kind: "added", account: await backend().addDemo() };
  } catch (reason) {
    return { kind: "failed", trouble: troubleOf(reason) };
  }
}

export async function onlyLocalFolders(): Promise<Added> {
  try {
    return { kind: "added", account: await backend().addLocalFolders(say("local-folders")) };
  } catch (reason) {
    return { kind: "failed", trouble: troubleOf(reason) };
  }
}

export function lookAtVault(): Promise<Opened> {
  return open(() => backend().vault());
}

export function unlockVault(passphrase: string): Promise<Opened> {
  return open(() => backend().unlockVault(passphrase));
}

export function askKeyringAgain(): Promise<Opened> {
  return open(() => backend().askKeyringAgain());
}

export function forgetPassphrase(): Promise<Opened> {
  return open(() => backend().forgetPassphrase());
}

export function keepSecretsThisRun(): Promise<Opened> {
  return open(() => backend().keepSecretsThisRun());
}

/** Says which of two passwords of an account counts from now on. */
export function settleTyped(account: string, counts: "typed" | "kept"): Promise<Opened> {
  return open(() => backend().settleTyped(account, counts));
}

async function open(ask: () => Promise<VaultView>): Promise<Opened> {
  try {
    return { kind: "opened", vault: await ask() };
  } catch (reason) {
    return { kind: "failed", trouble: troubleOf(reason) };
  }
}
