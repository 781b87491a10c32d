// Attachments of a letter that was received: open them with the system's program, or save them where the person says.
import { backend } from "../ipc";
import { client } from "../state/client";
import { keys } from "../state/queries";
import { toast } from "../state/toasts";
import { say } from "../words";
import { attempt } from "./attempt";

export function openAttachment(email: string, part: string): Promise<void> {
  return attempt(() =>
    backend()
      .openAttachment(email, part)
      .finally(() => look(email)),
  );
}

export function saveAttachment(email: string, part: string): Promise<void> {
  return attempt(async () => {
    const path = await backend()
      .saveAttachment(email, part)
      .finally(() => look(email));
    if (path !== null) toast(say("done-saved", { path }));
  });
}

/** A file that was on the server alone is here now, whatever became of it then. */
function look(email: string): Promise<void> {
  return client.invalidateQueries({ queryKey: keys.body(email) });
}
