// What the context menu of a search that is kept offers.
import { forgetSearch } from "../../../actions/searches";
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

export function searchMenuLabel(key: string | undefined): string | null {
  return key?.startsWith("search:") ? say("search-menu") : null;
}
