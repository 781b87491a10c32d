// Whose files are browsed from where: those of the folder that is shown, of all inboxes, or of a group's.
import { beforeEach, expect, it } from "vitest";
import { browseFiles } from "../../src/actions/filesHere";
import type { MailboxView } from "../../src/ipc/backend";
import { client } from "../../src/state/client";
import { GROUPS_SETTING } from "../../src/state/groups";
import { keys } from "../../src/state/queries";
import { useWindow, type Place } from "../../src/state/window";

const mailbox = (id: string, account: string, role: string | null) =>
  ({ id, account, role, name: id }) as MailboxView;

beforeEach(() => {
  client.setQueryData(keys.mailboxes, [
    mailbox("lena-inbox", "lena", "inbox"),
    mailbox("lena-plans", "lena", null),
    mailbox("jonas-inbox", "jonas", "inbox"),
    mailbox("amara-inbox", "amara", "inbox"),
  ]);
  client.setQueryData(
    keys.setting(GROUPS_SETTING),
    JSON.stringify([{ id: "work", name: "Work", accounts: ["lena", "amara"] }]),
  );
});

it.each<[string, Place, string, string[]]>([
  ["a folder", { kind: "mailbox", mailbox: "lena-plans" }, "lena-plans", ["lena-plans"]],
  ["all inboxes", { kind: "allInboxes" }, "All inboxes", ["lena-inbox", "jonas-inbox", "amara-inbox"]],
  [
    "a group",
    { kind: "inboxes", accounts: ["lena", "amara"], group: "work" },
    "Work",
    ["lena-inbox", "amara-inbox"],
  ],
])("browses the files of %s", (_, place, name, mailboxes) => {
  useWindow.getState().go(place);
  browseFiles();
  expect(useWindow.getState().question).toEqual({
    kind: "files",
    name,
    source: { kind: "mailboxes", mailboxes },
    back: null,
  });
});

it.each<[string, Place, string, object]>([
  ["the starred", { kind: "starred" }, "Starred", { kind: "starred" }],
  ["a search", { kind: "search", query: "boat " }, "boat", { kind: "search", query: "boat " }],
  [
    "a search that is kept",
    { kind: "search", query: "from:amara", saved: "7" },
    "From Amara",
    { kind: "search", query: "from:amara" },
  ],
])("browses the files of %s", (_, place, name, source) => {
  client.setQueryData(keys.savedSearches, [{ id: "7", name: "From Amara", query: "from:amara" }]);
  useWindow.getState().go(place);
  browseFiles();
  expect(useWindow.getState().question).toEqual({ kind: "files", name, source, back: null });
});
