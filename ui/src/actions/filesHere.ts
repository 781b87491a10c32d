// What keys do with the files of the letter that is meant, and with its invitation.
import { focusWithin } from "../state/here";
import { client } from "../state/client";
import { keys } from "../state/queries";
import { toast } from "../state/toasts";
import { useWindow } from "../state/window";
import type { BodyView, MailboxView } from "../ipc/backend";
import { say } from "../words";
import { saveAll, saveAttachment } from "./attachments";

/** Puts the focus on the letter's first file. From there Enter looks at it, and Tab goes on to saving it. */
export function goToFiles(email: string): void {
  if (!focusWithin(email, "[data-files] button")) toast(say("attachments-none"));
}

export function goToInvitation(email: string): void {
  if (!focusWithin(email, "[data-invitation] [role=group] button")) toast(say("invitation-none"));
}

export function saveFilesOf(email: string): Promise<void> {
  // It is open, so that its files are known.
  const [body] = client
    .getQueriesData<BodyView>({ queryKey: keys.body(email) })
    .flatMap(([, known]) => (known === undefined ? [] : [known]));
  const files = body?.attachments ?? [];
  const [only] = files;
  if (only === undefined) {
    toast(say("attachments-none"));
    return Promise.resolve();
  }
  return files.length === 1 ? saveAttachment(email, only.part) : saveAll(email, files);
}

/** Opens the browser of the files of the folder that is shown. */
export function browseFiles(): void {
  const { place, ask } = useWindow.getState();
  if (place.kind !== "mailbox") return;
  const known = client.getQueryData<MailboxView[]>(keys.mailboxes);
  const name = known?.find((mailbox) => mailbox.id === place.mailbox)?.name ?? "";
  ask({ kind: "files", source: { kind: "mailbox", mailbox: place.mailbox }, name });
}
