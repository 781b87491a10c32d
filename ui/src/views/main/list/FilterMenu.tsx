// What narrows the list beside "unread": stars, files, and letters that name the person.
import { memo } from "react";
import { shortcut } from "../../../actions/commands";
import { toggleFilter } from "../../../actions/looks";
import { IconButton } from "../../../components/IconButton";
import { Menu } from "../../../components/Menu";
import type { Listing } from "../../../ipc/backend";
import { say } from "../../../words";
import { kinds } from "./filterKinds";
import styles from "./ListPane.module.css";

export const FilterMenu = memo(function FilterMenu({ filter }: { filter: Listing["filter"] }) {
  const set = kinds.filter(([which]) => filter[which]);
  const label =
    set.length === 0
      ? say("list-filter")
      : say("list-filtered", { kinds: set.map(([which]) => say(`list-only-${which}`)).join(", ") });
  return (
    <Menu
      label={say("list-filter")}
      entries={kinds.map(([which, command]) => ({
        id: which,
        label: say(`list-only-${which}`),
        shortcut: shortcut(command),
        checked: filter[which],
        onAction: () => toggleFilter(which),
      }))}
    >
      <IconButton icon="filter" label={label} pressed={set.length > 0} className={styles.tool} />
    </Menu>
  );
});
