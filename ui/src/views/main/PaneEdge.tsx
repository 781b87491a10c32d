// The line between two panes. It is dragged, or moved with the arrow keys; Home and End go as far as it goes, and Enter or a
// double press sets the usual size again.
import { useRef } from "react";
import { useMove } from "react-aria";
import { bounds, keepPanes, resizePane, usePanes, type Panes } from "../../state/panes";
import { say } from "../../words";
import styles from "./PaneEdge.module.css";

export function PaneEdge({ pane }: { pane: keyof Panes }) {
  const size = usePanes((state) => state[pane]);
  const lies = pane === "table";
  const wanted = useRef(0);
  const edge = useRef<HTMLDivElement>(null);
  const { moveProps } = useMove({
    onMoveStart: () => {
      wanted.current = usePanes.getState()[pane];
    },
    onMove: ({ deltaX, deltaY, pointerType }) => {
      if (!lies) wanted.current += pointerType === "keyboard" ? deltaX * 16 : deltaX;
      else wanted.current += pointerType === "keyboard" ? deltaY * 2 : (deltaY / room(edge.current)) * 100;
      resizePane(pane, wanted.current);
    },
    onMoveEnd: keepPanes,
  });
  const set = (to: number) => {
    resizePane(pane, to);
    keepPanes();
  };
  const { least, most, usual } = bounds[pane];
  const onKeyDown = (event: React.KeyboardEvent<HTMLDivElement>) => {
    const to = { Home: least, End: most, Enter: usual }[event.key];
    if (to === undefined) return moveProps.onKeyDown?.(event);
    event.preventDefault();
    set(to);
  };
  return (
    <div
      {...moveProps}
      ref={edge}
      role="separator"
      tabIndex={0}
      aria-orientation={lies ? "horizontal" : "vertical"}
      aria-label={say(`pane-${pane}`)}
      aria-valuenow={size}
      aria-valuemin={least}
      aria-valuemax={most}
      className={styles.edge}
      data-lies={lies || undefined}
      onKeyDown={onKeyDown}
      onDoubleClick={() => set(usual)}
    />
  );
}

/** The height that list and letters share. */
function room(edge: HTMLElement | null): number {
  const list = edge?.parentElement?.getBoundingClientRect();
  const letters = document.querySelector("[data-reading]")?.getBoundingClientRect();
  return Math.max(1, (list?.height ?? 0) + (letters?.height ?? 0));
}
