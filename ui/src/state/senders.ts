// From which accounts letters leave.
import type { AccountView } from "../ipc/backend";

/** Whether letters leave from an account: folders of this computer have no server that sends, and
    one that is switched off says nothing. */
export function canSend({
  outgoing,
  demo,
  disabled,
}: Pick<AccountView, "outgoing" | "demo" | "disabled">): boolean {
  return (outgoing !== null || demo) && !disabled;
}
