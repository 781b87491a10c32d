// The letters that are being written in this window: what stands in each composer, and whether it is safe on disk.
// Nothing here calls the engine; the compose actions do, and put the outcome here.
import { create } from "zustand";
import type { DraftAttachmentView, DraftContentView, DraftView, TroubleView } from "../ipc/backend";

export type Saving =
  | { kind: "untouched" }
  | { kind: "unsaved" }
  | { kind: "saved"; at: number }
  | { kind: "failed"; trouble: TroubleView };

export interface Writing extends DraftView {
  saving: Saving;
  /** Made for this composer just now: closing it untouched leaves nothing behind. */
  fresh: boolean;
  minimised: boolean;
}

interface Composers {
  open: Writing[];
  /** Opens a draft on top of the others, or brings the composer that has it to the front. */
  show: (draft: DraftView, fresh?: boolean) => void;
  /** Takes a composer out of the window. What becomes of its draft is the caller's decision. */
  close: (draft: string) => void;
  minimise: (draft: string) => void;
  /** Puts something else into a letter; `unsaved` marks it for the next save. */
  write: (
    draft: string,
    change: { account?: string; content?: Partial<DraftContentView>; attachments?: DraftAttachmentView[] },
  ) => void;
  setSaving: (draft: string, saving: Saving) => void;
}

export const useComposers = create<Composers>((set) => ({
  open: [],
  show: (draft, fresh = false) =>
    set(({ open }) => {
      const there = open.find((one) => one.id === draft.id);
      const shown: Writing = there
        ? { ...there, minimised: false }
        : {
            ...draft,
            saving: fresh ? { kind: "untouched" } : { kind: "saved", at: draft.updatedAt },
            fresh,
            minimised: false,
          };
      // One sheet at a time: the others wait as tabs at the bottom.
      const others = open.filter((one) => one.id !== draft.id).map((one) => ({ ...one, minimised: true }));
      return { open: [...others, shown] };
    }),
  close: (draft) => set(({ open }) => ({ open: open.filter((one) => one.id !== draft) })),
  minimise: (draft) =>
    set(({ open }) => ({ open: open.map((one) => (one.id === draft ? { ...one, minimised: true } : one)) })),
  write: (draft, change) =>
    set(({ open }) => ({
      open: open.map((one) =>
        one.id === draft
          ? {
              ...one,
              account: change.account ?? one.account,
              content: { ...one.content, ...change.content },
              attachments: change.attachments ?? one.attachments,
            }
          : one,
      ),
    })),
  setSaving: (draft, saving) =>
    set(({ open }) => ({ open: open.map((one) => (one.id === draft ? { ...one, saving } : one)) })),
}));

/** A letter that is being written, for plain code. */
export function writing(draft: string): Writing | null {
  return useComposers.getState().open.find((one) => one.id === draft) ?? null;
}
