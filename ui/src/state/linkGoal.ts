// Where the link leads on which the pointer rests in a letter, or on which the keys are. A page without scripts tells nobody of that in
// every web view, so it is looked at some times a second while the pointer or the focus is in its frame, and else never.
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

/** The sanitiser has written into each link where it leads. A link that was pressed keeps the focus, and is shown no longer for that. */
function goalIn(page: Document | null, isOver: boolean): string | null {
  const link =
    (isOver ? page?.querySelector("a[title]:hover") : null) ?? page?.querySelector("a[title]:focus-visible");
  const goal = link?.getAttribute("title") ?? "";
  return goal === "" ? null : goal.slice(0, LONGEST);
}

/** Follows the links of a letter's frame until the answer is called. */
export function followLinks(frame: HTMLIFrameElement): () => void {
  let isOver = false;
  let timer: ReturnType<typeof setInterval> | undefined;
  const look = () => {
    const isIn = document.activeElement === frame;
    show(frame, isIn || isOver ? goalIn(frame.contentDocument, isOver) : null);
    if (isIn || isOver) return void (timer ??= setInterval(look, EVERY));
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
  const onBlur = () => setTimeout(look);
  frame.addEventListener("mouseenter", onEnter);
  frame.addEventListener("mouseleave", onLeave);
  addEventListener("blur", onBlur);
  return () => {
    clearInterval(timer);
    frame.removeEventListener("mouseenter", onEnter);
    frame.removeEventListener("mouseleave", onLeave);
    removeEventListener("blur", onBlur);
    show(frame, null);
  };
}
