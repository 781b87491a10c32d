// Letters of the outbox that were dismissed a moment ago and can still come back: they are only hidden so far.
import { create } from "zustand";

interface Dismissed {
  hidden: ReadonlySet<string>;
  hide: (submission: string) => void;
  show: (submission: string) => void;
}

export const useDismissed = create<Dismissed>((set) => ({
  hidden: new Set(),
  hide: (submission) => set(({ hidden }) => ({ hidden: new Set([...hidden, submission]) })),
  show: (submission) =>
    set(({ hidden }) => ({ hidden: new Set([...hidden].filter((one) => one !== submission)) })),
}));
