// Identities of an account: tried, kept, removed. What goes wrong is told by whoever asked.
import { backend } from "../ipc";
import type { IdentityForm, TriedView, TroubleView } from "../ipc/backend";
import { client } from "../state/client";
import { keys } from "../state/queries";
import { troubleOf } from "../state/troubles";
import { attempt } from "./attempt";

export type TriedIdentity = { kind: "tried"; tried: TriedView } | { kind: "failed"; trouble: TroubleView };

/** Keeps an identity, a new one or one that is there. Null when it is kept; else what is in the way. */
export async function keepIdentity(
  account: string,
  identity: string | null,
  form: IdentityForm,
): Promise<TroubleView | null> {
  try {
    if (identity === null) await backend().addIdentity(account, form);
    else await backend().changeIdentity(identity, form);
    await client.invalidateQueries({ queryKey: keys.exceptions(account) });
    await client.invalidateQueries({ queryKey: keys.doorways(account) });
    return null;
  } catch (reason) {
    return troubleOf(reason);
  }
}

/** Tries the server of an identity and keeps nothing. */
export async function tryIdentity(
  account: string,
  identity: string | null,
  form: IdentityForm,
): Promise<TriedIdentity> {
  try {
    return { kind: "tried", tried: await backend().tryIdentity(account, identity, form) };
  } catch (reason) {
    return { kind: "failed", trouble: troubleOf(reason) };
  }
}

export function removeIdentity(identity: string): Promise<void> {
  return attempt(() => backend().removeIdentity(identity));
}
