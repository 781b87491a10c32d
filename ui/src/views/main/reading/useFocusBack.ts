// A press into a letter puts the focus into its frame. It comes back to the letter, so that what scrolls and goes on with the Tab key
// begins there, unless a text is selected in the letter or a link of it has the focus, which is somebody at work there: the
// keys of the window work all the same (letterKeys.ts). Where nobody tells of keys in a frame, a link that was followed is left.
import { useEffect, useRef } from "react";
import { areKeysHeard, focusedFrame } from "../../../actions/letterKeys";
import { backend } from "../../../ipc";
import { LETTER } from "../../../state/here";

const LOOK = 250;

export function useFocusBack(): React.RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const comeBack = (frame: HTMLIFrameElement) => {
      const letter = frame.closest<HTMLElement>(`[${LETTER}]`);
      (letter ?? place.current)?.focus({ preventScroll: true });
    };
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
      comeBack(frame);
    };
    // The window loses the focus to its own frame: that is the only event there is.
    const onBlur = () => {
      clearInterval(timer);
      timer = setInterval(look, LOOK);
    };
    addEventListener("blur", onBlur);
    const end = backend().onLinkClicked(() => {
      const frame = focusedFrame();
      if (frame !== null && !areKeysHeard()) comeBack(frame);
    });
    return () => {
      end();
      removeEventListener("blur", onBlur);
      clearInterval(timer);
    };
  }, []);
  return place;
}
