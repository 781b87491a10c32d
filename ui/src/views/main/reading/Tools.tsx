// The tools of the open or chosen conversations. Each has its key in its tooltip.
import { IconButton } from "../../../components/IconButton";
import type { IconName } from "../../../components/Icon";
import { backToList } from "../../../actions/backToList";
import { run, shortcut, type CommandName } from "../../../actions/commands";
import { isLetterWindow } from "../../../state/letterWindow";
import { noteForTools } from "../../../state/here";
import { useSelection } from "../../../state/selection";
import { say } from "../../../words";
import styles from "./ReadingPane.module.css";

export function Tools() {
  // Another letter is no reason to draw the tools anew: what they show of it is mostly the same.
  const none = useSelection(({ chosen }) => chosen.size === 0);
  const several = useSelection(({ chosen }) => chosen.size !== 1);
  const starred = useSelection(
    ({ chosen }) => chosen.size > 0 && [...chosen.values()].every((row) => row.starred),
  );
  const unread = useSelection(({ chosen }) => [...chosen.values()].some((row) => row.unread));
  const tool = (
    name: CommandName,
    icon: IconName,
    more: { labelled?: boolean; off?: boolean; pressed?: boolean; words?: string } = {},
  ) => (
    <IconButton
      icon={icon}
      label={say(more.words ?? `command-${name}`)}
      shortcut={shortcut(name)}
      labelled={more.labelled ?? false}
      isDisabled={none || more.off === true}
      filled={more.pressed === true}
      {...(more.pressed === undefined ? {} : { pressed: more.pressed })}
      onPress={() => run(name)}
    />
  );
  return (
    <div
      role="toolbar"
      aria-label={say("tools")}
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
      {tool("archive", "archive", { labelled: true })}
      {tool("junk", "junk")}
      {tool("delete", "trash")}
      <span className={styles.divider} />
      {tool("move", "folder")}
      {tool("star", "star", { pressed: starred })}
      {tool("toggleRead", unread ? "opened" : "mail", {
        words: none ? "command-toggleRead" : unread ? "command-markRead" : "command-markUnread",
      })}
      <span className={styles.grow} />
      {tool("reply", "reply", { off: several })}
      {tool("forward", "forward", { off: several })}
      {tool("replyAll", "replyAll", { labelled: true, off: several })}
    </div>
  );
}
