// Keeps the keyboard on a row when the one that had it goes, as a search that is removed: the browser would hand the focus to the page,
// and the tree takes it as a whole, where nobody sees it. It goes to the row that stands in its place by then.
import { useEffect, useRef } from "react";

export function useKeptFocus<E extends HTMLElement>(): React.RefObject<E | null> {
  const ref = useRef<E>(null);
  useEffect(() => {
    const folders = ref.current;
    if (folders === null) return;
    let last: { row: Element; at: number } | null = null;
    const rows = () => [...folders.querySelectorAll<HTMLElement>("[role=row]")];
    const note = ({ target }: FocusEvent) => {
      const row = target instanceof Element ? target.closest<HTMLElement>("[role=row]") : null;
      if (row !== null) last = { row, at: rows().indexOf(row) };
    };
    let soon: ReturnType<typeof setTimeout> | undefined;
    const leave = ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget !== null || !document.hasFocus()) return;
      clearTimeout(soon);
      // Some browsers say it of a row that goes while it still stands there. One that stands there later was left by a press elsewhere.
      soon = setTimeout(() => {
        if (last?.row.isConnected === true && document.activeElement === document.body) last = null;
      });
    };
    const keep = () => {
      if (last === null || last.row.isConnected) return;
      const { at } = last;
      last = null;
      const active = document.activeElement;
      if (active !== document.body && active?.matches("[role=treegrid]") !== true) return;
      const all = rows();
      (all[at] ?? all.at(-1))?.focus();
    };
    const watch = new MutationObserver(keep);
    folders.addEventListener("focusin", note);
    folders.addEventListener("focusout", leave);
    watch.observe(folders, { childList: true, subtree: true });
    return () => {
      clearTimeout(soon);
      watch.disconnect();
      folders.removeEventListener("focusin", note);
      folders.removeEventListener("focusout", leave);
    };
  }, []);
  return ref;
}
