// Files of a letter on their way out of the window, on to the desktop or another program. A copy must be ready when the drag
// begins, since a page cannot wait then: so it is made as soon as the mouse moves with a file or holds it, once for as long as
// the window is open. What may be dangerous is asked about first, as when it is opened.
import { backend } from "../ipc";
import type { AttachmentView } from "../ipc/backend";
import { toast } from "../state/toasts";
import { useWindow } from "../state/window";
import { say } from "../words";
import { attempt } from "./attempt";
import { look } from "./attachments";

/** Where the copies are; null where the system's web view hands over no files. They stay there until the next start. */
const ready = new Map<string, string | null>();
/** Copies that are being made. */
const making = new Map<string, Promise<void>>();
/** Dangerous ones that the person wants all the same. */
const wanted = new Set<string>();

const nameOf = (email: string, part: string) => `${email} ${part}`;

/** The mouse moves with a file, or holds it: it is dragged in a moment. One that is on the server alone is not fetched for that. */
export function makeReady(email: string, file: AttachmentView): Promise<void> {
  const name = nameOf(email, file.part);
  const isAsked = file.dangers.length > 0 && !wanted.has(name);
  return isAsked || !file.here || ready.has(name) ? Promise.resolve() : copy(email, file);
}

function copy(email: string, file: AttachmentView): Promise<void> {
  const name = nameOf(email, file.part);
  const known = making.get(name);
  if (known !== undefined) return known;
  const made = attempt(async () => {
    const { address } = await backend().dragOut(email, file.part, wanted.has(name));
    ready.set(name, address);
    if (!file.here) await look(email);
  }).finally(() => making.delete(name));
  making.set(name, made);
  return made;
}

/** The drag begins. `false`: it cannot, and the person has been told why where there is something to tell. */
export function handOut(transfer: DataTransfer, email: string, file: AttachmentView): boolean {
  const name = nameOf(email, file.part);
  if (file.dangers.length > 0 && !wanted.has(name)) {
    const { part, dangers } = file;
    const { ask, question: back } = useWindow.getState();
    ask({ kind: "danger", email, part, name: file.name, dangers, dragged: true, back });
    return false;
  }
  const address = ready.get(name);
  if (address === undefined) {
    toast(say("drag-out-wait", { name: file.name }), { lasts: 4000 });
    if (!file.here) void copy(email, file);
  }
  if (address === undefined || address === null) return false;
  transfer.effectAllowed = "copy";
  transfer.setData("text/uri-list", address);
  return true;
}

/** The person knows what may be dangerous about it. */
export function wantDragged(email: string, part: string): void {
  wanted.add(nameOf(email, part));
  toast(say("drag-out-again"), { lasts: 6000 });
}
