// What is done with an account that is there. Sign-ins and trials answer with what happened, since every outcome has its place
// in their sheets; all else is told in the corner.
import { backend } from "../ipc";
import type {
  AccountView,
  ExceptionView,
  PasswordsForm,
  Role,
  ServersForm,
  TrialView,
  TriedDoorView,
  TroubleView,
} from "../ipc/backend";
import { called, reordered } from "../state/accounts";
import { client } from "../state/client";
import { keys } from "../state/queries";
import { toast } from "../state/toasts";
import { troubleOf } from "../state/troubles";
import { say } from "../words";
import { count } from "../words/times";
import { attempt } from "./attempt";

export type SignedIn = { kind: "done" } | { kind: "tried"; doors: TriedDoorView[] } | Failed;
export type Moved = { kind: "tried"; trial: TrialView; saved: boolean } | Failed;
interface Failed {
  kind: "failed";
  trouble: TroubleView;
}

export async function signInAgain(
  account: AccountView,
  form: PasswordsForm,
  untried: boolean,
): Promise<SignedIn> {
  try {
    const doors = await backend().signInAgain(account.id, form, untried);
    if (doors.some((each) => each.tried.trouble !== null)) return { kind: "tried", doors };
    await client.invalidateQueries({ queryKey: keys.accounts });
    await client.invalidateQueries({ queryKey: keys.doorways(account.id) });
    toast(say(untried ? "signin-saved" : "signin-done", { email: called(account) }));
    return { kind: "done" };
  } catch (reason) {
    return { kind: "failed", trouble: troubleOf(reason) };
  }
}

/** Tries other servers, and keeps them if that is wanted and both are well. */
export async function moveServers(account: AccountView, form: ServersForm, keep: boolean): Promise<Moved> {
  try {
    const trial = await (keep
      ? backend().changeServers(account.id, form)
      : backend().tryServers(account.id, form));
    const well = trial.incoming.trouble === null && trial.outgoing.trouble === null;
    if (keep && well) {
      await client.invalidateQueries({ queryKey: keys.accounts });
      await client.invalidateQueries({ queryKey: keys.doorways(account.id) });
      toast(say("servers-saved", { email: called(account) }));
    }
    return { kind: "tried", trial, saved: keep && well };
  } catch (reason) {
    return { kind: "failed", trouble: troubleOf(reason) };
  }
}

export function keepLook(account: string, label: string, colour: number): Promise<void> {
  return changing(() => backend().setLook(account, label, colour));
}

export function orderAccounts(accounts: string[]): Promise<void> {
  return changing(() => backend().orderAccounts(accounts));
}

/** An account goes to the place of another, or one up or down, and where it is now is said. */
export async function placeAccount(
  accounts: AccountView[],
  moved: string,
  to: string | 1 | -1,
): Promise<void> {
  const before = accounts.map(({ id }) => id);
  const after = reordered(before, moved, to);
  const account = accounts.find(({ id }) => id === moved);
  if (after === before || account === undefined) return;
  await orderAccounts(after);
  const place = String(after.indexOf(moved) + 1);
  toast(say("account-placed", { email: called(account), place, count: String(after.length) }));
}

export function switchOff(account: AccountView): Promise<void> {
  return changing(async () => {
    await backend().disable(account.id);
    toast(say("account-switched-off", { email: called(account) }));
  });
}

export function switchOn(account: string): Promise<void> {
  return changing(() => backend().enable(account));
}

export function chooseCheck(account: string, minutes: number | null): Promise<void> {
  return changing(() => backend().setCheckMinutes(account, minutes));
}

export function chooseFolder(account: string, role: Role, mailbox: string | null): Promise<void> {
  return attempt(async () => {
    await backend().chooseRole(account, role, mailbox);
    await client.invalidateQueries({ queryKey: keys.chosenRoles(account) });
    await client.invalidateQueries({ queryKey: keys.mailboxes });
  });
}

export function acceptNoMore(account: string, { host, port }: ExceptionView): Promise<void> {
  return attempt(async () => {
    await backend().removeCertificateException(account, host, port);
    await client.invalidateQueries({ queryKey: keys.exceptions(account) });
    toast(say("certificate-removed", { host }));
  });
}

/** Whether the account is gone. */
export async function removeButLetters(account: AccountView): Promise<boolean> {
  let gone = false;
  await changing(async () => {
    const kept = await backend().removeAccountButLetters(account.id, say("local-folders"));
    gone = true;
    toast(say("remove-kept", { email: called(account), n: kept, count: count(kept) }));
  });
  return gone;
}

async function changing(change: () => Promise<void>): Promise<void> {
  await attempt(change);
  await client.invalidateQueries({ queryKey: keys.accounts });
}
