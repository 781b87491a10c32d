// Where the keys are among the letters that are read: those of the conversation that is open, or the letter within a letter in front of
// them; at the one that has the focus, open or folded. The page itself knows it, so that nothing here can say otherwise.
import { PANE, paneInFront } from "./pane";

/** On every letter, with the word that names it. */
export const LETTER = "data-email";

const all = (): HTMLElement[] => [...(paneInFront()?.querySelectorAll<HTMLElement>(`[${LETTER}]`) ?? [])];

/** The letter around an element; null outside of all. */
const letterAround = (at: Element | null): HTMLElement | null =>
  at?.closest<HTMLElement>(`${PANE} [${LETTER}]`) ?? null;

/** Where a letter stands; undefined where it has no line either. */
export const placeOf = (email: string): HTMLElement | undefined =>
  all().find((each) => each.getAttribute(LETTER) === email);

/** The letter that has the focus, in its head, in its text or around it; null where none has. */
export function letterHere(): string | null {
  return letterAround(document.activeElement)?.getAttribute(LETTER) ?? null;
}

/** The letter that had the focus before the tools took it. */
let before: string | null = null;

/** The tools mean the letter that the focus comes from. */
export function noteForTools(from: Element | null): void {
  if (from?.closest("[data-tools]") == null) before = letterAround(from)?.getAttribute(LETTER) ?? null;
}

/** The letter that a key or a tool means by the focus; null where it means none. */
export function letterMeant(): string | null {
  return document.activeElement?.closest("[data-tools]") == null ? letterHere() : before;
}

/** The letter whose place was taken away while it had the focus, until it has another. */
let left: string | null = null;

/**
 * Before the place of a letter goes: a focus in it would be nowhere, and keys would mean the list. It stays in the pane, for the
 * next place of the same letter.
 */
export function leaveLetter(email: string): void {
  if (letterHere() !== email) return;
  document.getElementById("reading")?.focus({ preventScroll: true });
  left = email;
}

/** The focus goes to this letter as soon as that has a place. */
export function awaitLetter(email: string): void {
  document.getElementById("reading")?.focus({ preventScroll: true });
  left = email;
}

/** The letter that has the focus in a new place, until somebody has brought that into view. */
let arrived: HTMLElement | null = null;

/** Letters have other places than before: the focus goes on in the letter that it was in, which is shown where that is asked. */
export function followLetter(then?: "show"): void {
  const email = left;
  left = null;
  if (email === null || document.activeElement?.id !== "reading") return;
  const place = placeOf(email);
  place?.focus({ preventScroll: true });
  if (then === "show") arrived = place ?? null;
}

/** The letter that the focus has gone on to comes into view. It is time for that when all letters stand where they will. */
export function showArrived(): void {
  const place = arrived;
  arrived = null;
  if (place?.isConnected !== true || document.activeElement !== place) return;
  place.scrollIntoView({ block: "nearest", behavior: "instant" });
}

/** Puts the focus on the letter around what has it now, which is about to go. */
export function stepOut(): void {
  letterAround(document.activeElement)?.focus({ preventScroll: true });
}

/** It stands there on one line, so that nobody sees how it is looked at. */
export function isFolded(email: string): boolean {
  return placeOf(email)?.tagName === "BUTTON";
}

/** What is seen gives its place to something else as soon as that is here. */
const goesAway = (pane: HTMLElement): boolean => pane.hasAttribute("data-coming");

/** The same of the pane that is there. */
export function isGoing(): boolean {
  const pane = paneInFront();
  return pane !== null && goesAway(pane);
}

/** Something of what is seen is still on its way. */
export function isComing(): boolean {
  const pane = paneInFront();
  if (pane === null) return false;
  if (goesAway(pane)) return true;
  const seen = pane.getBoundingClientRect();
  return [...pane.querySelectorAll("[data-coming], [data-far]")].some((each) => {
    const { top, bottom } = each.getBoundingClientRect();
    return top <= seen.bottom && bottom >= seen.top;
  });
}

/** Puts the focus on the next letter, or on the one before; from outside on the newest. `false`: there is none. */
export function stepLetter(step: 1 | -1): boolean {
  const letters = all();
  const here = letters.findIndex((each) => each.contains(document.activeElement));
  const next = here < 0 ? letters.at(-1) : letters[here + step];
  if (next === undefined) return false;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest", behavior: "instant" });
  return true;
}

/** Puts the focus on the first of these within the letter that is meant. `false`: it has none. */
export function focusWithin(email: string, what: string): boolean {
  const found = placeOf(email)?.querySelector<HTMLElement>(what);
  found?.focus();
  found?.scrollIntoView({ block: "nearest", behavior: "instant" });
  return found != null;
}

/** How long somebody waits for what is about to be drawn, in milliseconds. */
const PATIENCE = 5_000;

/** The same as soon as it is there, unless the focus has gone elsewhere meanwhile. */
export function focusWhenThere(email: string, what: string): Promise<boolean> {
  const pane = paneInFront();
  if (pane === null || focusWithin(email, what)) return Promise.resolve(pane !== null);
  const from = document.activeElement;
  const isMeant = () => {
    const at = document.activeElement;
    return at === from || at === document.body || at === pane || letterHere() === email;
  };
  return new Promise((resolve) => {
    const end = (there: boolean) => {
      watch.disconnect();
      clearTimeout(timer);
      resolve(there);
    };
    const watch = new MutationObserver(() => {
      if (!isMeant()) end(false);
      else if (focusWithin(email, what)) end(true);
    });
    watch.observe(pane, { childList: true, subtree: true });
    const timer = setTimeout(() => end(false), PATIENCE);
  });
}

/** Part of a screen that stays in view when one goes on by a screen, in pixels. */
const KEPT = 60;

/** Goes on by a screen in what is open. `false`: its end is seen already. */
export function scrollOn(back = false): boolean {
  const pane = paneInFront();
  if (pane === null || goesAway(pane)) return false;
  const before = pane.scrollTop;
  const screen = Math.max(KEPT, pane.clientHeight - KEPT);
  pane.scrollBy({ top: back ? -screen : screen, behavior: "instant" });
  return pane.scrollTop !== before;
}
