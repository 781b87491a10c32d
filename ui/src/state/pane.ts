// Where letters are read: the pane of the conversation, and in front of it the sheets of letters within letters. Who looks for words,
// scrolls, or goes from file to file does so in the one that is in front. Not here: which sheets there are (window.ts).

/** What each of them is known by; those of sheets stand behind that of the conversation in the page, in the order in which they opened. */
export const PANE = ":is(#reading, [data-pane])";

/** The one in front; null before there is any. */
export function paneInFront(): HTMLElement | null {
  return [...document.querySelectorAll<HTMLElement>(PANE)].at(-1) ?? null;
}

/** The keys go on in it. */
export function focusPane(): void {
  paneInFront()?.focus({ preventScroll: true });
}
