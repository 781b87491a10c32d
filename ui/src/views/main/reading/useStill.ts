// What is read stands still while letters above it become higher, since their pictures come or they are drawn at last, or lower.
// Chromium would do that by itself (CSS Scroll Anchoring) and WebKit does not; so that all web views do the same, it is done here
// and switched off there (ReadingPane.module.css). Letters that get another size flow anew: then the words at the top of the pane stay.
import { useEffect } from "react";
import { LETTER, showArrived } from "../../../state/here";
import { useLooks } from "../../../state/letterLook";
import { placeAt, topOf, type InnerPlace } from "./innerPlace";

/** The letters stand in `content`, as soon as they are there, and that stands in what scrolls. */
export function useStill(content: React.RefObject<HTMLElement | null>, isThere: boolean): void {
  useEffect(() => {
    const letters = content.current;
    const pane = letters?.parentElement;
    if (letters == null || pane == null) return;
    /** The first letter of which anything is seen, how far its top is from the pane's, and how far down that was scrolled. */
    let anchor: { letter: Element; offset: number; scrolled: number } | null = null;
    const paneTop = () => pane.getBoundingClientRect().top;
    const offsetOf = (letter: Element) => letter.getBoundingClientRect().top - paneTop();
    /** What was read when letters got another size, for as long as nobody scrolls. */
    let inner: InnerPlace | null = null;
    const keepPlace = () => {
      if (pane.scrollTop > 0 && anchor !== null) inner ??= placeAt(anchor.letter, paneTop());
    };
    const hold = () => {
      if (anchor !== null && !stands(anchor.scrolled)) inner = null;
      const top = pane.getBoundingClientRect().top;
      const all = [...letters.querySelectorAll(`[${LETTER}]`)];
      const letter = all.find((each) => each.getBoundingClientRect().bottom > top);
      anchor = letter === undefined ? null : { letter, offset: offsetOf(letter), scrolled: pane.scrollTop };
    };
    /** Nobody has scrolled since, which is told with the next drawing: the pane is where it was, or as near as there is room. */
    const stands = (scrolled: number) =>
      Math.abs(pane.scrollTop - Math.min(scrolled, pane.scrollHeight - pane.clientHeight)) <= 1;
    const stay = () => {
      // At its beginning a conversation is read from its beginning on. A letter that has another place now is looked for anew.
      if (pane.scrollTop > 0 && anchor?.letter.isConnected === true && stands(anchor.scrolled)) {
        const within = inner === null ? null : topOf(inner);
        const moved = within === null ? offsetOf(anchor.letter) - anchor.offset : within - paneTop();
        if (Math.abs(moved) >= 1) pane.scrollTop += moved;
        anchor.scrolled = pane.scrollTop;
      }
      // What was held may have moved it away.
      showArrived();
      hold();
    };
    // It is told between the layout and the drawing: nobody sees it move.
    const observer = new ResizeObserver(stay);
    observer.observe(letters);
    // Told before anything is drawn in the new size.
    const leave = useLooks.subscribe((now, before) => {
      if (now.size !== before.size) keepPlace();
    });
    pane.addEventListener("scroll", hold, { passive: true });
    return () => {
      observer.disconnect();
      leave();
      pane.removeEventListener("scroll", hold);
    };
  }, [content, isThere]);
}
