// The tools of the open or chosen conversations. Each has its key in its tooltip.
import { memo, useSyncExternalStore } from "react";
import { IconButton } from "../../../components/IconButton";
import type { IconName } from "../../../components/Icon";
import { backToList } from "../../../actions/backToList";
import { run, shortcut, type CommandName } from "../../../actions/commands";
import { isLetterWindow } from "../../../state/letterWindow";
import { noteForTools } from "../../../state/here";
import { areStarred, hasUnread, useMarkings } from "../../../state/markedSince";
import { useGrouping } from "../../../state/rows";
import { chosenRows, countOf, useSelection } from "../../../state/selection";
import { say } from "../../../words";
import styles from "./ReadingPane.module.css";

export const Tools = memo(function Tools() {
  // Another letter is no reason to draw the tools anew: what they show of it is mostly the same.
  const none = useSelection((state) => countOf(state) === 0);
  const several = useSelection((state) => countOf(state) !== 1);
  // What rows are that are not held is asked when it is pressed.
  const unknown = useSelection(({ wide }) => wide !== null);
  const starred = useSyncExternalStore(heedMarks, () => marksNow().starred);
  const unread = useSyncExternalStore(heedMarks, () => marksNow().unread);
  return (
    <div
      role="toolbar"
      aria-label={say("tools", { grouping: useGrouping() })}
      className={styles.tools}
      data-tools=""
      // A press takes the focus out of the letter that is meant, and so does the Tab key.
      onPointerDownCapture={() => noteForTools(document.activeElement)}
      onFocus={({ relatedTarget }) => relatedTarget instanceof Element && noteForTools(relatedTarget)}
    >
      {!isLetterWindow() && (
        <IconButton
          icon="back"
          label={say("reading-back")}
          shortcut="Esc"
          className={styles.back}
          onPress={backToList}
        />
      )}
      <Tool name="archive" icon="archive" labelled off={none} />
      <Tool name="junk" icon="junk" off={none} />
      <Tool name="delete" icon="trash" off={none} />
      <span className={styles.divider} />
      <Tool name="move" icon="folder" off={none} />
      <Tool name="star" icon="star" off={none} pressed={starred} />
      <Tool
        name="toggleRead"
        icon={unread ? "opened" : "mail"}
        off={none}
        words={none || unknown ? "command-toggleRead" : unread ? "command-markRead" : "command-markUnread"}
      />
      <span className={styles.grow} />
      <Tool name="reply" icon="reply" off={several} />
      <Tool name="forward" icon="forward" off={several} />
      <Tool name="replyAll" icon="replyAll" labelled off={several} />
    </div>
  );
});

let known = { chosen: useSelection.getState().chosen, edition: -1, starred: false, unread: false };

/** What the chosen rows are by now. It is looked at once for the same rows and marks, however often it is asked: there may be thousands. */
function marksNow(): Readonly<typeof known> {
  const { chosen } = useSelection.getState();
  const { edition } = useMarkings.getState();
  if (known.chosen !== chosen || known.edition !== edition) {
    const rows = chosenRows();
    known = { chosen, edition, starred: areStarred(rows), unread: hasUnread(rows) };
  }
  return known;
}

/** The chosen rows are others, or are known to be marked otherwise. */
function heedMarks(heard: () => void): () => void {
  const leave = [useSelection.subscribe(heard), useMarkings.subscribe(heard)];
  return () => leave.forEach((each) => each());
}

interface ToolProps {
  name: CommandName;
  icon: IconName;
  off: boolean;
  labelled?: boolean;
  pressed?: boolean;
  words?: string;
}

const Tool = memo(function Tool({ name, icon, off, labelled = false, pressed, words }: ToolProps) {
  return (
    <IconButton
      icon={icon}
      label={say(words ?? `command-${name}`)}
      shortcut={shortcut(name)}
      labelled={labelled}
      isDisabled={off}
      filled={pressed === true}
      {...(pressed === undefined ? {} : { pressed })}
      onPress={() => run(name)}
    />
  );
});
