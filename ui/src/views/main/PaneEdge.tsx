// The line between two panes. It is dragged, or moved with the arrow keys; a double press sets the usual width again.
import { useRef } from "react";
import { useMove } from "react-aria";
import { bounds, keepPanes, resizePane, usePanes, type Panes } from "../../state/panes";
import { say } from "../../words";
import styles from "./PaneEdge.module.css";

export function PaneEdge({ pane }: { pane: keyof Panes }) {
  const width = usePanes((state) => state[pane]);
  const wanted = useRef(0);
  const { moveProps } = useMove({
    onMoveStart: () => {
      wanted.current = usePanes.getState()[pane];
    },
    onMove: ({ deltaX, pointerType }) => {
      wanted.current += pointerType === "keyboard" ? deltaX * 16 : deltaX;
      resizePane(pane, wanted.current);
    },
    onMoveEnd: keepPanes,
  });
  const reset = () => {
    resizePane(pane, bounds[pane].usual);
    keepPanes();
  };
  return (
    <div
      {...moveProps}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={say(`pane-${pane}`)}
      aria-valuenow={width}
      aria-valuemin={bounds[pane].least}
      aria-valuemax={bounds[pane].most}
      className={styles.edge}
      onDoubleClick={reset}
    />
  );
}
