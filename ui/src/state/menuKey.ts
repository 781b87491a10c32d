// The key that opens a menu (Menu, or Shift F10). Where a web view says that it was pressed, and at what, differs: WebKitGTK tells the
// element at a corner of the one that has the focus, which may be a neighbour. So what has the focus is told here, at no place, and what
// the web view tells of the same key is left aside. Not here: the web view's own menu of text, which stays with it.
import { isWrittenIn } from "./nativeMenu";

/** Tells what has the focus that its menu is wanted, until the answer is called. */
export function relayMenuKey(page: Window & typeof globalThis): () => void {
  // Whether the last thing that was pressed is the key; a press of the mouse comes before what it asks for.
  let byKey = false;
  const onKeyDown = (event: KeyboardEvent) => {
    byKey = false;
    if (!isMenuKey(event)) return;
    const { activeElement } = page.document;
    if (activeElement === null || isWrittenIn(activeElement)) return;
    const wanted = new page.MouseEvent("contextmenu", { bubbles: true, cancelable: true });
    if (activeElement.dispatchEvent(wanted)) return;
    byKey = true;
    event.preventDefault();
  };
  const onPointerDown = () => {
    byKey = false;
  };
  const onContextMenu = (event: MouseEvent) => {
    if (!byKey || !event.isTrusted) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  page.addEventListener("keydown", onKeyDown, true);
  page.addEventListener("pointerdown", onPointerDown, true);
  page.addEventListener("contextmenu", onContextMenu, true);
  return () => {
    page.removeEventListener("keydown", onKeyDown, true);
    page.removeEventListener("pointerdown", onPointerDown, true);
    page.removeEventListener("contextmenu", onContextMenu, true);
  };
}

function isMenuKey({ key, shiftKey, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  if (ctrlKey || altKey || metaKey) return false;
  return key === "ContextMenu" || (key === "F10" && shiftKey);
}
