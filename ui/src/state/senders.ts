// From which accounts letters leave.
import type { AccountView } from "../ipc/backend";

/** Whether letters leave from an account: folders of this computer have no server that sends. */
export function canSend({ outgoing, demo }: Pick<AccountView, "outgoing" | "demo">): boolean {
  return outgoing !== null || demo;
}
