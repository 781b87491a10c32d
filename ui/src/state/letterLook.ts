// How letters are looked at: what holds for one letter until the window closes, and what is remembered for all of them: how large they
// are shown, and whether as text. Not here: the letters.
import { create } from "zustand";
import { backend } from "../ipc";
import type { LookView } from "../ipc/backend";
import type { LetterRef } from "./letterRef";
import { useTheme } from "./theme";

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

const USUAL = { original: false, charset: null, shown: "no" } as const;
const PLAIN = "letterPlain";

/** In hundredths. */
export const SIZES = [50, 67, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300] as const;

interface Looks {
  /** What was said of single letters. */
  looks: ReadonlyMap<string, Partial<LetterLook>>;
  size: number;
  /** Letters of which nothing else was said are shown as text. */
  plain: boolean;
}

export const useLooks = create<Looks>(() => ({ looks: new Map(), size: 100, plain: false }));

const lookFrom = (plain: boolean, said: Partial<LetterLook> | undefined): LetterLook => ({
  plain,
  ...USUAL,
  ...said,
});

export function useLetterLook(letter: LetterRef): LetterLook {
  const said = useLooks((state) => state.looks.get(letter));
  const plain = useLooks((state) => state.plain);
  return lookFrom(plain, said);
}

export function lookOf(letter: LetterRef): LetterLook {
  const { plain, looks } = useLooks.getState();
  return lookFrom(plain, looks.get(letter));
}

const asked = ({ plain, original, charset, shown }: LetterLook, dark: boolean): LookView => ({
  dark: dark && !original,
  darkAround: dark,
  remoteImages: shown !== "no",
  plain,
  charset,
});

/** As what the engine is asked for a letter, by how that is looked at. */
export function useLookView(letter: LetterRef): LookView {
  const dark = useTheme((state) => state.dark);
  return asked(useLetterLook(letter), dark);
}

/** The same outside a component. */
export function lookViewOf(letter: LetterRef): LookView {
  return asked(lookOf(letter), useTheme.getState().dark);
}

/** Where nothing is another thing than before, nothing is kept and nobody is told. */
export function setLetterLook(letter: LetterRef, change: Partial<LetterLook>): void {
  const before = lookOf(letter);
  if ((Object.keys(change) as (keyof LetterLook)[]).every((part) => change[part] === before[part])) return;
  useLooks.setState(({ looks }) => ({
    looks: new Map(looks).set(letter, { ...looks.get(letter), ...change }),
  }));
}

/** Nobody's pictures are shown any longer because they are from now on; who is still allowed shows them without this. */
export function stopShowing(): void {
  useLooks.setState(({ looks }) => ({
    looks: new Map(
      [...looks].map(([letter, said]) => [letter, said.shown === "always" ? { ...said, shown: "no" } : said]),
    ),
  }));
}

/** Before the first letter is asked for, which would be asked for twice otherwise. */
export async function restorePlain(): Promise<void> {
  const kept = await backend()
    .setting(PLAIN)
    .catch(() => undefined);
  if (kept !== undefined) useLooks.setState({ plain: kept === "yes" });
}

/** All letters are shown as text from now on, or as they were written; what was said of single ones stays. */
export function showAllPlain(plain: boolean): void {
  useLooks.setState({ plain });
  void backend().putSetting(PLAIN, plain ? "yes" : "no");
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
