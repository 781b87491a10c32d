// Which letters of a conversation are put aside, and that what is done with the conversation is not done with them.
import { beforeEach, describe, expect, it } from "vitest";
import { remove } from "../../src/actions/letters";
import { standIn } from "../../src/actions/letterWindow";
import { removeLetter } from "../../src/actions/removeLetter";
import { undoNewest } from "../../src/actions/perform";
import type { LetterView, MailboxView } from "../../src/ipc/backend";
import type { MemoryBackend } from "../../src/ipc/memory";
import {
  apartFrom,
  asideOf,
  isOnlyInTrash,
  letterFolders,
  standing,
  withFetched,
} from "../../src/state/aside";
import { client } from "../../src/state/client";
import { conversationQuery } from "../../src/state/queries";
import { fetchRow } from "../../src/state/rows";
import { chosenRows, choose, useSelection } from "../../src/state/selection";
import { noFilter, useWindow } from "../../src/state/window";
import { openInbox } from "./inbox";

const folder = (id: string, role: MailboxView["role"], parent: string | null = null): MailboxView => ({
  id,
  account: "lena",
  parent,
  name: id.toUpperCase(),
  role,
  selectable: true,
  hidden: false,
  total: 0,
  unread: 0,
});
const folders = letterFolders([
  folder("inbox", "inbox"),
  folder("plans", null),
  folder("trash", "trash"),
  folder("old", null, "trash"),
  folder("older", null, "old"),
  folder("junk", "junk"),
]);
const letter = (id: string, ...mailboxes: string[]) => ({ id, mailboxes }) as LetterView;

describe("a letter is put aside", () => {
  it("where it lies in Trash, in Junk, or in a folder that stands there, and nowhere else", () => {
    const roleOf = (...mailboxes: string[]) => asideOf(letter("1", ...mailboxes), folders)?.role ?? null;
    expect(roleOf("inbox")).toBeNull();
    expect(roleOf("plans")).toBeNull();
    expect(roleOf("trash")).toBe("trash");
    expect(roleOf("junk")).toBe("junk");
    expect(roleOf("older")).toBe("trash");
    expect(asideOf(letter("1", "older"), folders)).toEqual({
      role: "trash",
      name: "OLDER",
      within: "TRASH",
      itself: false,
    });
    expect(roleOf("trash", "inbox"), "it is shown elsewhere as well").toBeNull();
    expect(roleOf("trash", "junk"), "not all of it is deleted").toBe("junk");
    expect(roleOf(), "nothing is known of it").toBeNull();
    expect(folders.own, "a folder that was deleted is none of one's own").toEqual({ plans: "PLANS" });
  });

  it("and goes for good where it is deleted in Trash itself, being nowhere else", () => {
    const isLast = (...mailboxes: string[]) => {
      const it = letter("1", ...mailboxes);
      return isOnlyInTrash(it, asideOf(it, folders));
    };
    expect(isLast("trash")).toBe(true);
    expect([isLast("older"), isLast("trash", "older"), isLast("junk"), isLast("inbox")]).not.toContain(true);
  });

  it("but not beside what is shown and is the same letter", () => {
    const came = { ...letter("1", "inbox"), sameAs: null };
    const sent = { ...letter("2", "trash"), sameAs: "1" };
    const other = { ...letter("3", "trash"), sameAs: null };
    const ids = (letters: LetterView[]) => letters.map(({ id }) => id);
    expect(ids(apartFrom([came, sent, other], [came]))).toEqual(["3"]);
    expect(ids(withFetched([came, sent, other], [came], folders, ["trash"]))).toEqual(["1", "3"]);
  });

  it("unless it is looked at where it lies, or there are no others", () => {
    const all = [letter("1", "inbox"), letter("2", "trash"), letter("3", "junk")];
    const ids = (letters: LetterView[]) => letters.map(({ id }) => id);
    expect(ids(standing(all, folders, () => false))).toEqual(["1"]);
    expect(ids(standing(all, folders, ({ id }) => id === "3"))).toEqual(["1", "3"]);
    expect(ids(standing(all.slice(1), folders, () => false))).toEqual(["2", "3"]);
    expect(ids(standing(all, letterFolders([]), () => false)), "nobody knows the folders yet").toHaveLength(
      3,
    );
  });
});

describe("with a letter in Trash", () => {
  let engine: MemoryBackend;
  const rolesIn = (thread: string) =>
    engine.world.thread(thread).map(({ mailboxes }) => mailboxes.map((id) => engine.world.mailbox(id).role));

  beforeEach(async () => {
    engine = await openInbox();
  });

  it("a conversation that is deleted in a window of its own goes to Trash, and nothing of it for good", async () => {
    const letters = engine.world.thread("lighthouse");
    const [first] = letters;
    if (first === undefined) throw new Error("There is a conversation.");
    first.mailboxes = [engine.world.roleMailbox(first.account, "trash").id];
    const list = JSON.stringify({ place: { kind: "starred" }, filter: noFilter });
    await standIn({ thread: "lighthouse", email: null, list });
    expect(chosenRows()[0]?.emails).toHaveLength(letters.length - 1);
    await remove();
    expect(rolesIn("lighthouse")).toEqual(letters.map(() => ["trash"]));
  });

  it("a conversation that has left its list since it was read is deleted all the same", async () => {
    useWindow.setState({ filter: { ...noFilter, unread: true } });
    const row = await fetchRow(0);
    if (row === undefined) throw new Error("It has unread letters.");
    choose(row, 0);
    await engine.perform({ kind: "setKeywords", emails: row.emails, add: ["$seen"], remove: [] });
    const letters = await client.query(conversationQuery(row.thread));
    const [first] = letters;
    if (first === undefined) throw new Error("It has letters.");
    await removeLetter(first);
    await remove();
    expect(rolesIn(row.thread)).toEqual(letters.map(() => ["trash"]));
  });

  it("what was not sent away keeps its place, and nothing else is opened for it", async () => {
    const row = await fetchRow(0);
    if (row === undefined) throw new Error("There is one.");
    choose(row, 0);
    engine.perform = () => Promise.reject(new Error("refused"));
    await remove();
    expect(useSelection.getState().leaving).toBeNull();
    expect(chosenRows()).toEqual([row]);
  });

  it("that was put there a moment ago, neither its menu nor its row deletes it for good", async () => {
    const row = await fetchRow(0);
    if (row?.thread !== "lighthouse") throw new Error("It is the first.");
    choose(row, 0);
    const seen = (await client.query(conversationQuery("lighthouse")))[0];
    if (seen === undefined) throw new Error("It has letters.");
    await removeLetter(seen);
    await removeLetter(seen);
    expect(rolesIn("lighthouse")[0]).toEqual(["trash"]);
    await remove();
    expect(engine.world.thread("lighthouse"), "its row has not followed").toHaveLength(4);
    expect(rolesIn("lighthouse").slice(1), "and waits until it has").toEqual([
      ["inbox"],
      ["inbox"],
      ["inbox"],
    ]);
    await undoNewest();
    expect(rolesIn("lighthouse")[0]).toEqual(["inbox"]);
    await removeLetter(seen);
    expect(rolesIn("lighthouse")[0], "what was taken back can be deleted again").toEqual(["trash"]);
  });
});
