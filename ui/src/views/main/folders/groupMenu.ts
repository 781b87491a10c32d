// What the context menus of groups of accounts offer, and the way to the first of them.
import { dissolveGroup, placeGroup } from "../../../actions/groups";
import type { MenuEntry } from "../../../components/Menu";
import type { AccountView } from "../../../ipc/backend";
import { groupKey } from "../../../state/drag";
import type { AccountGroup } from "../../../state/groups";
import { useWindow } from "../../../state/window";
import { say } from "../../../words";

/** On the row of all inboxes. Null where there is nothing to offer. */
export function placeMenu(key: string, accounts: AccountView[]): MenuEntry[] | null {
  if (key !== "place:allInboxes" || accounts.length < 2) return null;
  return [newGroup()];
}

/** A group that an account is to be in. */
export function newGroup(account?: string): MenuEntry {
  const { ask } = useWindow.getState();
  return {
    id: "group",
    label: say("group-new"),
    icon: "all",
    onAction: () => ask({ kind: "group", group: null, ...(account === undefined ? {} : { account }) }),
  };
}

/** Null where the row is no group. */
export function groupMenu(key: string, groups: AccountGroup[]): MenuEntry[] | null {
  const at = groups.findIndex(({ id }) => groupKey(id) === key);
  const group = groups[at];
  if (group === undefined) return null;
  const { ask } = useWindow.getState();
  const step = (to: 1 | -1, disabled: boolean, shortcut: string): MenuEntry => ({
    id: to === 1 ? "down" : "up",
    label: say(to === 1 ? "account-down" : "account-up"),
    icon: "drag",
    shortcut,
    disabled,
    onAction: () => void placeGroup(group.id, to),
  });
  return [
    {
      id: "change",
      label: say("group-change"),
      icon: "edit",
      shortcut: "F2",
      onAction: () => ask({ kind: "group", group: group.id }),
    },
    ...(groups.length > 1 ? [step(-1, at === 0, "Alt ↑"), step(1, at === groups.length - 1, "Alt ↓")] : []),
    newGroup(),
    "line",
    {
      id: "dissolve",
      label: say("group-dissolve"),
      icon: "trash",
      danger: true,
      shortcut: "Delete",
      onAction: () => void dissolveGroup(group),
    },
  ];
}

/** What the menu of a row is called. */
export function menuLabel(key: string | undefined): string {
  if (key?.startsWith("account:")) return say("account-menu");
  if (key?.startsWith("search:")) return say("search-menu");
  if (key?.startsWith("group:") || key?.startsWith("place:")) return say("group-menu");
  return say("folder-menu");
}
