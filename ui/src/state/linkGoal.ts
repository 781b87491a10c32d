// Where the link leads on which the pointer rests in a letter, or on which the keys are. A page without scripts tells nobody of that in
// every web view, so it is looked at some times a second while the pointer or the focus is in its frame and the window has the keys, and
// else never.
import { create } from "zustand";

/** How often it is looked at, in milliseconds. */
const EVERY = 120;
/** Nothing longer has room at the foot of a window. */
const LONGEST = 300;

/** Null: there is no such link. */
export const useLinkGoal = create<{ goal: string | null }>(() => ({ goal: null }));

/** Whose link is shown. */
let shownBy: HTMLIFrameElement | null = null;

function show(frame: HTMLIFrameElement, goal: string | null): void {
  if (goal === null && shownBy !== frame) return;
  shownBy = goal === null ? null : frame;
  if (useLinkGoal.getState().goal !== goal) useLinkGoal.setState({ goal });
}

/** Those of a picture with several (a map) are areas. */
const LINKS = ":is(a, area)[title]";

/** The sanitiser has written into each link where it leads. A link that was pressed keeps the focus, and is shown no longer for that. */
function goalIn(page: Document | null, isOver: boolean): string | null {
  const link =
    (isOver ? page?.querySelector(`${LINKS}:hover`) : null) ?? page?.querySelector(`${LINKS}:focus-visible`);
  const goal = link?.getAttribute("title") ?? "";
  return goal === "" ? null : goal.slice(0, LONGEST);
}

/** Follows the links of a letter's frame until the answer is called. */
export function followLinks(frame: HTMLIFrameElement): () => void {
  let isOver = false;
  let timer: ReturnType<typeof setInterval> | undefined;
  const look = () => {
    const isLookedAt = document.hasFocus() && (isOver || document.activeElement === frame);
    show(frame, isLookedAt ? goalIn(frame.contentDocument, isOver) : null);
    if (isLookedAt) return void (timer ??= setInterval(look, EVERY));
    clearInterval(timer);
    timer = undefined;
  };
  const onEnter = () => {
    isOver = true;
    look();
  };
  const onLeave = () => {
    isOver = false;
    look();
  };
  // The window loses the focus to its own frame, and has not lost it yet when that is told.
  let soon: ReturnType<typeof setTimeout> | undefined;
  const onBlur = () => {
    clearTimeout(soon);
    soon = setTimeout(look);
  };
  frame.addEventListener("mouseenter", onEnter);
  frame.addEventListener("mouseleave", onLeave);
  addEventListener("blur", onBlur);
  addEventListener("focus", look);
  return () => {
    clearInterval(timer);
    clearTimeout(soon);
    frame.removeEventListener("mouseenter", onEnter);
    frame.removeEventListener("mouseleave", onLeave);
    removeEventListener("blur", onBlur);
    removeEventListener("focus", look);
    show(frame, null);
  };
}
