// Takes an account and all that is kept of it off this computer. The question before it is the view's.
import { backend } from "../ipc";
import type { AccountView } from "../ipc/backend";
import { client } from "../state/client";
import { keys } from "../state/queries";
import { toast } from "../state/toasts";
import { say } from "../words";
import { sentenceOf } from "./attempt";

export async function removeAccount(account: AccountView): Promise<void> {
  const { email } = account;
  try {
    await backend().removeAccount(account.id);
    await client.invalidateQueries({ queryKey: keys.accounts });
    toast(say("settings-removed", { email }));
  } catch (trouble) {
    toast(say("settings-remove-failed", { email, reason: sentenceOf(trouble) }), {
      tone: "failed",
      lasts: 12_000,
    });
  }
}
