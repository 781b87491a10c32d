// The keys of the list, as in a file manager.
import { useCallback } from "react";
import type { RowView } from "../../../ipc/backend";
import { totalNow } from "../../../state/rows";
import { hooks, run } from "../../../actions/commands";
import { unmark, useFind } from "../../../state/letterFind";
import { useWindow } from "../../../state/window";
import { isNarrow } from "../../../state/narrow";
import {
  choose,
  putAway,
  stepBy,
  stepTo,
  toggleCursor,
  useSelection,
  type Step,
} from "../../../state/selection";

export function useListKeys(view: number, rowHeight: number, onOpen?: (row: RowView) => void) {
  return useCallback(
    (event: React.KeyboardEvent) => {
      if (event.altKey) return;
      const held = event.ctrlKey || event.metaKey;
      const step: Step = event.shiftKey ? "extend" : held ? "cursor" : "only";
      const page = Math.max(1, Math.floor(view / rowHeight) - 1);
      const moves: Record<string, () => void> = {
        ArrowDown: () => void stepBy(1, step),
        ArrowUp: () => void stepBy(-1, step),
        PageDown: () => void stepBy(page, step),
        PageUp: () => void stepBy(-page, step),
        Home: () => void stepTo(0, step),
        End: () => void stepTo((totalNow() ?? 1) - 1, step),
        " ": () => {
          const { chosen, cursor } = useSelection.getState();
          const isOpen = chosen.size === 1 && cursor?.key != null && chosen.has(cursor.key);
          if (held) toggleCursor();
          else if (isOpen) run(event.shiftKey ? "back" : "onward");
          else void stepBy(0, "only");
        },
        Enter: () => {
          if (useSelection.getState().chosen.size === 0) void stepBy(0, "only");
          const [row] = [...useSelection.getState().chosen.values()];
          if (onOpen !== undefined && row !== undefined) onOpen(row);
          else document.getElementById("reading")?.focus();
        },
        Escape: () => {
          const { chosen, cursor } = useSelection.getState();
          const row = cursor?.key == null ? undefined : chosen.get(cursor.key);
          if (chosen.size > 1 && row !== undefined && cursor !== null) choose(row, cursor.index);
          else if (useFind.getState().searched) unmark();
          else if (chosen.size > 0 && isNarrow()) putAway();
          else if (useWindow.getState().place.kind === "search") leaveSearch();
        },
      };
      const move = moves[event.key];
      if (move === undefined) return;
      event.preventDefault();
      move();
    },
    [view, rowHeight, onOpen],
  );
}

/** Back to where the search began. Another listing has another list, which is there in a moment. */
function leaveSearch(): void {
  useWindow.getState().search("");
  setTimeout(() => hooks.focusList(), 0);
}
