// Where files went that were saved in this run, by their letters and parts: from there they can be shown in their folders.
import { create } from "zustand";

interface Saved {
  /** What the person was told of the place of each. */
  places: ReadonlyMap<string, string>;
  note: (files: readonly { email: string; part: string }[], place: string) => void;
}

const nameOf = (email: string, part: string) => `${email} ${part}`;

export const useSaved = create<Saved>((set) => ({
  places: new Map(),
  note: (files, place) =>
    set(({ places }) => ({
      places: new Map([...places, ...files.map(({ email, part }) => [nameOf(email, part), place] as const)]),
    })),
}));

/** Undefined: it was not saved. */
export function useSavedPlace(email: string, part: string): string | undefined {
  return useSaved(({ places }) => places.get(nameOf(email, part)));
}
