// The folder tree, what may be dropped where, the status line, and the keys.
import { describe, expect, it } from "vitest";
import { commandFor, commands, isCommand } from "../../src/actions/commands";
import { openMemory } from "../../src/ipc/memory";
import type { AccountView, ActivityView } from "../../src/ipc/backend";
import { loudest, calm } from "../../src/state/activity";
import { accountKey, mailboxKey, mayDrop, nameOfTarget, type Load } from "../../src/state/drag";
import {
  badgeOf,
  findFolders,
  hiddenTreeOf,
  inboxUnread,
  mayHide,
  pathOf,
  treeOf,
} from "../../src/state/folders";
import { hasWords } from "../../src/words";

const engine = openMemory();
const mailboxes = await engine.mailboxes();
const accounts = await engine.accounts();
const named = (id: string) => mailboxes.find((mailbox) => mailbox.id === id) ?? mailboxes[0]!; // eslint-disable-line @typescript-eslint/no-non-null-assertion

describe("the tree", () => {
  it("nests folders and keeps the engine's order", () => {
    const tree = treeOf(mailboxes, "lena");
    expect(tree.map((node) => node.mailbox.name)).toEqual([
      "Inbox",
      "Drafts",
      "Sent",
      "Archive",
      "Junk",
      "Trash",
      "Projects",
    ]);
    expect(tree.at(-1)?.children.map((node) => node.mailbox.name)).toEqual(["Lighthouse", "Ferry timetable"]);
  });
  it("shows a folder whose parent is missing rather than losing it", () => {
    const lost = { ...named("lighthouse"), parent: "gone" };
    expect(treeOf([lost], "lena").map((node) => node.mailbox.id)).toEqual(["lighthouse"]);
  });
  it("puts away what is hidden, and says where it stands", async () => {
    const memory = openMemory();
    await memory.perform({ kind: "showMailbox", mailbox: "lighthouse", shown: false });
    const all = await memory.mailboxes();
    expect(hiddenTreeOf(all, "lena").map((node) => node.mailbox.name)).toEqual(["Projects / Lighthouse"]);
    expect(all.find((each) => each.id === "projects")?.hidden).toBe(false);
    const { undo } = await memory.perform({ kind: "showMailbox", mailbox: "projects", shown: false });
    const [top] = hiddenTreeOf(await memory.mailboxes(), "lena");
    expect(top?.children.map((node) => node.mailbox.name)).toEqual(["Lighthouse", "Ferry timetable"]);
    await memory.undo(undo ?? "");
    expect(hiddenTreeOf(await memory.mailboxes(), "lena")).toHaveLength(1);
  });
  it("does not offer to hide what the account needs, nor what holds it", () => {
    expect(mayHide(mailboxes, named("projects"))).toBe(true);
    expect(mayHide(mailboxes, named("lena-sent"))).toBe(false);
    const inside = { ...named("lena-sent"), parent: "projects" };
    expect(mayHide([...mailboxes, inside], named("projects"))).toBe(false);
  });
  it("counts what people care about", () => {
    expect(inboxUnread(mailboxes)).toBe(12);
    expect(badgeOf(named("lena-drafts"))).toBe(2);
    expect(badgeOf({ ...named("lena-trash"), unread: 5 })).toBe(0);
  });
  it("is searched by parts of the path", () => {
    expect(pathOf(mailboxes, named("lighthouse"))).toBe("Projects / Lighthouse");
    expect(findFolders(accounts, mailboxes, "proj light").map((each) => each.mailbox.id)).toEqual([
      "lighthouse",
    ]);
    expect(findFolders(accounts, mailboxes, "inbox")).toHaveLength(2);
  });
});

describe("dropping", () => {
  const letters: Load = {
    kind: "letters",
    emails: ["1"],
    wide: null,
    conversations: 1,
    from: "lena-inbox",
    threads: [],
    accounts: [],
  };
  const projects: Load = { kind: "folder", mailbox: "projects", account: "lena", name: "Projects" };
  const ferry: Load = { kind: "folder", mailbox: "ferry", account: "lena", name: "Ferry timetable" };
  const may = (load: Load | null, key: string) => mayDrop(load, key, mailboxes);
  it("takes letters in folders of any account, but not where they are", () => {
    expect(may(letters, mailboxKey("lighthouse"))).toBe(true);
    expect(may(letters, mailboxKey("lena-inbox"))).toBe(false);
    expect(may(letters, mailboxKey("post-inbox"))).toBe(true);
    expect(may(letters, accountKey("lena"))).toBe(false);
    expect(may(letters, "place:starred")).toBe(false);
  });
  it("takes folders in folders, but not in themselves, their own, or where they are", () => {
    expect(may(ferry, mailboxKey("lighthouse"))).toBe(true);
    expect(may(ferry, mailboxKey("projects"))).toBe(false);
    expect(may(projects, mailboxKey("projects"))).toBe(false);
    expect(may(projects, mailboxKey("lighthouse"))).toBe(false);
    expect(may(projects, mailboxKey("post-inbox"))).toBe(false);
  });
  it("calls an account by its own name, though a folder has the same number", () => {
    const same = mailboxes.map((mailbox) => ({ ...mailbox, id: "lena" })).slice(0, 1);
    expect(nameOfTarget(accountKey("lena"), same, accounts)).toBe("lena@nordlicht.example");
    expect(nameOfTarget(mailboxKey("lena"), same, accounts)).toBe(same[0]?.name);
  });
  it("takes a nested folder on its account, to stand at the top", () => {
    expect(may(ferry, accountKey("lena"))).toBe(true);
    expect(may(projects, accountKey("lena"))).toBe(false);
    expect(may(ferry, accountKey("post"))).toBe(false);
    expect(may(null, mailboxKey("lighthouse"))).toBe(false);
  });
});

describe("the status line", () => {
  const account = (id: string, activity: ActivityView, demo = false) => ({
    ...(accounts[0] as AccountView),
    id,
    email: `${id}@x.example`,
    activity,
    demo,
  });
  const trouble = { kind: "unreachable", sentence: "No answer.", detail: null } as const;
  it("speaks of the account that needs the person first", () => {
    const list = [
      account("a", { kind: "syncing", done: 1, total: 2, secondsLeft: null }),
      account("b", { kind: "failed", trouble }),
    ];
    expect(loudest(list)[0]?.id).toBe("b");
    expect(loudest([account("a", { kind: "idle" })])).toEqual([]);
  });
  it("says once that all is up to date, with the oldest check", () => {
    const list = [
      account("a", { kind: "upToDate", checkedAt: 5, shut: [] }),
      account("b", { kind: "upToDate", checkedAt: 3, shut: [] }),
    ];
    expect(calm(list, null)).toEqual({ kind: "all", checkedAt: 3, shut: 0 });
    expect(calm([account("d", { kind: "idle" }, true)], null)).toEqual({ kind: "demo" });
    const asked = account("d", { kind: "upToDate", checkedAt: 9, shut: [] }, true);
    expect(calm([asked], null), "the demo has no server that could be asked").toEqual({ kind: "demo" });
    expect(calm([asked, ...list], null)).toEqual({ kind: "all", checkedAt: 3, shut: 0 });
    expect(calm([], null)).toEqual({ kind: "none" });
  });
});

describe("the keys", () => {
  const press = (key: string, held = false) =>
    commandFor({ key, ctrlKey: held, metaKey: false, altKey: false });
  it("mean what the list of keys says", () => {
    expect(press("e")).toBe("archive");
    expect(press("Delete")).toBe("delete");
    expect(press("k", true)).toBe("search");
    expect(press("Delete", true), "a key with a name keeps its capital").toBe("emptyFolder");
    expect(press("/")).toBe("search");
    expect(press("K", true), "with the shift lock on").toBe("search");
    expect(press("c", true), "copying is not composing").toBeNull();
  });
  it("are each given once, and each has its words", () => {
    const all = Object.values(commands).flatMap((command) => command.keys as string[]);
    expect(new Set(all).size).toBe(all.length);
    for (const name of Object.keys(commands)) expect(hasWords(`command-${name}`), name).toBe(true);
    expect(isCommand("toString"), "only what was named here").toBe(false);
  });
});
