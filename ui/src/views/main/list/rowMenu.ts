// The context menu of the chosen conversations: the same commands as the tools and the keys.
import { run, shortcut, type CommandName } from "../../../actions/commands";
import type { IconName } from "../../../components/Icon";
import type { MenuEntry } from "../../../components/Menu";
import { useSelection } from "../../../state/selection";
import { say } from "../../../words";

export function rowMenu(): MenuEntry[] {
  const many = useSelection.getState().chosen.size > 1;
  const entry = (name: CommandName, icon: IconName, disabled = false): MenuEntry => ({
    id: name,
    label: say(`command-${name}`),
    icon,
    shortcut: shortcut(name),
    disabled,
    onAction: () => run(name),
  });
  return [
    entry("reply", "reply", many),
    entry("replyAll", "replyAll", many),
    entry("forward", "forward", many),
    "line",
    entry("archive", "archive"),
    entry("junk", "junk"),
    entry("move", "move"),
    entry("copy", "copy"),
    entry("star", "star"),
    entry("toggleRead", "mail"),
    "line",
    { ...(entry("delete", "trash") as Exclude<MenuEntry, "line">), danger: true },
  ];
}
