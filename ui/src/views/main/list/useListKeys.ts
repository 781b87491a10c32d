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
  countOf,
  putAway,
  stepBy,
  stepTo,
  toggleCursor,
  useSelection,
  type Step,
} from "../../../state/selection";

/** A step whose row is still fetched. Enter is meant for where it leads. */
let underWay: Promise<void> | null = null;

function go(step: Promise<void>): void {
  const end = () => {
    if (underWay === ended) underWay = null;
  };
  const ended: Promise<void> = step.then(end, end);
  underWay = ended;
}

export function useListKeys(view: number, rowHeight: number, onOpen?: (row: RowView) => void) {
  return useCallback(
    (event: React.KeyboardEvent) => {
      if (event.altKey) return;
      const held = event.ctrlKey || event.metaKey;
      const step: Step = event.shiftKey ? "extend" : held ? "cursor" : "only";
      const page = Math.max(1, Math.floor(view / rowHeight) - 1);
      const moves: Record<string, () => void> = {
        ArrowDown: () => go(stepBy(1, step)),
        ArrowUp: () => go(stepBy(-1, step)),
        PageDown: () => go(stepBy(page, step)),
        PageUp: () => go(stepBy(-page, step)),
        Home: () => go(stepTo(0, step)),
        End: () => go(stepTo((totalNow() ?? 1) - 1, step)),
        " ": () => {
          const { chosen, cursor } = useSelection.getState();
          const isOnIt = cursor?.before === true || (cursor?.key != null && chosen.has(cursor.key));
          const isOpen = chosen.size === 1 && isOnIt;
          if (held) toggleCursor();
          else if (isOpen) run(event.shiftKey ? "back" : "onward");
          else go(stepBy(0, "only"));
        },
        Enter: () => void enter(onOpen),
        Escape: () => {
          const { chosen, cursor, wide } = useSelection.getState();
          const row = cursor?.key == null ? undefined : chosen.get(cursor.key);
          if (wide !== null) void stepTo(cursor?.index ?? 0, "only");
          else if (chosen.size > 1 && row !== undefined && cursor !== null) choose(row, cursor.index);
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

/** Opens what is chosen, or what the cursor waits on. */
async function enter(onOpen?: (row: RowView) => void): Promise<void> {
  for (let step = underWay; step !== null; step = underWay) await step;
  if (countOf(useSelection.getState()) === 0) await stepBy(0, "only").catch(() => undefined);
  const [row] = useSelection.getState().chosen.values();
  if (onOpen !== undefined && row !== undefined) onOpen(row);
  else document.getElementById("reading")?.focus();
}

/** Back to where the search began. Another listing has another list, which is there in a moment. */
function leaveSearch(): void {
  useWindow.getState().leaveSearch();
  setTimeout(() => hooks.focusList(), 0);
}
