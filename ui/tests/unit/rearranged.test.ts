// Conversations become others while they are chosen: what is done next is done to what they are then, over the engine in memory.
import { beforeEach, describe, expect, it } from "vitest";
import { commandFor, hooks, run } from "../../src/actions/commands";
import { mute, takeOut, unite } from "../../src/actions/conversations";
import { archive, remove, removeChosenForGood, star } from "../../src/actions/letters";
import { standIn } from "../../src/actions/letterWindow";
import { allPerformed, undoNewest } from "../../src/actions/perform";
import type { RowView } from "../../src/ipc/backend";
import type { MemoryBackend } from "../../src/ipc/memory";
import { dropOnto, joinedOnto, type Load } from "../../src/state/drag";
import { beLetterWindow } from "../../src/state/letterWindow";
import { client } from "../../src/state/client";
import { usual, useLooks } from "../../src/state/looks";
import { renewLoneRow } from "../../src/state/loneRow";
import { mailboxesQuery } from "../../src/state/queries";
import { tellThreads } from "../../src/state/rearranged";
import { fetchRow } from "../../src/state/rows";
import { choose, chosenRows, toggle, useSelection } from "../../src/state/selection";
import { settling } from "../../src/state/settling";
import { useToasts } from "../../src/state/toasts";
import { useWindow } from "../../src/state/window";
import { forgetList, openInbox } from "./inbox";

let engine: MemoryBackend;

beforeEach(async () => {
  beLetterWindow(false);
  engine = await openInbox();
});

async function found(subject: string): Promise<[RowView, number]> {
  for (let index = 0; ; index++) {
    const row = await fetchRow(index);
    if (row === undefined) throw new Error(`There is no “${subject}”.`);
    if (row.subject.includes(subject)) return [row, index];
  }
}

/** Until all that was told the window has been done. */
async function over(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    await settling();
    await allPerformed();
    await Promise.resolve();
  }
}

const rolesOf = (email: string) =>
  engine.world.letter(email).mailboxes.map((id) => engine.world.mailbox(id).role);

describe("conversations that are made one", () => {
  it("are chosen as the one that they are, so that the next key means all of it", async () => {
    const [keys, at] = await found("Keys for the boathouse");
    const [slipway, there] = await found("Slipway free from Monday");
    choose(keys, at);
    toggle(slipway, there);
    run("unite");
    run("archive");
    await over();
    const letters = [...keys.emails, ...slipway.emails];
    expect(letters.map(rolesOf).flat()).toEqual(letters.map(() => "archive"));
    expect(useToasts.getState().toast?.text, "one, and not the two that are no more").toBe(
      "Archived 1 conversation",
    );
  });

  it("are chosen as before when it is taken back", async () => {
    const [keys, at] = await found("Keys for the boathouse");
    const [slipway, there] = await found("Slipway free from Monday");
    choose(keys, at);
    toggle(slipway, there);
    await unite();
    expect(chosenRows().map((row) => row.emails.length)).toEqual([
      keys.emails.length + slipway.emails.length,
    ]);
    await undoNewest();
    expect(new Set(chosenRows().map((row) => row.thread))).toEqual(new Set([keys.thread, slipway.thread]));
    expect(chosenRows().flatMap((row) => row.emails)).toHaveLength(
      keys.emails.length + slipway.emails.length,
    );
  });

  it("stay chosen where it is refused", async () => {
    const [keys, at] = await found("Keys for the boathouse");
    choose(keys, at);
    const other = { ...keys, thread: "of another account", account: "somebody else's" };
    engine.perform = () =>
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      Promise.reject({ kind: "invalid", sentence: "Letters of two accounts cannot be one.", detail: null });
    await unite([keys, other]);
    expect(chosenRows()).toEqual([keys]);
    expect(settling(), "nobody waits for it any more").toBeNull();
  });
});

/** Holds the next answer of the engine back until the given function is called. */
function hold(ask: "perform" | "undo"): () => void {
  const real = engine[ask].bind(engine) as (what: unknown) => Promise<unknown>;
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  (engine as unknown as Record<string, unknown>)[ask] = async (what: unknown) => {
    (engine as unknown as Record<string, unknown>)[ask] = real;
    await held;
    return real(what);
  };
  return release;
}

describe("keys that come while it is not known what is chosen", () => {
  it("put the focus into the search at once, so that what is typed next is no command", async () => {
    let focused = 0;
    hooks.focusSearch = () => focused++;
    const release = hold("undo");
    await archive([(await found("Keys for the boathouse"))[0]]);
    run("undo");
    await Promise.resolve();
    expect(settling()).not.toBeNull();
    run("search");
    expect(focused).toBe(1);
    release();
    await over();
  });

  it("are meant for the sheet that is about to open, and not for letters", async () => {
    const [keys, at] = await found("Keys for the boathouse");
    const [slipway] = await found("Slipway free from Monday");
    choose(keys, at);
    const release = hold("undo");
    await star([slipway]);
    run("undo");
    run("move");
    run("archive");
    run("compose");
    release();
    await over();
    expect(useWindow.getState().question).toEqual({ kind: "move" });
    expect(keys.emails.map(rolesOf).flat(), "the e was a letter of a name").not.toContain("archive");
    useWindow.setState({ question: null });
  });

  it("are done in the order in which they were said", async () => {
    const [keys, at] = await found("Keys for the boathouse");
    const [slipway, there] = await found("Slipway free from Monday");
    choose(keys, at);
    toggle(slipway, there);
    const release = hold("perform");
    run("unite");
    run("archive");
    run("undo");
    run("star");
    release();
    await over();
    const letters = [...keys.emails, ...slipway.emails];
    expect(letters.map(rolesOf).flat(), "the archiving was taken back").not.toContain("archive");
    expect(chosenRows().map((row) => row.thread)).toEqual([keys.thread]);
  });

  it("mean what was chosen when they were pressed, and nothing that was chosen after", async () => {
    const [keys, at] = await found("Keys for the boathouse");
    const [slipway, there] = await found("Slipway free from Monday");
    const [other, elsewhere] = await found("Winter timetable");
    choose(keys, at);
    toggle(slipway, there);
    const release = hold("perform");
    run("unite");
    run("delete");
    choose(other, elsewhere);
    release();
    await over();
    expect(other.emails.map(rolesOf).flat()).not.toContain("trash");
    expect(useToasts.getState().toast?.text).toContain("Not done");
    expect(
      chosenRows().map((row) => row.thread),
      "the person goes on with what they chose",
    ).toEqual([other.thread]);
    run("delete");
    await over();
    expect(other.emails.map(rolesOf).flat(), "now it is meant").toEqual(other.emails.map(() => "trash"));
  });

  it("are heard although it could not be found out what has become of the letters", async () => {
    const [keys, at] = await found("Keys for the boathouse");
    const [slipway, there] = await found("Slipway free from Monday");
    choose(keys, at);
    toggle(slipway, there);
    const real = engine.letters.bind(engine);
    engine.letters = () => {
      engine.letters = real;
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      return Promise.reject({ kind: "other", sentence: "The disk is away.", detail: null });
    };
    run("unite");
    run("undo");
    await over();
    const threads = [...keys.emails, ...slipway.emails].map((email) => engine.world.letter(email).thread);
    expect(new Set(threads).size, "they are two again").toBe(2);
  });
});

describe("what was deleted", () => {
  it("does not go for good by a second key, whatever its row has become meanwhile", async () => {
    const [keys, at] = await found("Keys for the boathouse");
    choose(keys, at);
    const release = hold("perform");
    const first = remove();
    tellThreads(new Map());
    expect(chosenRows()[0], "another row for the same letters").not.toBe(keys);
    const second = remove();
    release();
    await Promise.all([first, second]);
    await remove([{ ...keys }]);
    tellThreads(new Map());
    await remove();
    expect(keys.emails.map(rolesOf).flat()).toEqual(keys.emails.map(() => "trash"));
  });

  it("is deleted again after it was taken back", async () => {
    const [keys, at] = await found("Keys for the boathouse");
    choose(keys, at);
    run("delete");
    run("undo");
    run("delete");
    await over();
    expect(keys.emails.map(rolesOf).flat()).toEqual(keys.emails.map(() => "trash"));
  });

  it("goes for good where it is seen in the Trash", async () => {
    const [keys] = await found("Keys for the boathouse");
    await remove([keys]);
    const trash = engine.world.letter(keys.email).mailboxes[0] ?? "";
    useWindow.setState({ place: { kind: "mailbox", mailbox: trash } });
    forgetList();
    const [there] = await found("Keys for the boathouse");
    await client.query(mailboxesQuery);
    await remove([there]);
    expect(engine.world.letters.has(keys.email), "not before somebody has said so").toBe(true);
    expect(useWindow.getState().question).toEqual({ kind: "deleteForGood", meant: [there] });
    await removeChosenForGood([there]);
    expect(() => engine.world.letter(keys.email), "nobody has it any more").toThrow();
    useWindow.setState({ question: null });
  });
});

describe("letters that are taken out", () => {
  it("are left alone by what is done next, also when the keys come at once", async () => {
    const [row, at] = await found("Lighthouse: final drawings");
    choose(row, at);
    const letters = await engine.conversation(row.thread);
    const out = letters.at(-1)?.id ?? "";
    run("takeOut");
    run("archive");
    await over();
    expect(rolesOf(out), "it went out first").toEqual(["inbox"]);
    const stayed = row.emails.filter((email) => email !== out);
    expect(stayed.length).toBeGreaterThan(0);
    expect(stayed.map(rolesOf).flat()).not.toContain("inbox");
  });

  it("leave the rest of the conversation chosen, and come back to it", async () => {
    const [row, at] = await found("Lighthouse: final drawings");
    choose(row, at);
    const out = (await engine.conversation(row.thread)).at(-1)?.id ?? "";
    await takeOut([out]);
    expect(chosenRows().map((each) => each.thread)).toEqual([row.thread]);
    expect(chosenRows()[0]?.emails).not.toContain(out);
    await undoNewest();
    expect(chosenRows().map((each) => each.thread)).toEqual([row.thread]);
  });

  it("stay chosen as letters of their new conversation, where each letter has a row", async () => {
    useLooks.setState({ everywhere: { ...usual, grouping: "messages" }, places: {} });
    const [row, at] = await found("Lighthouse: final drawings");
    choose(row, at);
    await takeOut();
    const { thread } = engine.world.letter(row.email);
    expect(thread).not.toBe(row.thread);
    expect(chosenRows().map((each) => [each.email, each.thread])).toEqual([[row.email, thread]]);
    await undoNewest();
    expect(chosenRows().map((each) => each.thread)).toEqual([row.thread]);
  });
});

describe("a conversation that is let go of on another", () => {
  const row = { thread: "b", account: "lena" } as RowView;
  const load = (threads: string[], accounts = ["lena"]): Load => ({
    kind: "letters",
    emails: [],
    wide: null,
    conversations: threads.length,
    from: null,
    threads,
    accounts,
  });

  it("is joined with it, unless that makes no sense", () => {
    expect(dropOnto(load(["a"]), row, false)).toBe("joins");
    expect(dropOnto(load(["a", "c"]), row, false), "all of them are").toBe("joins");
    expect(dropOnto(load(["a", "b"]), row, false), "on one of those that are dragged").toBeNull();
    expect(dropOnto(load(["a"]), row, true), "what is copied goes into folders").toBeNull();
    expect(dropOnto(load(["a"], ["lena", "post"]), row, false)).toBe("twoAccounts");
    expect(dropOnto(load(["a"], ["post"]), row, false)).toBe("twoAccounts");
    expect(dropOnto({ kind: "search", id: "a", name: "a" }, row, false)).toBeNull();
    expect(dropOnto(null, row, false)).toBeNull();
  });
});

describe("a conversation that is let go of where mail has come", () => {
  it("is joined with the one that was named, and with no other", () => {
    const onto = { key: "b", row: { thread: "b" } as RowView, subject: "B", joins: true };
    expect(joinedOnto(onto, "b")).toBe(onto.row);
    expect(joinedOnto(onto, "c"), "another stands there by now").toBeNull();
    expect(joinedOnto(onto, null)).toBeNull();
    expect(joinedOnto({ ...onto, joins: false }, "b"), "of two accounts").toBeNull();
    expect(joinedOnto(null, "b"), "nothing was named").toBeNull();
  });
});

describe("a letter in a window of its own that is in no list", () => {
  it("is muted if its conversation is, and says so as it changes", async () => {
    beLetterWindow(true);
    const [row] = await found("Winter timetable");
    await mute([row]);
    await standIn({ thread: row.thread, email: null, list: "none" });
    expect(
      chosenRows().map((each) => each.muted),
      "the truth",
    ).toEqual([true]);
    await mute();
    await renewLoneRow();
    expect(
      chosenRows().map((each) => each.muted),
      "the same key ends it",
    ).toEqual([false]);
    expect(useSelection.getState().cursor, "no list has it").toBeNull();
  });
});

it("goes back from mark to mark with Shift and F3", () => {
  const press = (shiftKey: boolean) =>
    commandFor({ key: "F3", ctrlKey: false, metaKey: false, altKey: false, shiftKey });
  expect(press(false)).toBe("findNext");
  expect(press(true)).toBe("findPrevious");
  expect(
    commandFor({ key: "Delete", ctrlKey: false, metaKey: false, altKey: false, shiftKey: true }),
    "where Shift means nothing else it changes nothing",
  ).toBe("delete");
});
