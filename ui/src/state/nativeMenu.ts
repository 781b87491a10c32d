// The web view's own context menu. Where there is text to type, or text chosen to be copied, it is of use; elsewhere it
// offers Back, Reload and the like, which mean nothing in a mail window. Not here: our own menus, which come first.

/** Keeps the web view's menu to text, until the answer is called. */
export function restrainNativeMenu(page: Window & typeof globalThis): () => void {
  const onContextMenu = (event: MouseEvent) => {
    if (event.defaultPrevented) return;
    if (!(event.target instanceof page.Element) || !isForText(event.target, page)) event.preventDefault();
  };
  page.addEventListener("contextmenu", onContextMenu);
  return () => page.removeEventListener("contextmenu", onContextMenu);
}

/** Whether it is a field, or text that is being written. */
export function isWrittenIn(element: Element): boolean {
  return element.closest("input, textarea, [contenteditable]:not([contenteditable=false])") !== null;
}

function isForText(target: Element, page: Window): boolean {
  if (isWrittenIn(target)) return true;
  const chosen = page.getSelection();
  return chosen !== null && !chosen.isCollapsed && chosen.containsNode(target, true);
}
