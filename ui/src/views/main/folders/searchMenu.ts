// What the context menu of a search that is kept offers.
import { forgetSearch, placeSearch } from "../../../actions/searches";
import type { MenuEntry } from "../../../components/Menu";
import type { SavedSearchView } from "../../../ipc/backend";
import { searchKey } from "../../../state/drag";
import { useWindow } from "../../../state/window";
import { say } from "../../../words";

/** Null where the row is no search. */
export function menuForSearch(key: string, saved: SavedSearchView[]): MenuEntry[] | null {
  const search = saved.find(({ id }) => searchKey(id) === key);
  if (search === undefined) return null;
  const { ask } = useWindow.getState();
  return [
    {
      id: "rename",
      label: say("search-rename"),
      icon: "edit",
      shortcut: "F2",
      onAction: () => ask({ kind: "renameSearch", search }),
    },
    ...placing(saved, search.id),
    "line",
    {
      id: "forget",
      label: say("search-forget"),
      icon: "trash",
      danger: true,
      shortcut: "Delete",
      onAction: () => void forgetSearch(search),
    },
  ];
}

/** Where there are others among which it has a place. */
function placing(saved: SavedSearchView[], id: string): MenuEntry[] {
  if (saved.length < 2) return [];
  const place = saved.findIndex((search) => search.id === id);
  const step = (to: 1 | -1, disabled: boolean, shortcut: string): MenuEntry => ({
    id: to === 1 ? "down" : "up",
    label: say(to === 1 ? "account-down" : "account-up"),
    icon: "drag",
    shortcut,
    disabled,
    onAction: () => void placeSearch(saved, id, to),
  });
  return [step(-1, place === 0, "Alt ↑"), step(1, place === saved.length - 1, "Alt ↓")];
}
