// The context menu of the chosen conversations: the same commands as the tools and the keys.
import { run, shortcut, type CommandName } from "../../../actions/commands";
import type { IconName } from "../../../components/Icon";
import type { MenuEntry } from "../../../components/Menu";
import { areStarred, hasUnread } from "../../../state/markedSince";
import { chosenRows, countOf, useSelection } from "../../../state/selection";
import { listingNow } from "../../../state/window";
import { say } from "../../../words";

export function rowMenu(): MenuEntry[] {
  const rows = chosenRows();
  const many = countOf(useSelection.getState()) > 1;
  const isHeld = useSelection.getState().wide === null;
  // What each would do now, as actions/letters decides it. Of rows that are not held that is asked when it is done.
  const unread = hasUnread(rows);
  const words: Partial<Record<CommandName, string>> = {
    star: areStarred(rows) ? "command-unstar" : "command-star",
    ...(isHeld ? { toggleRead: unread ? "command-markRead" : "command-markUnread" } : {}),
    mute: isHeld && rows.every((row) => row.muted) ? "command-unmute" : "command-mute",
  };
  const entry = (name: CommandName, icon: IconName, disabled = false): MenuEntry => ({
    id: name,
    label: say(words[name] ?? `command-${name}`),
    icon,
    shortcut: shortcut(name),
    disabled,
    onAction: () => run(name),
  });
  return [
    entry("openWindow", "window"),
    "line",
    entry("reply", "reply", many),
    entry("replyAll", "replyAll", many),
    entry("forward", "forward", many),
    "line",
    entry("archive", "archive"),
    entry("junk", "junk"),
    entry("move", "move"),
    entry("copy", "copy"),
    entry("star", "star"),
    entry("toggleRead", unread ? "opened" : "mail"),
    "line",
    entry("mute", "muted"),
    entry("unite", "join", !many),
    entry("takeOut", "part", many && listingNow()?.grouping !== "messages"),
    "line",
    { ...(entry("delete", "trash") as Exclude<MenuEntry, "line">), danger: true },
  ];
}
