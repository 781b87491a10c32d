// Whether the sender of a letter hears that it was read: the person's answer, once.
import { backend } from "../ipc";
import { client } from "../state/client";
import { keys } from "../state/queries";
import { toast } from "../state/toasts";
import { say } from "../words";
import { attempt } from "./attempt";

export function answerReceipt(email: string, give: boolean): Promise<void> {
  return attempt(async () => {
    await backend().answerReceipt(email, give);
    await client.invalidateQueries({ queryKey: keys.body(email) });
    if (give) toast(say("receipt-toast"));
  });
}
