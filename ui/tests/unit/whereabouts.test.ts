// What rows say of where their letters are.
import { expect, it } from "vitest";
import { whereIn, type Folders } from "../../src/state/whereabouts";

const accounts = [
  { id: "lena", email: "lena@nordlicht.example", label: "", colour: 0 },
  { id: "post", email: "lena.b@post.example", label: "Post", colour: 1 },
];
const folders: Folders = {
  inbox: { name: "Inbox", role: "inbox", account: "lena" },
  archive: { name: "Archive", role: "archive", account: "lena" },
  all: { name: "All Mail", role: "all", account: "lena" },
  local: { name: "Kept", role: null, account: "post" },
};
const others: Folders = { ...folders, post: { name: "Inbox", role: "inbox", account: "post" } };
const mine: Folders = Object.fromEntries(
  Object.entries(folders).filter(([, { account }]) => account === "lena"),
);
const search = { kind: "search", query: "x" } as const;

it("names the folders of what a search has found, and the account only where there are several", () => {
  const row = { account: "lena", mailboxes: ["archive", "inbox", "gone"] };
  expect(whereIn(search, mine, accounts)?.of(row)).toEqual({ folders: ["Archive", "Inbox"], account: null });
  expect(whereIn(search, others, accounts)?.of({ account: "post", mailboxes: ["post"] })).toEqual({
    folders: ["Inbox"],
    account: { name: "Post", colour: 1 },
  });
  expect(whereIn({ ...search, saved: "1" }, mine, accounts)?.head).toBe("folder");
});

it("names the place of all letters only where no other folder has the letter", () => {
  const of = (mailboxes: string[]) =>
    whereIn(search, mine, accounts)?.of({ account: "lena", mailboxes }).folders;
  expect(of(["inbox", "all"])).toEqual(["Inbox"]);
  expect(of(["all"])).toEqual(["All Mail"]);
});

it("names the account, and no folder, in lists of several accounts", () => {
  const row = { account: "lena", mailboxes: ["inbox"] };
  const all = whereIn({ kind: "allInboxes" }, others, accounts);
  expect(all?.head).toBe("account");
  expect(all?.of(row)).toEqual({ folders: [], account: { name: "lena@nordlicht.example", colour: 0 } });
  expect(whereIn({ kind: "starred" }, folders, accounts)?.head).toBe("account");
  expect(whereIn({ kind: "inboxes", accounts: ["lena", "post"] }, others, accounts)?.head).toBe("account");
});

it("says nothing where all is of one folder or of one account", () => {
  expect(whereIn({ kind: "mailbox", mailbox: "inbox" }, others, accounts)).toBeNull();
  expect(whereIn({ kind: "allInboxes" }, folders, accounts), "only one has an inbox").toBeNull();
  expect(whereIn({ kind: "starred" }, mine, accounts)).toBeNull();
  expect(whereIn({ kind: "inboxes", accounts: ["lena"] }, others, accounts)).toBeNull();
  expect(whereIn({ kind: "outbox" }, others, accounts)).toBeNull();
});

it("says of a row of a search that all of its letters are in Trash", () => {
  const some: Folders = {
    ...mine,
    trash: { name: "Trash", role: "trash", account: "lena", inTrash: true },
    thrown: { name: "Old", role: null, account: "lena", inTrash: true },
  };
  const of = (mailboxes: string[], place: Parameters<typeof whereIn>[0] = search) =>
    whereIn(place, some, accounts)?.of({ account: "lena", mailboxes }).inTrash;
  expect(of(["trash"])).toBe(true);
  expect(of(["trash", "thrown"])).toBe(true);
  expect(of(["trash", "inbox"]), "one of them is elsewhere too").toBeUndefined();
  expect(of([])).toBeUndefined();
});
