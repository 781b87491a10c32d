// Conversations become others while they are chosen: what is done next is done to what they are then, over the engine in memory.
import { beforeEach, describe, expect, it } from "vitest";
import { commandFor, run } from "../../src/actions/commands";
import { mute, takeOut, unite } from "../../src/actions/conversations";
import { standIn } from "../../src/actions/letterWindow";
import { allPerformed, undoNewest } from "../../src/actions/perform";
import { setBackend } from "../../src/ipc";
import type { RowView } from "../../src/ipc/backend";
import { openMemory, type MemoryBackend } from "../../src/ipc/memory";
import { client } from "../../src/state/client";
import { dropOnto, type Load } from "../../src/state/drag";
import { beLetterWindow } from "../../src/state/letterWindow";
import { usual, useLooks } from "../../src/state/looks";
import { renewLoneRow } from "../../src/state/loneRow";
import { fetchRow, useEdition } from "../../src/state/rows";
import { choose, chooseNothing, chosenRows, toggle, useSelection } from "../../src/state/selection";
import { settling } from "../../src/state/settling";
import { useToasts } from "../../src/state/toasts";
import { forgetUndos } from "../../src/state/undo";
import { noFilter, useWindow } from "../../src/state/window";

let engine: MemoryBackend;

beforeEach(async () => {
  client.clear();
  forgetUndos();
  chooseNothing();
  beLetterWindow(false);
  useLooks.setState({ everywhere: usual, places: {} });
  engine = openMemory(new URLSearchParams());
  setBackend(engine);
  useWindow.setState({ place: { kind: "allInboxes" }, filter: noFilter });
  useEdition.setState({ number: useEdition.getState().number + 1, listing: "", total: null });
  await fetchRow(0);
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
  expect(press(false)).toBe("nextFound");
  expect(press(true)).toBe("previousFound");
  expect(
    commandFor({ key: "Delete", ctrlKey: false, metaKey: false, altKey: false, shiftKey: true }),
    "where Shift means nothing else it changes nothing",
  ).toBe("delete");
});
