// The keys of the list of files, wherever the focus is in its sheet: Up and Down from row to row and a page at a time, to both ends, and
// by the beginning of a name. In another row one comes to what does the same there; above the first row are the words, and below the
// last is the way to further files.
import { ahead, isBegun, typedOn, type TypedAhead } from "../../../components/typeAhead";

/** The way to further files. */
export const FURTHER = "further-files";

/** What is done with a row: it is chosen, opened, its letter is opened, it is saved and shown where it was saved. */
const DEEDS = "input, button";
const OPEN = 1;

export function fileKeys(): (event: KeyboardEvent) => void {
  let typed: TypedAhead = { text: "", at: 0 };
  return (event) => {
    const { currentTarget: sheet, target, key } = event;
    if (!(sheet instanceof Element) || !(target instanceof Element)) return;
    // The keys of a word that is still composed, and those with others held, are not for steps.
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = [...sheet.querySelectorAll("li")];
    const row = target.closest("li");
    const place = row !== null ? rows.indexOf(row) : target.matches(`.${FURTHER}`) ? rows.length : -1;
    if (place === -1 && !target.matches("input")) return;
    const isName = [...key].length === 1 && (key !== " " || isBegun(typed, event.timeStamp));
    if (row !== null && isName) {
      typed = typedOn(typed, key, event.timeStamp);
      const names = rows.map((each) => each.dataset.name ?? "");
      go(event, sheet, rows, ahead(names, place, typed.text) ?? place);
    } else if (!event.shiftKey) {
      const to = goalOf(key, place, rows);
      if (to !== null) go(event, sheet, rows, to);
    }
  };
}

/** Which row a key leads to: -1 are the words, and what is behind the last row the further files. Null: it is no such key there. */
function goalOf(key: string, place: number, rows: readonly Element[]): number | null {
  const page = rowsOfPage(rows);
  const last = rows.length - 1;
  const isInWords = place === -1;
  switch (key) {
    case "ArrowDown":
      return place + 1;
    case "ArrowUp":
      return place - 1;
    case "PageDown":
      return Math.min(place + page, last);
    case "PageUp":
      return isInWords ? null : Math.max(place - page, 0);
    // Among the words they are for the caret.
    case "Home":
      return isInWords ? null : 0;
    case "End":
      return isInWords ? null : last;
    default:
      return null;
  }
}

/** So many are seen at once, less the one that stays in view. */
function rowsOfPage([first]: readonly Element[]): number {
  const list = first?.parentElement;
  if (first === undefined || list == null) return 1;
  return Math.max(1, Math.floor(list.clientHeight / Math.max(1, first.getBoundingClientRect().height)) - 1);
}

function go(event: KeyboardEvent, sheet: Element, rows: readonly Element[], to: number): void {
  const { target } = event;
  const deeds = (row: Element | null | undefined) => [...(row?.querySelectorAll<HTMLElement>(DEEDS) ?? [])];
  const row = target instanceof Element ? target.closest("li") : null;
  const deed = row === null ? OPEN : deeds(row).findIndex((each) => each === target);
  const goal =
    to < 0
      ? sheet.querySelector("input")
      : to >= rows.length
        ? sheet.querySelector<HTMLElement>(`.${FURTHER}`)
        : (deeds(rows[to])[deed] ?? deeds(rows[to])[OPEN]);
  event.preventDefault();
  // The space of a name presses nothing.
  if (event.key === " ") event.stopPropagation();
  goal?.focus();
}
