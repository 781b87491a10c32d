// Conversations are taken up from the list: with the mouse by any row, with the keys by a command. A row outside the
// selection goes alone; a row of it takes the whole selection along. They are put down on the folder tree.
import { useEffect, useRef } from "react";
import { useDrag, type DragItem, type DragPreviewRenderer } from "react-aria";
import type { Listing, RowView } from "../../../ipc/backend";
import { hooks } from "../../../actions/commands";
import { LETTERS, nothingDragged, useDragging } from "../../../state/drag";
import { keyOf, rowNow } from "../../../state/rows";
import { chosenRows, useSelection } from "../../../state/selection";

export function useLetterDrag(box: React.RefObject<HTMLDivElement | null>, listing: Listing) {
  const load = useRef<RowView[]>([]);
  // With the mouse Ctrl decides at the end; with the keys it is decided at the beginning.
  const copying = useRef(false);
  // The pointer has DragGhost beside it; the browser's own picture stays empty.
  const preview = useRef<DragPreviewRenderer>(
    (_items: DragItem[], show: (node: HTMLElement | null) => void) => {
      const empty = document.createElement("div");
      empty.style.cssText = "position:fixed;left:-10px;top:-10px;width:1px;height:1px";
      document.body.append(empty);
      show(empty);
      setTimeout(() => empty.remove(), 100);
    },
  );
  const { dragProps, dragButtonProps } = useDrag({
    hasDragButton: true,
    preview,
    getAllowedDropOperations: () => (copying.current ? ["copy"] : ["move", "copy"]),
    getItems: () => load.current.map((row) => ({ [LETTERS]: row.thread, "text/plain": row.subject })),
    onDragStart: () => {
      const rows = load.current;
      useDragging.setState({
        over: null,
        copying: copying.current,
        load: {
          kind: "letters",
          emails: rows.flatMap((row) => row.emails),
          conversations: rows.length,
          from: listing.source.kind === "mailbox" ? listing.source.mailbox : null,
        },
      });
    },
    onDragEnd: () => useDragging.setState(nothingDragged),
  });

  const start = useRef(dragButtonProps.onPress);
  useEffect(() => {
    start.current = dragButtonProps.onPress;
  });
  useEffect(() => {
    hooks.dragWithKeys = (operation) => {
      load.current = chosenRows();
      copying.current = operation === "copy";
      const target = box.current;
      if (load.current.length === 0 || target === null) return;
      target.focus({ preventScroll: true });
      // react-aria begins its session with the keys as if a drag button had been pressed on the list itself.
      start.current?.({ type: "press", pointerType: "keyboard", target } as unknown as Parameters<
        NonNullable<typeof start.current>
      >[0]);
    };
  }, [box]);

  const onDragStartCapture = (event: React.DragEvent) => {
    const at = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-index]") : null;
    const row = at?.dataset.index === undefined ? undefined : rowNow(Number(at.dataset.index));
    if (row === undefined) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    load.current = useSelection.getState().chosen.has(keyOf(row)) ? chosenRows() : [row];
    copying.current = false;
  };
  // The rows are what the browser drags, not the box.
  const { draggable: _box, ...handlers } = dragProps as typeof dragProps & { draggable?: unknown };
  return { dragProps: handlers, onDragStartCapture };
}
