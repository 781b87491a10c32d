// Keeps the keyboard in a sheet when what had the focus goes away or is switched off. The browser hands the focus to the
// page then, behind the sheet, and the next key (Escape above all) would be lost. What goes away is seen as it goes; what is
// switched off or hidden loses the focus some frames later, and says so.
import { useEffect, useRef } from "react";

export function useHeldFocus<E extends HTMLElement>(): React.RefObject<E | null> {
  const ref = useRef<E>(null);
  useEffect(() => {
    const sheet = ref.current;
    if (sheet === null) return;
    let last: EventTarget | null = null;
    let soon: ReturnType<typeof setTimeout> | undefined;
    const note = (event: FocusEvent) => {
      last = event.target;
    };
    const hold = () => {
      const lost = last instanceof HTMLElement && (!last.isConnected || last.matches(":disabled"));
      if (!lost || document.activeElement !== document.body) return;
      last = null;
      sheet.focus();
    };
    const lose = (event: FocusEvent) => {
      // The window lost it, or something else has it by now; or a newer dialog is in front, which has put the sheet aside.
      if (event.relatedTarget !== null || !document.hasFocus()) return;
      clearTimeout(soon);
      soon = setTimeout(() => {
        if (document.activeElement !== document.body || !sheet.isConnected) return;
        if (sheet.closest("[inert], [aria-hidden=true]") === null) sheet.focus();
      });
    };
    const watch = new MutationObserver(hold);
    sheet.addEventListener("focusin", note);
    sheet.addEventListener("focusout", lose);
    watch.observe(sheet, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] });
    return () => {
      clearTimeout(soon);
      watch.disconnect();
      sheet.removeEventListener("focusin", note);
      sheet.removeEventListener("focusout", lose);
    };
  }, []);
  return ref;
}
