// The sentence in the corner and what can be undone. It holds words only; the look is components/Toast.
import { create } from "zustand";

export interface Toast {
  id: number;
  text: string;
  tone: "done" | "failed";
  lasts: number;
  /** `shortcut` is the key that does the same while it is shown. */
  action?: { label: string; shortcut?: string; run: () => void };
}

interface Toasts {
  toast: Toast | null;
  show: (toast: { text: string; tone?: Toast["tone"]; lasts?: number; action?: Toast["action"] }) => number;
  dismiss: (id: number) => void;
}

let counter = 0;

export const useToasts = create<Toasts>((set) => ({
  toast: null,
  show: ({ text, tone = "done", lasts = 8000, action }) => {
    const id = ++counter;
    set({ toast: { id, text, tone, lasts, ...(action ? { action } : {}) } });
    return id;
  },
  dismiss: (id) => set((state) => (state.toast?.id === id ? { toast: null } : state)),
}));

/** For plain code outside components. */
export function toast(
  text: string,
  more: { tone?: Toast["tone"]; lasts?: number; action?: Toast["action"] } = {},
): number {
  return useToasts.getState().show({ text, ...more });
}
