// Keys do not leave a frame that has the focus, so a press into a letter would make the window deaf. The focus comes back
// to the letter, unless a text is selected in the letter or a link of it has the focus, which is somebody at work there.
import { useEffect, useRef } from "react";
import { LETTER } from "../../../state/here";

const LOOK = 250;

export function useFocusBack(): React.RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const look = () => {
      const frame = document.activeElement;
      if (!(frame instanceof HTMLIFrameElement)) {
        clearInterval(timer);
        return;
      }
      const page = frame.contentDocument;
      const selected = page?.getSelection()?.isCollapsed === false;
      const atWork = page !== null && page.activeElement !== null && page.activeElement !== page.body;
      if (selected || atWork) return;
      clearInterval(timer);
      const letter = frame.closest<HTMLElement>(`[${LETTER}]`);
      (letter ?? place.current)?.focus({ preventScroll: true });
    };
    // The window loses the focus to its own frame: that is the only event there is.
    const onBlur = () => {
      clearInterval(timer);
      timer = setInterval(look, LOOK);
    };
    addEventListener("blur", onBlur);
    return () => {
      removeEventListener("blur", onBlur);
      clearInterval(timer);
    };
  }, []);
  return place;
}
