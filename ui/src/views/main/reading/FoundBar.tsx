// In a letter that was opened from a search: how many places are marked in it, and the way from one to the next.
import { memo, useEffect, useState } from "react";
import { IconButton } from "../../../components/IconButton";
import { shortcut } from "../../../actions/commands";
import { findNext, unmark, useFind } from "../../../state/letterFind";
import { focusPane } from "../../../state/pane";
import { say } from "../../../words";
import styles from "./FindBar.module.css";

export const FoundBar = memo(function FoundBar() {
  return useFind(({ searched }) => searched) ? <Bar /> : null;
});

function Bar() {
  const { found, at } = useFind();
  const told =
    at < 0 ? say("found-count", { n: found.length }) : say("find-count", { at: at + 1, n: found.length });
  // What is read aloud must stand there before it has something to tell.
  const [aloud, setAloud] = useState("");
  useEffect(() => setAloud(told), [told]);
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    // The sheet around it stays.
    event.stopPropagation();
    close();
  };
  return (
    <div role="group" aria-label={say("found-marked")} className={styles.bar} onKeyDown={onKeyDown}>
      <span role="status" className={styles.count}>
        {aloud}
      </span>
      <IconButton
        icon="up"
        label={say("find-previous")}
        shortcut={shortcut("previousFound")}
        onPress={() => findNext(-1)}
      />
      <IconButton
        icon="down"
        label={say("find-next")}
        shortcut={shortcut("nextFound")}
        onPress={() => findNext(1)}
      />
      <IconButton icon="close" label={say("found-unmark")} shortcut="Esc" onPress={close} />
    </div>
  );
}

/** The bar goes, and the keys with it: they belong to the letter then. */
function close(): void {
  unmark();
  focusPane();
}
