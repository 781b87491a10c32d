// Attachments of a letter that was received: open them with the system's program, or save them where the person says.
import { backend } from "../ipc";
import { toast } from "../state/toasts";
import { say } from "../words";
import { attempt } from "./attempt";

export function openAttachment(email: string, part: string): Promise<void> {
  return attempt(() => backend().openAttachment(email, part));
}

export function saveAttachment(email: string, part: string): Promise<void> {
  return attempt(async () => {
    const path = await backend().saveAttachment(email, part);
    if (path !== null) toast(say("done-saved", { path }));
  });
}
