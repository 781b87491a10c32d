// What is pressed above a letter may go because of it, or can no longer be pressed: the keys stay with the letter then, and do not fall to
// the window. Not here: what becomes of the focus when a letter itself goes (useFocusStays.ts).
import { useEffect } from "react";
import { LETTER } from "../../../state/here";

/** `place`: what stands above the letter. */
export function useFocusKept(place: React.RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { current: above } = place;
    if (above === null) return;
    let pressed: Element | null = null;
    const onFocus = ({ target }: FocusEvent) => {
      pressed = target instanceof Element ? target : null;
    };
    const onLeft = ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget !== null) pressed = null;
    };
    const observer = new MutationObserver(() => {
      if (pressed === null || (pressed.isConnected && !pressed.matches(":disabled"))) return;
      const { activeElement } = document;
      const isLost = activeElement === null || activeElement === document.body || activeElement === pressed;
      pressed = null;
      if (isLost) above.closest<HTMLElement>(`[${LETTER}]`)?.focus({ preventScroll: true });
    });
    observer.observe(above, { subtree: true, childList: true, attributeFilter: ["disabled"] });
    above.addEventListener("focusin", onFocus);
    above.addEventListener("focusout", onLeft);
    return () => {
      observer.disconnect();
      above.removeEventListener("focusin", onFocus);
      above.removeEventListener("focusout", onLeft);
    };
  }, [place]);
}
