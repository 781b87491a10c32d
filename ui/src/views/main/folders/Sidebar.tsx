// The folder pane: places that span accounts, groups of accounts, searches that are kept, then each account with its folders,
// in one tree. One press or an arrow goes there; the context menu and the keys change them; letters and folders are dropped
// on it, and accounts, groups and searches take each other's place.
import { memo, useEffect, useMemo, useState } from "react";
import { Tree } from "react-aria-components";
import type { AccountView, MailboxView, SavedSearchView } from "../../../ipc/backend";
import { MenuAt } from "../../../components/Menu";
import { accountKey, groupKey, hiddenKey, idOfKey, searchKey } from "../../../state/drag";
import { unreadOf, useGroups, type AccountGroup } from "../../../state/groups";
import { countsOf } from "../../../state/outbox";
import { useRehearsal } from "../../../state/rehearsal";
import { useAccountsAtRest, useMailboxes, useOutbox, useSavedSearches } from "../../../state/queries";
import { askForPlace, goTo, useRowThere } from "../../../state/going";
import { useWindow, type Place } from "../../../state/window";
import { say } from "../../../words";
import { placeAccount } from "../../../actions/accounts";
import { deleteFolder } from "../../../actions/folders";
import { hooks } from "../../../actions/commands";
import { dissolveGroup, placeGroup, placeOfGroup } from "../../../actions/groups";
import { forgetSearch, placeSearch } from "../../../actions/searches";
import { AccountItem } from "./AccountItem";
import { PlaceItem } from "./PlaceItem";
import { menuFor } from "./menu";
import { focusRow } from "./focusRow";
import { groupMenu, menuLabel, placeMenu } from "./groupMenu";
import { menuForSearch } from "./searchMenu";
import { useCollapsed } from "./useCollapsed";
import { useKeptFocus } from "./useKeptFocus";
import { useTreeDrop } from "./useTreeDrop";
import { inboxUnread } from "../../../state/folders";
import { ended } from "../../../state/searchPieces";
import styles from "./Sidebar.module.css";

const NO_ACCOUNTS: AccountView[] = [];
const NO_MAILBOXES: MailboxView[] = [];
const NO_SEARCHES: SavedSearchView[] = [];

function placeOfKey(key: string, saved: SavedSearchView[], groups: AccountGroup[]): Place | null {
  const group = groups.find(({ id }) => groupKey(id) === key);
  if (group !== undefined) return placeOfGroup(group);
  const search = saved.find(({ id }) => searchKey(id) === key);
  if (search !== undefined) return { kind: "search", query: ended(search.query), saved: search.id };
  if (key.startsWith("mailbox:")) return { kind: "mailbox", mailbox: idOfKey(key) };
  const kind = key.startsWith("place:") ? idOfKey(key) : null;
  if (kind === "allInboxes" || kind === "starred" || kind === "outbox") return { kind };
  return null;
}

export const Sidebar = memo(function Sidebar() {
  const accounts = useAccountsAtRest().data ?? NO_ACCOUNTS;
  const mailboxes = useMailboxes().data ?? NO_MAILBOXES;
  const saved = useSavedSearches().data ?? NO_SEARCHES;
  const groups = useGroups();
  const { all: waiting, stuck } = countsOf(useOutbox().data ?? []);
  const chosen = useRowThere();
  useRehearsal();
  const ask = useWindow((state) => state.ask);
  const [menu, setMenu] = useState<{ key: string; x: number; y: number } | null>(null);
  const dragAndDropHooks = useTreeDrop({ mailboxes, accounts, groups, saved });
  const pane = useKeptFocus<HTMLElement>();
  useEffect(() => {
    hooks.focusFolder = (key) => focusRow(pane.current, key);
    return () => {
      hooks.focusFolder = () => {};
    };
  }, [pane]);
  const { expanded, setExpanded, toggleHidden } = useCollapsed(accounts, mailboxes);
  // A press that goes elsewhere changes no row but the two that it leaves and reaches: the tree is told its rows again only when one
  // of them says something else.
  const rows = useMemo(
    () => (
      <>
        <PlaceItem
          id="place:allInboxes"
          icon="inbox"
          label={say("place-all-inboxes")}
          badge={inboxUnread(mailboxes)}
        />
        <PlaceItem id="place:starred" icon="star" label={say("place-starred")} />
        <PlaceItem
          id="place:outbox"
          icon="send"
          label={say("place-outbox")}
          badge={waiting}
          counted={say(stuck > 0 ? "outbox-count-stuck" : "outbox-count", { all: waiting, stuck })}
          alarming={stuck > 0}
        />
        {groups.map((group) => (
          <PlaceItem
            key={group.id}
            id={groupKey(group.id)}
            icon="all"
            label={group.name}
            badge={unreadOf(group, mailboxes)}
            movable={groups.length > 1}
          />
        ))}
        {saved.map((search) => (
          <PlaceItem
            movable={saved.length > 1}
            key={search.id}
            id={searchKey(search.id)}
            icon="search"
            label={search.name}
            badge={search.unread ?? 0}
            counted={say("search-saved", { name: search.name, n: search.unread ?? 0 })}
          />
        ))}
        {accounts.map((account) => (
          <AccountItem
            key={account.id}
            account={account}
            mailboxes={mailboxes}
            movable={accounts.length > 1}
            onFoot={toggleHidden}
          />
        ))}
      </>
    ),
    [accounts, groups, mailboxes, saved, stuck, toggleHidden, waiting],
  );

  const keyAt = (target: EventTarget) =>
    target instanceof Element ? target.closest<HTMLElement>("[role=row]")?.dataset.key : undefined;
  const onKeyDown = (event: React.KeyboardEvent) => {
    const key = keyAt(event.target);
    const search = saved.find(({ id }) => searchKey(id) === key);
    const group = groups.find(({ id }) => groupKey(id) === key);
    const mine = search !== undefined || group !== undefined;
    // Ctrl+Delete empties a folder, and is not meant for the one under the focus.
    const alone = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const deletes = alone && event.key === "Delete";
    const renames = alone && event.key === "F2";
    if (search !== undefined && renames) ask({ kind: "renameSearch", search });
    if (search !== undefined && deletes) void forgetSearch(search);
    if (group !== undefined && renames) ask({ kind: "group", group: group.id });
    if (group !== undefined && deletes) void dissolveGroup(group);
    if (mine && (deletes || renames)) event.preventDefault();
    const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : null;
    if (event.altKey && step !== null && (mine || key?.startsWith("account:"))) {
      event.preventDefault();
      event.stopPropagation();
      if (search !== undefined) void placeSearch(saved, search.id, step);
      else if (group !== undefined) void placeGroup(group.id, step);
      else void placeAccount(accounts, idOfKey(key ?? ""), step);
      return;
    }
    const mailbox = key?.startsWith("mailbox:")
      ? mailboxes.find((each) => each.id === idOfKey(key))
      : undefined;
    if (mailbox === undefined || mailbox.role !== null) return;
    if (renames) ask({ kind: "renameFolder", mailbox: mailbox.id, name: mailbox.name });
    // In the tree Delete means the folder under the focus, not the letters of the list.
    if (deletes) void deleteFolder(mailbox);
    if (deletes || renames) event.preventDefault();
  };
  const beginPress = (event: React.PointerEvent) => {
    // A finger on the tree mostly scrolls it.
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    const key = keyAt(event.target);
    const to = key === undefined ? null : placeOfKey(key, saved, groups);
    if (to !== null) askForPlace(to);
  };
  return (
    <nav
      ref={pane}
      className={styles.folders}
      aria-label={say("folders")}
      onKeyDownCapture={onKeyDown}
      onPointerDownCapture={beginPress}
      onDragStartCapture={(event) => {
        const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[role=row]") : null;
        if (row?.dataset.movable === undefined) {
          event.preventDefault();
          event.stopPropagation();
        }
      }}
      onContextMenu={(event) => {
        const key = keyAt(event.target);
        if (key === undefined || key.startsWith("hidden:")) return;
        if (key.startsWith("place:") && placeMenu(key, accounts) === null) return;
        event.preventDefault();
        const row =
          event.target instanceof Element
            ? event.target.closest("[role=row]")?.getBoundingClientRect()
            : undefined;
        const byKey = event.clientX === 0 && event.clientY === 0;
        setMenu({
          key,
          x: byKey ? (row?.left ?? 0) + 40 : event.clientX,
          y: byKey ? (row?.bottom ?? 0) : event.clientY,
        });
      }}
    >
      <Tree
        aria-label={say("folders")}
        className={styles.tree ?? ""}
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        disabledBehavior="selection"
        disabledKeys={accounts.flatMap((account) => [accountKey(account.id), hiddenKey(account.id)])}
        selectedKeys={chosen === null ? [] : [chosen]}
        onSelectionChange={(keys) => {
          const [key] = keys === "all" ? [] : [...keys];
          const to = key === undefined ? null : placeOfKey(String(key), saved, groups);
          if (to !== null && String(key) !== chosen) goTo(to);
        }}
        expandedKeys={expanded}
        onExpandedChange={(keys) => setExpanded([...keys].map(String))}
        dragAndDropHooks={dragAndDropHooks}
        // The keys of the window are single letters: they must not look for folder names.
        {...{ disallowTypeAhead: true }}
      >
        {rows}
      </Tree>
      <MenuAt
        label={menuLabel(menu?.key)}
        at={menu}
        entries={
          menu === null
            ? []
            : (placeMenu(menu.key, accounts) ??
              groupMenu(menu.key, groups) ??
              menuForSearch(menu.key, saved) ??
              menuFor(menu.key, mailboxes, accounts))
        }
        onClose={() => setMenu(null)}
      />
    </nav>
  );
});
