// Keeps the letters that are being written in the store: each change of a composer goes through here, and each close
// waits until the last word is safe. The timing is state/keeper.ts.
import { backend } from "../ipc";
import type { DraftAttachmentView, DraftContentView } from "../ipc/backend";
import { Keeper } from "../state/keeper";
import { useComposers, writing } from "../state/composers";
import { toast } from "../state/toasts";
import { attempt } from "./attempt";
import { troubleOf } from "../state/troubles";
import { say } from "../words";

export type Change = { account?: string; content?: Partial<DraftContentView> };

/** The person changed the letter: shown at once, saved within two seconds. */
export function write(draft: string, change: Change): void {
  const { write: put, setSaving } = useComposers.getState();
  put(draft, change);
  const { kind } = writing(draft)?.saving ?? {};
  if (kind === "untouched" || kind === "saved") setSaving(draft, { kind: "unsaved" });
  keeperOf(draft).touch();
}

/** Saves now; false where it could not be saved (the composer says why). */
export function saveNow(draft: string): Promise<boolean> {
  return keepers.get(draft)?.flush() ?? Promise.resolve(true);
}

/** Closes a composer and keeps its draft. One that was opened and never touched leaves nothing behind. */
export async function closeAndKeep(draft: string): Promise<void> {
  const letter = writing(draft);
  if (letter === null) return;
  if (letter.fresh && letter.saving.kind === "untouched") {
    forget(draft);
    await backend()
      .discardDraft(draft)
      .catch(() => undefined);
    return;
  }
  // A letter that cannot be saved stays open: closing it would lose words.
  if (!(await saveNow(draft))) {
    useComposers.getState().show(letter);
    return;
  }
  const kept = writing(draft) ?? letter;
  forget(draft);
  void attempt(() => backend().closeDraft(draft));
  toast(say("compose-toast-kept"), {
    action: { label: say("compose-toast-open"), run: () => useComposers.getState().show(kept) },
  });
}

/** Takes the composer away and stops saving; the draft itself is left as it is. */
export function forget(draft: string): void {
  void keepers.get(draft)?.close();
  keepers.delete(draft);
  useComposers.getState().close(draft);
}

/** Attachments are in the store as soon as they are added, so they only have to be shown. */
export function showAttachments(draft: string, attachments: DraftAttachmentView[]): void {
  const { write: put, setSaving } = useComposers.getState();
  put(draft, { attachments });
  if (writing(draft)?.saving.kind === "untouched") setSaving(draft, { kind: "saved", at: Date.now() });
}

const keepers = new Map<string, Keeper>();

function keeperOf(draft: string): Keeper {
  const known = keepers.get(draft);
  if (known) return known;
  const keeper = new Keeper(
    async () => {
      const letter = writing(draft);
      if (letter === null) return Date.now();
      return backend().saveDraft(draft, letter.account, letter.content);
    },
    (outcome) => {
      const letter = writing(draft);
      if (letter === null) return;
      if (outcome.kind === "saved") {
        useComposers.getState().setSaving(draft, { kind: "saved", at: outcome.at });
        return;
      }
      const trouble = troubleOf(outcome.reason);
      if (letter.saving.kind !== "failed" && letter.minimised) {
        toast(say("compose-state-failed-why", { reason: trouble.sentence }), { tone: "failed" });
      }
      useComposers.getState().setSaving(draft, { kind: "failed", trouble });
    },
  );
  keepers.set(draft, keeper);
  return keeper;
}

// The window goes away or is put aside: what is unsaved is handed over now rather than in two seconds.
function saveAll(): void {
  for (const keeper of keepers.values()) void keeper.flush();
}
window.addEventListener("pagehide", saveAll);
window.addEventListener("blur", saveAll);
