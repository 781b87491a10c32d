// Files of a letter on their way out of the window, on to the desktop or another program. A copy must be ready when the drag
// begins, since a page cannot wait then: so it is made as soon as the mouse moves with a file or holds it, once for as long as
// the window is open. What may be dangerous is asked about first, as when it is opened. The page hands out the copy's address where the
// web view takes one; elsewhere the system begins a drag of its own, of a copy that the page knows by a token alone.
import { backend } from "../ipc";
import type { AttachmentView, CautionView, DragOutView } from "../ipc/backend";
import { toast } from "../state/toasts";
import { useWindow } from "../state/window";
import { say } from "../words";
import { attempt, attempted } from "./attempt";
import { look } from "./attachments";

/** The copies that are there; they stay until the next start. */
const ready = new Map<string, Copy>();
/** Copies that are being made. */
const making = new Map<string, Promise<void>>();
/** Dangerous ones that the person wants all the same. */
const wanted = new Set<string>();
/** What was found in those that were to be copied: an archive is looked into then. */
const found = new Map<string, CautionView>();

type Copy = Exclude<DragOutView, { kind: "dangerous" }>;

const nameOf = (email: string, part: string) => `${email} ${part}`;

/** The mouse moves with a file, or holds it: it is dragged in a moment. One that is on the server alone is not fetched for that. */
export function makeReady(email: string, file: AttachmentView): Promise<void> {
  const name = nameOf(email, file.part);
  return cautionOf(name, file) !== null || !file.here || ready.has(name)
    ? Promise.resolve()
    : copy(email, file);
}

/** Why it is asked about before it is dragged; null where it is not, or was. */
function cautionOf(name: string, file: AttachmentView): CautionView | null {
  if (wanted.has(name)) return null;
  const known = found.get(name);
  if (known !== undefined) return known;
  return file.dangers.length > 0 ? { dangers: file.dangers, harmful: [], unopened: false } : null;
}

function copy(email: string, file: AttachmentView): Promise<void> {
  const name = nameOf(email, file.part);
  const known = making.get(name);
  if (known !== undefined) return known;
  const made = attempt(async () => {
    const made = await backend().dragOut(email, file.part, wanted.has(name));
    if (made.kind === "dangerous") found.set(name, made.caution);
    else ready.set(name, made);
    if (!file.here) await look(email);
  }).finally(() => making.delete(name));
  making.set(name, made);
  return made;
}

/**
 * The drag begins. `false`: the page drags nothing, since the system does it, or since it cannot be; then the person has been told
 * why.
 */
export function handOut(transfer: DataTransfer, email: string, file: AttachmentView): boolean {
  const name = nameOf(email, file.part);
  const caution = cautionOf(name, file);
  if (caution !== null) {
    const { ask, question: back } = useWindow.getState();
    ask({ kind: "danger", email, part: file.part, name: file.name, caution, dragged: true, back });
    return false;
  }
  const made = ready.get(name);
  switch (made?.kind) {
    case "address":
      transfer.effectAllowed = "copy";
      transfer.setData("text/uri-list", made.address);
      return true;
    case "token":
      void beginDrag(name, made.token);
      return false;
    default:
      toast(say("drag-out-wait", { name: file.name }), { lasts: 4000 });
      if (!file.here) void copy(email, file);
      return false;
  }
}

/** A copy that the system does not drag may have been put away: the next time there is a new one. */
async function beginDrag(name: string, token: string): Promise<void> {
  if (!(await attempted(() => backend().beginDrag(token)))) ready.delete(name);
}

/** The person knows what may be dangerous about it. */
export function wantDragged(email: string, part: string): void {
  wanted.add(nameOf(email, part));
  toast(say("drag-out-again"), { lasts: 6000 });
}
