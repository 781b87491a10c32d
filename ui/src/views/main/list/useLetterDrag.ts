// Conversations are taken up from the list: with the mouse by any row, with the keys by a command. A row outside the
// selection goes alone; a row of it takes the whole selection along. They are put down on the folder tree, or with the mouse on another conversation, with which they become one.
import { useEffect, useRef } from "react";
import { useDrag, type DragItem, type DragPreviewRenderer } from "react-aria";
import type { Listing, RowView } from "../../../ipc/backend";
import { hooks } from "../../../actions/commands";
import { unite } from "../../../actions/conversations";
import { dropOnto, joinedOnto, LETTERS, nothingDragged, useDragging } from "../../../state/drag";
import { keyOf, rowNow } from "../../../state/rows";
import { meantNow, sizeOfMeant } from "../../../state/meant";
import { rowsSaid } from "../../../state/rowsSaid";
import { isChosen, useSelection } from "../../../state/selection";
import { isWide, type Meant } from "../../../state/wide";

export function useLetterDrag(box: React.RefObject<HTMLDivElement | null>, listing: Listing) {
  const load = useRef<Meant>([]);
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
    getItems: () =>
      isWide(load.current)
        ? [{ [LETTERS]: "", "text/plain": rowsSaid(sizeOfMeant(load.current)) }]
        : load.current.map((row) => ({ [LETTERS]: row.thread, "text/plain": row.subject })),
    onDragStart: () => {
      const rows = isWide(load.current) ? [] : load.current;
      useDragging.setState({
        ...nothingDragged,
        copying: copying.current,
        load: {
          kind: "letters",
          emails: rows.flatMap((row) => row.emails),
          wide: isWide(load.current) ? load.current : null,
          conversations: sizeOfMeant(load.current),
          threads: rows.map((row) => row.thread),
          accounts: [...new Set(rows.map((row) => row.account))],
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
      load.current = meantNow();
      copying.current = operation === "copy";
      const target = box.current;
      if (sizeOfMeant(load.current) === 0 || target === null) return;
      target.focus({ preventScroll: true });
      // react-aria begins its session with the keys as if a drag button had been pressed on the list itself.
      start.current?.({ type: "press", pointerType: "keyboard", target } as unknown as Parameters<
        NonNullable<typeof start.current>
      >[0]);
    };
  }, [box]);

  const onDragStartCapture = (event: React.DragEvent) => {
    const under = rowUnder(event.target);
    if (under === undefined) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const { index, row } = under;
    load.current = isChosen(useSelection.getState(), index, keyOf(row)) ? meantNow() : [row];
    copying.current = false;
  };
  // The rows are what the browser drags, not the box.
  const { draggable: _box, ...handlers } = dragProps as typeof dragProps & { draggable?: unknown };
  return { dragProps: { ...handlers, ...dropHandlers(load) }, onDragStartCapture };
}

export interface Under {
  index: number;
  row: RowView;
}

/** The row that the pointer is at, and where that stands. */
export function rowUnder(target: EventTarget): Under | undefined {
  const at = target instanceof Element ? target.closest<HTMLElement>("[data-index]") : null;
  const index = Number(at?.dataset.index);
  const row = at?.dataset.index === undefined ? undefined : rowNow(index);
  return row === undefined ? undefined : { index, row };
}

/** What is let go on a row. With the keys the same is a command of its own. */
function dropHandlers(load: React.RefObject<Meant>) {
  const meant = (event: React.DragEvent) => {
    const row = rowUnder(event.target)?.row;
    const { load: dragged, copying } = useDragging.getState();
    return row === undefined ? null : { row, outcome: dropOnto(dragged, row, copying) };
  };
  const look = (onto: { row: RowView; joins: boolean } | null) => {
    const { onto: before } = useDragging.getState();
    const key = onto === null ? null : keyOf(onto.row);
    if (key === (before?.key ?? null)) return;
    useDragging.setState({
      onto:
        onto === null || key === null
          ? null
          : { key, row: onto.row, subject: onto.row.subject, joins: onto.joins },
    });
  };
  return {
    onDragOver: (event: React.DragEvent) => {
      const under = meant(event);
      const outcome = under?.outcome ?? null;
      look(under === null || outcome === null ? null : { row: under.row, joins: outcome === "joins" });
      if (outcome !== "joins") return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "move";
    },
    onDragLeave: (event: React.DragEvent) => {
      const to = event.relatedTarget;
      if (!(to instanceof Node && event.currentTarget.contains(to))) look(null);
    },
    onDrop: (event: React.DragEvent) => {
      const under = rowUnder(event.target)?.row;
      const { onto } = useDragging.getState();
      const row = joinedOnto(onto, under === undefined ? null : keyOf(under));
      if (row === null || isWide(load.current)) return;
      event.preventDefault();
      void unite([row, ...load.current]);
    },
  };
}
