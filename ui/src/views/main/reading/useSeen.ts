// A letter has been seen when a part of it stood in the pane: one that is far below, or came while nothing was drawn, has not.
import { useEffect } from "react";

/** So much of it is seen, in pixels: more than its edge. */
const SEEN = 48;

/** Tells once that the letter in this place was seen; `onSeen` is always the same function. */
export function useSeen(
  place: React.RefObject<HTMLElement | null>,
  email: string,
  onSeen: (email: string) => void,
): void {
  useEffect(() => {
    if (place.current === null) return;
    const watch = new IntersectionObserver(
      (seen) => {
        if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
        watch.disconnect();
        onSeen(email);
      },
      { root: document.getElementById("reading"), rootMargin: `-${SEEN}px 0px` },
    );
    watch.observe(place.current);
    return () => watch.disconnect();
  }, [place, email, onSeen]);
}
