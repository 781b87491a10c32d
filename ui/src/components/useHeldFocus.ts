// Keeps the keyboard in a sheet when what had the focus goes away or is switched off. The browser hands the focus to the
// page then, behind the sheet, and the next key (Escape above all) would be lost.
import { useEffect, useRef } from "react";

export function useHeldFocus<E extends HTMLElement>(): React.RefObject<E | null> {
  const ref = useRef<E>(null);
  useEffect(() => {
    const sheet = ref.current;
    if (sheet === null) return;
    let last: EventTarget | null = null;
    const note = (event: FocusEvent) => {
      last = event.target;
    };
    const hold = () => {
      const lost = last instanceof HTMLElement && (!last.isConnected || last.matches(":disabled"));
      if (!lost || document.activeElement !== document.body) return;
      last = null;
      sheet.focus();
    };
    const watch = new MutationObserver(hold);
    sheet.addEventListener("focusin", note);
    watch.observe(sheet, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] });
    return () => {
      watch.disconnect();
      sheet.removeEventListener("focusin", note);
    };
  }, []);
  return ref;
}
