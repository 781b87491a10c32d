// What becomes of the copies on a POP3 server: the choice for all of them, and deeds on single ones. What has to be asked
// before is asked by the view.
import type { RetentionView, ServerCopiesView } from "../ipc/backend";
import { backend } from "../ipc";
import { client } from "../state/client";
import { maildropKey } from "../state/maildrop";
import { keys } from "../state/queries";
import { toast } from "../state/toasts";
import { say } from "../words";
import { count } from "../words/times";
import { attempt } from "./attempt";

/** What a choice would remove there; null where that could not be told, which was said. */
export async function retentionEffect(
  account: string,
  retention: RetentionView,
): Promise<ServerCopiesView | null> {
  let effect: ServerCopiesView | null = null;
  await attempt(async () => {
    effect = await backend().retentionEffect(account, retention);
  });
  return effect;
}

/** Keeps the choice, and has it carried out. */
export function chooseRetention(account: string, retention: RetentionView): Promise<void> {
  return attempt(async () => {
    await backend().setRetention(account, retention);
    await client.invalidateQueries({ queryKey: keys.accounts });
    await backend().syncNow(account);
  });
}

export function removeFromServer(account: string, names: string[]): Promise<void> {
  return deed(account, async () => {
    const n = await backend().removeFromServer(account, names);
    toast(say("maildrop-removed", { n, count: count(n) }));
  });
}

export function downloadAgain(account: string, names: string[]): Promise<void> {
  return deed(account, async () => {
    const n = await backend().downloadAgain(account, names);
    toast(say("maildrop-downloaded", { n, count: count(n) }));
  });
}

async function deed(account: string, work: () => Promise<void>): Promise<void> {
  await attempt(work);
  await client.invalidateQueries({ queryKey: maildropKey(account) });
}
