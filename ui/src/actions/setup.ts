// What adding an account asks of the engine: look for servers, open the vault, sign in to both servers, save. Each
// answers with what happened instead of throwing, since every outcome has its place on the screen.
import { backend } from "../ipc";
import type { AccountForm, CheckView, DiscoveryView, TroubleView, VaultView } from "../ipc/backend";
import { toast } from "../state/toasts";
import { troubleOf } from "../state/troubles";
import { say } from "../words";

export type Found = { kind: "found"; found: DiscoveryView } | { kind: "failed"; trouble: TroubleView };
export type Added =
  | { kind: "added"; account: string }
  | { kind: "checked"; check: CheckView }
  | { kind: "failed"; trouble: TroubleView };
export type Opened = { kind: "opened"; vault: VaultView } | { kind: "failed"; trouble: TroubleView };

export async function discover(email: string): Promise<Found> {
  try {
    return { kind: "found", found: await backend().discover(email) };
  } catch (reason) {
    return { kind: "failed", trouble: troubleOf(reason) };
  }
}

/** Signs in to both servers; only when both agree is anything saved. `saving` is called in between. */
export async function checkThenAdd(form: AccountForm, saving: () => void): Promise<Added> {
  try {
    const check = await backend().check(form);
    if (!check.incoming.ok || !check.outgoing.ok) return { kind: "checked", check };
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

export function keepSecretsThisRun(): Promise<Opened> {
  return open(() => backend().keepSecretsThisRun());
}

async function open(ask: () => Promise<VaultView>): Promise<Opened> {
  try {
    return { kind: "opened", vault: await ask() };
  } catch (reason) {
    return { kind: "failed", trouble: troubleOf(reason) };
  }
}
