// How much of an account stands on this computer, and whether anything is fetched by itself. Whether to give up what is
// here is asked by the view.
import type { AccountView, DroppableView, KeepingView } from "../ipc/backend";
import { backend } from "../ipc";
import { client } from "../state/client";
import { keys } from "../state/queries";
import { toast } from "../state/toasts";
import { say } from "../words";
import { count } from "../words/times";
import { attempt } from "./attempt";

/** Keeps the choice; gives what is here and need not be any more, or null where there is nothing of it. */
export async function chooseKeeping(account: string, keeping: KeepingView): Promise<DroppableView | null> {
  let left: DroppableView | null = null;
  await attempt(async () => {
    await backend().setKeeping(account, keeping);
    await client.invalidateQueries({ queryKey: keys.accounts });
    const found = await backend().droppable(account, keeping);
    if (found.letters > 0) left = found;
  });
  return left;
}

export function freeSpace(account: string, megabytes: number): Promise<void> {
  return attempt(async () => {
    await backend().dropBodies(account);
    toast(say("keeping-freed", { size: count(megabytes) }));
  });
}

export function pause(account: string): Promise<void> {
  return attempt(() => backend().pause(account));
}

export function resume(account: string): Promise<void> {
  return attempt(() => backend().resume(account));
}

/** All accounts that have a server: paused where one of them is not, else resumed. */
export function pauseOrResumeAll(): Promise<void> {
  return attempt(async () => {
    const served = (await backend().accounts()).filter(hasServer);
    const pausing = served.some((account) => !account.paused);
    for (const { id, paused } of served)
      if (paused !== pausing) await (pausing ? backend().pause(id) : backend().resume(id));
    if (served.length > 0) toast(say(pausing ? "done-paused" : "done-resumed"), { lasts: 3000 });
  });
}

export function hasServer(account: AccountView): boolean {
  return account.protocol !== "local";
}
