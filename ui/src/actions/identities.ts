// Identities of an account: kept, removed. What goes wrong is told by whoever asked.
import { backend } from "../ipc";
import type { IdentityForm } from "../ipc/backend";
import { attempt, sentenceOf } from "./attempt";

/** Keeps an identity, a new one or one that is there. Null when it is kept; else the sentence that says why not. */
export async function keepIdentity(
  account: string,
  identity: string | null,
  form: IdentityForm,
): Promise<string | null> {
  try {
    if (identity === null) await backend().addIdentity(account, form);
    else await backend().changeIdentity(identity, form);
    return null;
  } catch (trouble) {
    return sentenceOf(trouble);
  }
}

export function removeIdentity(identity: string): Promise<void> {
  return attempt(() => backend().removeIdentity(identity));
}
