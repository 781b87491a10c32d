// The keys of a sheet: heard wherever the focus is in it, also where it is on the sheet itself; and the focus of what it was
// opened for, which comes later than the sheet.
import { useCallback, useLayoutEffect, useRef } from "react";

const SHEETS = "[role=dialog], [role=alertdialog]";

const sheetAround = (place: HTMLElement | null) => place?.closest<HTMLElement>(SHEETS) ?? null;

/** Hears the keys of the sheet around the element that gets this, as long as that is there. */
export function useSheetKeys(hear: (event: KeyboardEvent) => void): React.RefCallback<HTMLElement> {
  const latest = useRef(hear);
  useLayoutEffect(() => {
    latest.current = hear;
  });
  return useCallback((place: HTMLElement | null) => {
    const sheet = sheetAround(place);
    if (sheet === null) return;
    const listener = (event: KeyboardEvent) => {
      // The keys of a word that is still composed are the composer's.
      if (!event.defaultPrevented && !event.isComposing) latest.current(event);
    };
    sheet.addEventListener("keydown", listener);
    return () => sheet.removeEventListener("keydown", listener);
  }, []);
}

/** The focus goes to this element when that comes, unless the person is at something else in the sheet already. */
export function focusInSheet(place: HTMLElement | null): void {
  const sheet = sheetAround(place);
  const at = document.activeElement;
  if (sheet !== null && (at === sheet || at === document.body)) place?.focus({ preventScroll: true });
}
