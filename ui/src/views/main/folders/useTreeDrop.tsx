// Dragging in the folder tree: folders, accounts, groups of them and searches are taken up here, and they and letters are put
// down here. What may go where is decided by state/drag; the mouse and the keys both come through react-aria.
import { useDragAndDrop } from "react-aria-components";
import { placeAccount } from "../../../actions/accounts";
import { hooks } from "../../../actions/commands";
import { moveFolder } from "../../../actions/folders";
import { copyEmails, copyTo, moveEmails, moveTo } from "../../../actions/letters";
import { placeGroup } from "../../../actions/groups";
import { placeSearch } from "../../../actions/searches";
import type { AccountView, MailboxView, SavedSearchView } from "../../../ipc/backend";
import { called } from "../../../state/accounts";
import {
  accountKey,
  dropOperation,
  FOLDER,
  groupKey,
  idOfKey,
  LETTERS,
  mayDrop,
  nameOfTarget,
  nothingDragged,
  searchKey,
  useDragging,
} from "../../../state/drag";
import type { AccountGroup } from "../../../state/groups";

interface Tree {
  mailboxes: MailboxView[];
  accounts: AccountView[];
  groups: AccountGroup[];
  saved: SavedSearchView[];
}

export function useTreeDrop({ mailboxes, accounts, groups, saved }: Tree) {
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ [FOLDER]: String(key), "text/plain": String(key) })),
    getAllowedDropOperations: () => ["move"],
    renderDragPreview: () => <div style={{ width: 1, height: 1 }} />,
    onDragStart: ({ keys }) => {
      const [key] = keys;
      const moved = accounts.find((each) => accountKey(each.id) === key);
      if (moved !== undefined) {
        const load = { kind: "account" as const, account: moved.id, name: called(moved) };
        useDragging.setState({ ...nothingDragged, load });
        return;
      }
      const group = groups.find((each) => groupKey(each.id) === key);
      const search = saved.find((each) => searchKey(each.id) === key);
      const sibling = group ?? search;
      if (sibling !== undefined) {
        const kind = group === undefined ? ("search" as const) : ("group" as const);
        const load = { kind, id: sibling.id, name: sibling.name };
        useDragging.setState({ ...nothingDragged, load });
        return;
      }
      const mailbox = mailboxes.find((each) => each.id === idOfKey(String(key)));
      if (mailbox === undefined) return;
      useDragging.setState({
        ...nothingDragged,
        load: { kind: "folder", mailbox: mailbox.id, account: mailbox.account, name: mailbox.name },
      });
    },
    onDragEnd: () => useDragging.setState(nothingDragged),
    acceptedDragTypes: [LETTERS, FOLDER],
    getDropOperation: (target, _types, allowed) => {
      if (target.type !== "item" || target.dropPosition !== "on") return "cancel";
      const { load } = useDragging.getState();
      return mayDrop(load, String(target.key), mailboxes) ? dropOperation(load, allowed) : "cancel";
    },
    onDropEnter: ({ target }) =>
      useDragging.setState({ over: target.type === "item" ? String(target.key) : null }),
    onDropExit: () => useDragging.setState({ over: null }),
    onItemDrop: ({ target, dropOperation: operation }) => {
      const { load } = useDragging.getState();
      const key = String(target.key);
      const id = idOfKey(key);
      if (load === null || !mayDrop(load, key, mailboxes)) return;
      const name = nameOfTarget(key, mailboxes, accounts);
      if (load.kind === "letters") {
        if (load.wide !== null) void (operation === "copy" ? copyTo : moveTo)(id, name, load.wide);
        else void (operation === "copy" ? copyEmails : moveEmails)(load.emails, load.conversations, id, name);
        backToList();
      } else if (load.kind === "account") {
        void placeAccount(accounts, load.account, id);
      } else if (load.kind === "group") {
        void placeGroup(load.id, id);
      } else if (load.kind === "search") {
        void placeSearch(saved, load.id, id);
      } else void moveFolder(load.mailbox, load.name, key.startsWith("account:") ? null : id, name);
      useDragging.setState(nothingDragged);
    },
  });
  return dragAndDropHooks;
}

/** So long after a drop the tree has taken the focus. */
const TAKEN = 100;

/**
 * react-aria puts the focus on what was dropped on. Whoever puts letters away goes on with the next, and means letters with the
 * arrows and with Delete, and not the folder.
 */
function backToList(): void {
  setTimeout(() => {
    const at = document.activeElement;
    // Whoever has gone on to something else meanwhile stays there.
    if (at === null || at === document.body || at.closest("[role=treegrid]") !== null) hooks.focusList();
  }, TAKEN);
}
