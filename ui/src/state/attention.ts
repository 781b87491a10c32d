// Whether somebody may be looking: the window is on the screen and has the focus. What arrives in a window that stands behind another
// one, or on a screen that was left, has not been read.
import { useSyncExternalStore } from "react";

/** A letter's own frame that has the focus is in the window. */
function isLookedAt(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}

/** How often one looks while a letter's own frame has the focus, in milliseconds: what happens to the window is told to that alone. */
const LOOK = 500;

function listen(changed: () => void): () => void {
  const over = new AbortController();
  const { signal } = over;
  const looking = setInterval(() => {
    if (document.activeElement instanceof HTMLIFrameElement) changed();
  }, LOOK);
  signal.addEventListener("abort", () => clearInterval(looking));
  window.addEventListener("focus", changed, { signal });
  window.addEventListener("blur", changed, { signal });
  document.addEventListener("visibilitychange", changed, { signal });
  return () => over.abort();
}

export function useLookedAt(): boolean {
  return useSyncExternalStore(listen, isLookedAt);
}
