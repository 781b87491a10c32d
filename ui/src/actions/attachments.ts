// Attachments of a letter that was received: look at them here, open them with the system's program, or save them where the
// person says. What may be dangerous is asked about first.
import { backend } from "../ipc";
import { client } from "../state/client";
import { keys } from "../state/queries";
import { useSaved } from "../state/saved";
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
    const caution = await backend()
      .openAttachment(email, part, sure)
      .finally(() => look(email));
    if (caution.dangers.length > 0) ask()({ kind: "danger", email, part, name, caution, back: here() });
    else if (caution.unopened)
      toast(say("attachment-unopened", { name }), {
        tone: "failed",
        lasts: 30_000,
        action: { label: say("attachment-unopened-save"), run: () => void saveAttachment(email, part) },
      });
  });
}

export function saveAttachment(email: string, part: string): Promise<void> {
  return attempt(async () => {
    const path = await backend()
      .saveAttachment(email, part)
      .finally(() => look(email));
    if (path === null) return;
    useSaved.getState().note([{ email, part }], path);
    tellSaved(say("done-saved", { path }), path);
  });
}

/** Saves files of one letter or of several into one folder. */
export function saveAll(files: readonly FileOfLetter[]): Promise<void> {
  return attempt(async () => {
    const which = files.map(({ email, file }) => ({ email, part: file.part }));
    const saved = await backend()
      .saveAttachments(which)
      .finally(() => Promise.all([...new Set(which.map(({ email }) => email))].map(look)));
    if (saved === null) return;
    useSaved.getState().note(which, saved.folder);
    tellSaved(say("done-saved-all", { n: saved.count, folder: saved.folder }), saved.folder);
  });
}

/** Says that something was saved, with the way to it. */
export function tellSaved(text: string, place: string): void {
  toast(text, { action: { label: say("show-saved"), run: () => void showSaved(place) } });
}

/** Shows what was saved in its folder. Where no program does that, it says where it is, so that one can go there. */
export function showSaved(place: string): Promise<void> {
  return attempt(async () => {
    if (await backend().showSaved(place)) return;
    toast(say("show-saved-nobody", { path: place }), {
      tone: "failed",
      lasts: 30_000,
      action: { label: say("show-saved-copy"), run: () => void copyPath(place) },
    });
  });
}

function copyPath(path: string): Promise<void> {
  return attempt(async () => {
    await navigator.clipboard.writeText(path);
    toast(say("show-saved-copied", { path }));
  });
}

/** A file that was on the server alone is here now, whatever became of it then. */
export function look(email: string): Promise<void> {
  return client.invalidateQueries({ queryKey: keys.body(email) });
}
