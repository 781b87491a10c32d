// Files into a letter and out of it: chosen in the system's dialog, dropped, or pasted.
import { backend } from "../ipc";
import { writing } from "../state/composers";
import { toast } from "../state/toasts";
import { say } from "../words";
import { attempt, sentenceOf } from "./attempt";
import { showAttachments } from "./composeKeep";

export function pickFiles(draft: string): Promise<void> {
  return attempt(async () => add(draft, await backend().pickAttachments(draft)));
}

/** Attaches dropped or pasted files one after the other; one that fails does not stop the others. */
export async function attachFiles(draft: string, files: readonly File[]): Promise<void> {
  for (const file of files) {
    const name = file.name || say("compose-pasted-picture");
    try {
      const base64 = await readBase64(file);
      add(draft, [await backend().attach(draft, name, file.type || "application/octet-stream", base64)]);
    } catch (trouble) {
      toast(say("compose-attach-failed", { name, reason: sentenceOf(trouble) }), {
        tone: "failed",
        lasts: 12_000,
      });
    }
  }
}

export function detach(draft: string, attachment: string): Promise<void> {
  return attempt(async () => {
    await backend().detach(draft, attachment);
    const letter = writing(draft);
    if (letter)
      showAttachments(
        draft,
        letter.attachments.filter((one) => one.id !== attachment),
      );
  });
}

function add(draft: string, more: Awaited<ReturnType<ReturnType<typeof backend>["pickAttachments"]>>): void {
  const letter = writing(draft);
  if (letter === null || more.length === 0) return;
  const fresh = more.filter((one) => letter.attachments.every((other) => other.id !== one.id));
  showAttachments(draft, [...letter.attachments, ...fresh]);
}

// FileReader encodes without holding a second copy of the bytes as a string of single letters.
function readBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve((reader.result as string).replace(/^[^,]*,/, ""));
    reader.onerror = () => reject(new Error(say("trouble-gone")));
    reader.readAsDataURL(file);
  });
}
