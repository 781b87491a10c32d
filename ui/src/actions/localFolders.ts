// Folders of this computer that belong to no account.
import { backend } from "../ipc";
import { client } from "../state/client";
import { keys } from "../state/queries";
import { toast } from "../state/toasts";
import { say } from "../words";
import { attempt } from "./attempt";

export function addLocalFolders(): Promise<void> {
  return attempt(async () => {
    await backend().addLocalFolders(say("local-folders"));
    await client.invalidateQueries({ queryKey: keys.accounts });
    await client.invalidateQueries({ queryKey: keys.mailboxes });
    toast(say("local-folders-added"));
  });
}
