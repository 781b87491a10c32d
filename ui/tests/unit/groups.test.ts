// Groups of accounts as they are kept, and how large the panes are.
import { describe, expect, it } from "vitest";
import type { AccountView, MailboxView } from "../../src/ipc/backend";
import { fromListOf } from "../../src/state/letterWindow";
import { groupsFrom, membersOf, nameFault, newId, unreadOf } from "../../src/state/groups";
import { panesFrom } from "../../src/state/panes";

const kept = JSON.stringify([
  { id: "1", name: "Work", accounts: ["a", "b"] },
  { id: "1", name: "The same id", accounts: [] },
  { id: "2", name: "Home", accounts: ["c", 7] },
  { name: "No id" },
  "nonsense",
]);

describe("groups that were kept", () => {
  it("are read as far as they make sense", () => {
    expect(groupsFrom(kept)).toEqual([
      { id: "1", name: "Work", accounts: ["a", "b"] },
      { id: "2", name: "Home", accounts: ["c"] },
    ]);
    for (const broken of [null, "", "{", "{}", "null"]) expect(groupsFrom(broken)).toEqual([]);
  });

  it("have the accounts that are still here, and count their inboxes alone", () => {
    const [work] = groupsFrom(kept);
    if (work === undefined) throw new Error("it is there");
    const accounts = [{ id: "b" }, { id: "c" }] as AccountView[];
    expect(membersOf(work, accounts)).toEqual(["b"]);
    const mailbox = (account: string, role: string | null, unread: number) =>
      ({ account, role, unread }) as MailboxView;
    const mailboxes = [mailbox("a", "inbox", 2), mailbox("a", null, 5), mailbox("c", "inbox", 9)];
    expect(unreadOf(work, mailboxes)).toBe(2);
  });

  it("have names and ids of their own", () => {
    const groups = groupsFrom(kept);
    expect(nameFault(groups, null, " work ")).toBe("taken");
    expect(nameFault(groups, "1", "WORK")).toBeNull();
    expect(nameFault(groups, null, "  ")).toBe("empty");
    const ids = Array.from({ length: 100 }, newId);
    expect(new Set(ids).size, "none comes twice, not even that of a group that is gone").toBe(100);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{24}$/u);
  });
});

describe("panes that were kept", () => {
  it("are within their bounds, with a usual height where only widths were kept", () => {
    expect(panesFrom("200,9000,30")).toEqual({ folders: 200, list: 620, table: 30 });
    expect(panesFrom("200,300")).toEqual({ folders: 200, list: 300, table: 40 });
    for (const broken of [null, "", "200", "a,b,c", "1,2,x"]) expect(panesFrom(broken)).toEqual({});
  });
});

describe("the list that a letter was opened from", () => {
  it("is known again, or nothing is", () => {
    const filter = { unread: false, starred: false, attachment: false, toMe: false };
    const from = { place: { kind: "allInboxes" as const }, filter };
    expect(fromListOf(JSON.stringify(from))).toEqual(from);
    for (const broken of ["", "{", "null", "[]", JSON.stringify({ place: {} })])
      expect(fromListOf(broken)).toBeNull();
  });
});
