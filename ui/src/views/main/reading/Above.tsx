// What stands between the head of a letter and the letter: who it is from, what was kept out, what is odd, meetings. Nothing there moves
// the letter by itself: what goes or gets lower leaves its room until the person does something there or the window gets another width, and
// what gets higher moves what is read along.
import { useLayoutEffect, useRef } from "react";
import { useFocusKept } from "./useFocusKept";

interface Props {
  /** How the person looks at the letter: what is different because of that has the room that it takes. */
  look: string;
  children: React.ReactNode;
}

export function Above({ look, children }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const acted = useRef(false);
  const looked = useRef(look);
  useFocusKept(place);
  useLayoutEffect(() => {
    if (looked.current === look) return;
    looked.current = look;
    acted.current = true;
    if (place.current !== null) place.current.style.minHeight = "";
  }, [look]);
  useLayoutEffect(() => {
    const { current: at } = place;
    if (at === null) return;
    let { height, width } = at.getBoundingClientRect();
    const onAct = () => {
      acted.current = true;
      at.style.minHeight = "";
    };
    // Told between the layout and the drawing.
    const observer = new ResizeObserver(() => {
      const pane = at.closest("[data-letters]");
      const now = at.getBoundingClientRect();
      const grown = now.height - height;
      if (now.width !== width) at.style.minHeight = "";
      else if (!acted.current && grown < 0) at.style.minHeight = `${height}px`;
      else if (!acted.current && grown > 0 && pane !== null && pane.scrollTop > 0) pane.scrollTop += grown;
      ({ height, width } = at.getBoundingClientRect());
    });
    observer.observe(at);
    // Before what is pressed does anything.
    at.addEventListener("click", onAct, true);
    at.addEventListener("keydown", onAct, true);
    return () => {
      observer.disconnect();
      at.removeEventListener("click", onAct, true);
      at.removeEventListener("keydown", onAct, true);
    };
  }, []);
  return (
    <div ref={place} style={{ display: "flow-root" }} data-above="">
      {children}
    </div>
  );
}
