// Where the keys are among the letters of the conversation that is open: at the letter that has the focus, open or folded.
// The page itself knows it, so that nothing here can say otherwise.

/** On every letter of the conversation, with its id. */
export const LETTER = "data-email";

const all = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(`#reading [${LETTER}]`)];

/** The letter that has the focus, in its head, in its text or around it; null where none has. */
export function letterHere(): string | null {
  const focus = document.activeElement;
  return focus?.closest(`#reading [${LETTER}]`)?.getAttribute(LETTER) ?? null;
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
  const letter = all().find((each) => each.getAttribute(LETTER) === email);
  const found = letter?.querySelector<HTMLElement>(what);
  found?.focus();
  found?.scrollIntoView({ block: "nearest", behavior: "instant" });
  return found != null;
}

/** Part of a screen that stays in view when one goes on by a screen, in pixels. */
const KEPT = 60;

/** Goes on by a screen in what is open. `false`: its end is seen already. */
export function scrollOn(back = false): boolean {
  const pane = document.getElementById("reading");
  if (pane === null) return false;
  const before = pane.scrollTop;
  const screen = Math.max(KEPT, pane.clientHeight - KEPT);
  pane.scrollBy({ top: back ? -screen : screen, behavior: "instant" });
  return pane.scrollTop !== before;
}
