// The letters that are being written in this window: what stands in each composer, and whether it is safe on disk.
// Nothing here calls the engine; the compose actions do, and put the outcome here.
import { create } from "zustand";
import type { DraftAttachmentView, DraftContentView, DraftView, TroubleView } from "../ipc/backend";

export type Saving =
  | { kind: "untouched" }
  | { kind: "unsaved" }
  | { kind: "saved"; at: number }
  | { kind: "failed"; trouble: TroubleView };

export interface Composition {
  id: string;
  account: string;
  content: DraftContentView;
  attachments: DraftAttachmentView[];
  saving: Saving;
  /** Made for this composer just now: closing it untouched leaves nothing behind. */
  fresh: boolean;
  minimised: boolean;
  sending: boolean;
}

interface Composing {
  open: Composition[];
}

export const useComposing = create<Composing>(() => ({ open: [] }));

/** The composer that lies on top: the last one that is not minimised. */
export function frontOf(open: readonly Composition[]): Composition | null {
  return open.findLast((one) => !one.minimised) ?? null;
}

export function compositionOf(id: string): Composition | null {
  return useComposing.getState().open.find((one) => one.id === id) ?? null;
}

/** Opens a draft in a composer on top of the others, or brings the composer that has it to the front. */
export function showDraft(draft: DraftView, fresh: boolean): void {
  useComposing.setState(({ open }) => {
    const there = open.find((one) => one.id === draft.id);
    const others = open.filter((one) => one.id !== draft.id).map((one) => ({ ...one, minimised: true }));
    const shown: Composition = there
      ? { ...there, minimised: false }
      : {
          id: draft.id,
          account: draft.account,
          content: draft.content,
          attachments: draft.attachments,
          saving: fresh ? { kind: "untouched" } : { kind: "saved", at: draft.updatedAt },
          fresh,
          minimised: false,
          sending: false,
        };
    return { open: [...others, shown] };
  });
}

export function bringToFront(id: string): void {
  useComposing.setState(({ open }) => {
    const there = open.find((one) => one.id === id);
    if (!there) return { open };
    const others = open.filter((one) => one.id !== id).map((one) => ({ ...one, minimised: true }));
    return { open: [...others, { ...there, minimised: false }] };
  });
}

export function changeComposition(id: string, change: Partial<Omit<Composition, "id">>): void {
  useComposing.setState(({ open }) => ({
    open: open.map((one) => (one.id === id ? { ...one, ...change } : one)),
  }));
}

/** Takes a composer out of the window. What becomes of its draft is the caller's decision. */
export function hideComposition(id: string): void {
  useComposing.setState(({ open }) => ({ open: open.filter((one) => one.id !== id) }));
}
