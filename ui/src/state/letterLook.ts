// How letters are looked at: what holds for one letter until the window closes, and how large all of them are shown, which
// is remembered. Not here: the letters.
import { create } from "zustand";
import { backend } from "../ipc";

export interface LetterLook {
  /** As text, whatever else it brings. */
  plain: boolean;
  /** In the sender's colours, in the dark too. */
  original: boolean;
  /** By a person's word; null: as the letter says. */
  charset: string | null;
  /** Pictures from the network: not shown, for as long as the letter is open, or because they are from now on. */
  shown: "no" | "once" | "always";
}

const USUAL: LetterLook = { plain: false, original: false, charset: null, shown: "no" };

/** In hundredths. */
export const SIZES = [50, 67, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300] as const;

interface Looks {
  looks: ReadonlyMap<string, LetterLook>;
  size: number;
}

export const useLooks = create<Looks>(() => ({ looks: new Map(), size: 100 }));

export function useLetterLook(email: string): LetterLook {
  return useLooks((state) => state.looks.get(email)) ?? USUAL;
}

export function lookOf(email: string): LetterLook {
  return useLooks.getState().looks.get(email) ?? USUAL;
}

/** Where nothing is another thing than before, nothing is kept and nobody is told. */
export function setLetterLook(email: string, change: Partial<LetterLook>): void {
  const before = lookOf(email);
  const after = { ...before, ...change };
  if ((Object.keys(after) as (keyof LetterLook)[]).every((part) => after[part] === before[part])) return;
  useLooks.setState(({ looks }) => ({ looks: new Map(looks).set(email, after) }));
}

export async function restoreSize(): Promise<void> {
  const kept = Number(
    await backend()
      .setting("letterSize")
      .catch(() => null),
  );
  if (SIZES.some((size) => size === kept)) useLooks.setState({ size: kept });
}

/** One step larger or smaller; 0 is the usual size. */
export function resizeLetters(step: -1 | 0 | 1): void {
  const place = SIZES.findIndex((each) => each >= useLooks.getState().size);
  chooseSize(step === 0 ? 100 : (SIZES[Math.min(Math.max(place + step, 0), SIZES.length - 1)] ?? 100));
}

/** In hundredths. */
export function chooseSize(size: number): void {
  if (size === useLooks.getState().size) return;
  useLooks.setState({ size });
  void backend().putSetting("letterSize", String(size));
}
