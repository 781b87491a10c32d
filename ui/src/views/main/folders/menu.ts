// What the context menu of an account or a folder offers. Folders with a role keep their name and place,
// and are always shown.
import type { AccountView, MailboxView } from "../../../ipc/backend";
import { backend } from "../../../ipc";
import { placeAccount, switchOff, switchOn } from "../../../actions/accounts";
import { attempt } from "../../../actions/attempt";
import { compose } from "../../../actions/compose";
import { deleteFolder, showFolder } from "../../../actions/folders";
import { markAllRead } from "../../../actions/letters";
import { hasServer, pause, resume } from "../../../actions/keeping";
import type { MenuEntry } from "../../../components/Menu";
import { idOfKey } from "../../../state/drag";
import { emptiedWith, mayEmpty } from "../../../state/emptying";
import { mayHide } from "../../../state/folders";
import { canSend } from "../../../state/senders";
import { useWindow } from "../../../state/window";
import { say } from "../../../words";
import { newGroup } from "./groupMenu";

export function menuFor(key: string, mailboxes: MailboxView[], accounts: AccountView[]): MenuEntry[] {
  const { ask } = useWindow.getState();
  const id = idOfKey(key);
  if (key.startsWith("account:")) {
    return [
      {
        id: "new",
        label: say("folder-new"),
        icon: "newFolder",
        onAction: () => ask({ kind: "newFolder", account: id, parent: null }),
      },
      ...writing(accounts.find((account) => account.id === id)),
      ...pausing(accounts.find((account) => account.id === id)),
      ...connecting(accounts.find((account) => account.id === id)),
      ...placing(accounts, id),
      ...(accounts.length > 1 ? [newGroup(id)] : []),
      "line",
      {
        id: "remove",
        label: say("account-remove"),
        icon: "trash",
        danger: true,
        onAction: () => ask({ kind: "removeAccount", account: id }),
      },
    ];
  }
  const mailbox = mailboxes.find((each) => each.id === id);
  if (mailbox === undefined) return [];
  const own = mailbox.role === null;
  return [
    {
      id: "inside",
      label: say("folder-new-inside"),
      icon: "newFolder",
      onAction: () => ask({ kind: "newFolder", account: mailbox.account, parent: mailbox.id }),
    },
    {
      id: "rename",
      label: say("folder-rename"),
      icon: "edit",
      shortcut: "F2",
      disabled: !own,
      onAction: () => ask({ kind: "renameFolder", mailbox: mailbox.id, name: mailbox.name }),
    },
    "line",
    {
      id: "read",
      label: say("folder-read"),
      icon: "opened",
      disabled: mailbox.unread === 0,
      onAction: () => void markAllRead(mailbox.id, mailbox.name),
    },
    {
      id: "show",
      label: say(mailbox.hidden ? "folder-show" : "folder-hide"),
      icon: mailbox.hidden ? "visible" : "hidden",
      disabled: !mailbox.hidden && !mayHide(mailboxes, mailbox),
      onAction: () => void showFolder(mailbox, mailbox.hidden),
    },
    {
      id: "files",
      label: say("folder-files"),
      icon: "clip",
      onAction: () =>
        ask({
          kind: "files",
          source: { kind: "mailboxes", mailboxes: [mailbox.id] },
          name: mailbox.name,
          back: null,
        }),
    },
    "line",
    ...emptying(mailboxes, mailbox),
    {
      id: "delete",
      label: say("folder-delete"),
      icon: "trash",
      danger: true,
      shortcut: "Delete",
      disabled: !own,
      onAction: () => void deleteFolder(mailbox),
    },
  ];
}

/** What lies in Trash or Junk is deleted for good, after a question. */
function emptying(mailboxes: MailboxView[], mailbox: MailboxView): MenuEntry[] {
  if (!mayEmpty(mailbox)) return [];
  const { letters, folders } = emptiedWith(mailboxes, mailbox);
  return [
    {
      id: "empty",
      label: say("folder-empty", { folder: mailbox.name }),
      icon: "trash",
      danger: true,
      disabled: letters + folders === 0,
      onAction: () => useWindow.getState().ask({ kind: "emptyFolder", mailbox: mailbox.id }),
    },
  ];
}

/** What makes sense where letters come and go. */
function writing(account: AccountView | undefined): MenuEntry[] {
  if (account === undefined || !canSend(account)) return [];
  const { id } = account;
  return [
    { id: "write", label: say("account-compose"), icon: "edit", onAction: () => void compose(id) },
    {
      id: "check",
      label: say("account-check"),
      icon: "refresh",
      onAction: () => void attempt(() => backend().syncNow(id)),
    },
  ];
}

function pausing(account: AccountView | undefined): MenuEntry[] {
  if (account === undefined || !hasServer(account) || account.disabled) return [];
  const { id, paused } = account;
  return [
    {
      id: "pause",
      label: say(paused ? "account-resume" : "account-pause"),
      icon: paused ? "resume" : "pause",
      onAction: () => void (paused ? resume(id) : pause(id)),
    },
  ];
}

/** Where there are others among which it has a place. */
function placing(accounts: AccountView[], id: string): MenuEntry[] {
  if (accounts.length < 2) return [];
  const place = accounts.findIndex((account) => account.id === id);
  const step = (to: 1 | -1, disabled: boolean, shortcut: string): MenuEntry => ({
    id: to === 1 ? "down" : "up",
    label: say(to === 1 ? "account-down" : "account-up"),
    icon: "drag",
    shortcut,
    disabled,
    onAction: () => void placeAccount(accounts, id, to),
  });
  return ["line", step(-1, place === 0, "Alt ↑"), step(1, place === accounts.length - 1, "Alt ↓")];
}

function connecting(account: AccountView | undefined): MenuEntry[] {
  if (account === undefined || !hasServer(account)) return [];
  const { ask } = useWindow.getState();
  const { id, disabled } = account;
  return [
    {
      id: "signIn",
      label: say("signin-again"),
      icon: "unlock",
      onAction: () => ask({ kind: "signIn", account: id }),
    },
    {
      id: "switch",
      label: say(disabled ? "account-switch-on" : "account-switch-off"),
      icon: disabled ? "resume" : "offline",
      onAction: () => void (disabled ? switchOn(id) : switchOff(account)),
    },
  ];
}
