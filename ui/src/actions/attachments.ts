// Attachments of a letter that was received: look at them here, open them with the system's program, or save them where the
// person says. What may be dangerous is asked about first.
import { backend } from "../ipc";
import type { AttachmentView } from "../ipc/backend";
import { client } from "../state/client";
import { keys } from "../state/queries";
import { toast } from "../state/toasts";
import { here, useWindow, type FileOfLetter } from "../state/window";
import { say } from "../words";
import { attempt } from "./attempt";

const ask = () => useWindow.getState().ask;

/** Shows what the window can show, and has the system open the rest. `among` are the files to step through. */
export function lookAt(chosen: FileOfLetter, among: FileOfLetter[]): Promise<void> {
  const { email, file } = chosen;
  if (file.shows === "nothing") return openAttachment(email, file.part, file.name);
  return attempt(async () => {
    if (file.shows === "letter" || file.shows === "letters")
      ask()({
        kind: "nested",
        email,
        part: file.part,
        archive: file.shows === "letters",
        name: file.name,
        back: here(),
      });
    else ask()({ kind: "preview", chosen, files: among.filter(isShown), back: here() });
    await look(email);
  });
}

function isShown({ file }: FileOfLetter): boolean {
  return !["nothing", "letter", "letters"].includes(file.shows);
}

export function openAttachment(email: string, part: string, name: string, sure = false): Promise<void> {
  return attempt(async () => {
    const dangers = await backend()
      .openAttachment(email, part, sure)
      .finally(() => look(email));
    if (dangers.length > 0) ask()({ kind: "danger", email, part, name, dangers, back: here() });
  });
}

export function saveAttachment(email: string, part: string): Promise<void> {
  return attempt(async () => {
    const path = await backend()
      .saveAttachment(email, part)
      .finally(() => look(email));
    if (path !== null) toast(say("done-saved", { path }));
  });
}

export function saveAll(email: string, files: AttachmentView[]): Promise<void> {
  return attempt(async () => {
    const saved = await backend()
      .saveAttachments(
        email,
        files.map((file) => file.part),
      )
      .finally(() => look(email));
    if (saved !== null) toast(say("done-saved-all", { n: saved.count, folder: saved.folder }));
  });
}

/** A file that was on the server alone is here now, whatever became of it then. */
export function look(email: string): Promise<void> {
  return client.invalidateQueries({ queryKey: keys.body(email) });
}
