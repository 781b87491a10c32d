// The line in which words are looked for in the conversation.
import { memo, useEffect, useRef } from "react";
import { Button as AriaButton } from "react-aria-components";
import { IconButton } from "../../../components/IconButton";
import { closeFind, find, findFurther, findNext, useFind } from "../../../state/letterFind";
import { focusPane } from "../../../state/pane";
import { useGrouping } from "../../../state/rows";
import { say } from "../../../words";
import styles from "./FindBar.module.css";

export const FindBar = memo(function FindBar() {
  const { open, words, found, at, comes, folded } = useFind();
  const label = say("find-label", { grouping: useGrouping() });
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!open) return;
    field.current?.focus();
    field.current?.select();
    // What was looked for last is looked for again in what is open now.
    find(useFind.getState().words);
  }, [open]);
  if (!open) return null;
  const leave = () => {
    closeFind();
    focusPane();
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === "Escape") leave();
    else if (event.key === "Enter" || event.key === "F3") findNext(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div role="search" aria-label={label} className={styles.bar} onKeyDown={onKeyDown}>
      <input
        ref={field}
        type="text"
        dir="auto"
        value={words}
        aria-label={label}
        placeholder={label}
        onChange={(event) => find(event.target.value)}
      />
      <span role="status" className={styles.count}>
        {words.trim() !== "" &&
          (found.length > 0
            ? say("find-count", { at: at + 1, n: found.length })
            : say(comes ? "find-looking" : "find-none"))}
      </span>
      {words.trim() !== "" && folded > 0 && (
        <AriaButton className={styles.further ?? ""} onPress={findFurther}>
          {say("find-further", { n: folded })}
        </AriaButton>
      )}
      <IconButton
        icon="up"
        label={say("find-previous")}
        shortcut="Shift Enter"
        onPress={() => findNext(-1)}
      />
      <IconButton icon="down" label={say("find-next")} shortcut="Enter" onPress={() => findNext(1)} />
      <IconButton icon="close" label={say("close")} shortcut="Esc" onPress={leave} />
    </div>
  );
});
