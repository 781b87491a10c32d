// What follows the cursor when rows leave their places: the row that stands where the first of them stood. Over the engine in
// memory; the list is followed as the window follows it.
import { cleanup, renderHook } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { goToDate } from "../../src/actions/goToDate";
import { archive, markRead, remove, star, toggleRead } from "../../src/actions/letters";
import { look } from "../../src/actions/looks";
import { nextUnread } from "../../src/actions/nextUnread";
import type { RowView } from "../../src/ipc/backend";
import type { MemoryBackend } from "../../src/ipc/memory";
import { client } from "../../src/state/client";
import { useFreshRows } from "../../src/state/freshRows";
import { beatsUntilNow, listingChanged } from "../../src/state/pulse";
import { keys } from "../../src/state/queries";
import { AFTER_SETTING } from "../../src/state/reading";
import { fetchRow, useEdition } from "../../src/state/rows";
import { chosenRows, extendTo, stepBy, stepTo, toggle, useSelection } from "../../src/state/selection";
import { listingNow, noFilter, useWindow } from "../../src/state/window";
import { openWindow } from "./inbox";

let engine: MemoryBackend;
const cursor = () => useSelection.getState().cursor;
const listing = () => {
  const now = listingNow();
  if (now === null) throw new Error("this place has a list");
  return now;
};
const all = async () => (await engine.page(listing(), 0, 100)).rows;
const subjects = (rows: (RowView | undefined)[]) => rows.map((row) => row?.subject);

/** The window shows the list, and follows it. */
async function show(change: () => void = () => undefined): Promise<RowView[]> {
  cleanup();
  change();
  await fetchRow(0);
  const given = { listing: listing(), first: 0, last: 30, anchor: null, shift: () => undefined };
  renderHook(() => useFreshRows(given));
  await followed();
  return all();
}

/** The list is as the engine has it, and whoever goes on has gone on. */
async function followed(): Promise<void> {
  listingChanged();
  await vi.waitFor(() => expect(useEdition.getState().asOf).toBe(beatsUntilNow()));
  await fetchRow(0);
}

async function read(index: number): Promise<void> {
  await stepTo(index, "only");
  await markRead(chosenRows().flatMap((row) => row.emails));
  await followed();
}

beforeEach(() => {
  engine = openWindow();
});

const unreadOnly = () => useWindow.setState({ filter: { ...noFilter, unread: true } });

describe("among the unread", () => {
  it("a step down goes to the letter behind the one that was read, and one up to the one before", async () => {
    const [, , third, fourth] = await show(unreadOnly);
    await read(2);
    expect(subjects(chosenRows()), "what is read stays open").toEqual([third?.subject]);
    expect(cursor()).toEqual({ index: 2, key: fourth?.thread, before: true });
    await stepBy(1, "only");
    expect(subjects(chosenRows())).toEqual([fourth?.subject]);
    const [, second] = await all();
    await read(2);
    await stepBy(-1, "only");
    expect(subjects(chosenRows())).toEqual([second?.subject]);
  });

  it("N goes to the same letter, though another one came meanwhile", async () => {
    const [, second] = await show(unreadOnly);
    await read(0);
    engine.receive({ box: "lena-inbox", subject: "Just come", unread: true });
    await followed();
    expect(cursor()).toEqual({ index: 1, key: second?.thread, before: true });
    await nextUnread();
    expect(subjects(chosenRows())).toEqual([second?.subject]);
  });

  it("there is nothing below the last one, and nothing above the first", async () => {
    const rows = await show(unreadOnly);
    await read(rows.length - 1);
    const last = rows.at(-1);
    expect(cursor()).toEqual({ index: rows.length - 1, key: null, before: true });
    await stepBy(1, "only");
    expect(subjects(chosenRows()), "no other one is opened in its place").toEqual([last?.subject]);
    await stepBy(-1, "only");
    expect(subjects(chosenRows())).toEqual([rows.at(-2)?.subject]);
    const [first] = await all();
    await read(0);
    await stepBy(-1, "only");
    expect(subjects(chosenRows())).toEqual([first?.subject]);
  });

  it("Shift and a step choose the letter behind it, and Ctrl only goes there", async () => {
    const [first, second] = await show(unreadOnly);
    await read(0);
    await stepBy(1, "cursor");
    expect(cursor()).toEqual({ index: 0, key: second?.thread });
    expect(subjects(chosenRows())).toEqual([first?.subject]);
    await read(0);
    const [third, fourth] = await all();
    await stepBy(1, "extend");
    await stepBy(1, "extend");
    expect(subjects(chosenRows())).toEqual(subjects([third, fourth]));
  });

  it("one that is marked unread again has the cursor where it comes back", async () => {
    const [first, second] = await show(unreadOnly);
    await read(1);
    await engine.perform({
      kind: "setKeywords",
      emails: second?.emails.slice(0, 1) ?? [],
      add: [],
      remove: ["$seen"],
    });
    await followed();
    expect(cursor()).toEqual({ index: 1, key: second?.thread });
    await stepBy(-1, "only");
    expect(subjects(chosenRows())).toEqual([first?.subject]);
  });

  it("several that leave at once leave the cursor where the first of them stood", async () => {
    const rows = await show(unreadOnly);
    await stepTo(1, "only");
    await extendTo(3);
    await toggleRead();
    await followed();
    expect(cursor()).toEqual({ index: 1, key: rows[4]?.thread, before: true });
  });

  it("what was read and is archived then is followed by the same letter", async () => {
    const [, second] = await show(unreadOnly);
    await read(0);
    await archive();
    await followed();
    expect(subjects(chosenRows())).toEqual([second?.subject]);
    expect(cursor()).toEqual({ index: 0, key: second?.thread });
  });
});

it("a letter that loses its star stays open, and the next one with a star is the next", async () => {
  const inbox = await show();
  for (const { email } of inbox.slice(0, 4))
    await engine.perform({ kind: "setKeywords", emails: [email], add: ["$flagged"], remove: [] });
  const [first, second, third] = await show(() => useWindow.setState({ place: { kind: "starred" } }));
  expect(third, "to which a step too far would go").toBeDefined();
  await stepTo(0, "only");
  await star();
  await followed();
  expect(subjects(chosenRows())).toEqual([first?.subject]);
  await stepBy(1, "only");
  expect(subjects(chosenRows())).toEqual([second?.subject]);
});

it("in a list with the unread first, the cursor does not go far away with what was read", async () => {
  const [first, second, third] = await show(() => look({ by: "unread" }));
  expect([first?.unread, second?.unread, third?.unread], "there is something to read").toEqual([
    true,
    true,
    true,
  ]);
  await read(0);
  expect((await all()).findIndex(({ thread }) => thread === first?.thread)).toBeGreaterThan(2);
  expect(cursor()).toEqual({ index: 0, key: second?.thread, before: true });
  await stepBy(1, "only");
  expect(subjects(chosenRows())).toEqual([second?.subject]);
  await markRead(second?.emails ?? []);
  await followed();
  await nextUnread();
  expect(subjects(chosenRows())).toEqual([third?.subject]);
});

describe("what is sent away", () => {
  it("is followed by what stood below it, however many rows were chosen", async () => {
    const rows = await show();
    await stepTo(0, "only");
    await extendTo(4);
    await archive();
    await followed();
    expect(subjects(chosenRows())).toEqual([rows[5]?.subject]);
    expect(cursor()).toEqual({ index: 0, key: rows[5]?.thread });
  });

  it("is followed by what stood below the first of several that stood apart", async () => {
    const rows = await show();
    await stepTo(1, "only");
    for (const index of [3, 5]) toggle(rows[index] as RowView, index);
    await archive();
    await followed();
    expect(subjects(chosenRows())).toEqual([rows[2]?.subject]);
  });

  it("is followed too where the cursor has gone on to a row that stays", async () => {
    const rows = await show();
    await stepTo(1, "only");
    for (const index of [2, 6, 6]) toggle(rows[index] as RowView, index);
    await archive();
    await followed();
    expect(subjects(chosenRows())).toEqual([rows[3]?.subject]);
  });

  it("is followed in its place when a letter has come above it meanwhile", async () => {
    const rows = await show();
    await stepTo(1, "only");
    await extendTo(4);
    engine.receive({ box: "lena-inbox", subject: "Just come" });
    await archive();
    await followed();
    expect(subjects(chosenRows())).toEqual([rows[5]?.subject]);
    expect(cursor()?.index).toBe(2);
  });

  it("gives way to the one before the first of them where that is wished", async () => {
    const rows = await show();
    client.setQueryData(keys.setting(AFTER_SETTING), "previous");
    await stepTo(2, "only");
    await extendTo(4);
    await archive();
    await followed();
    expect(subjects(chosenRows())).toEqual([rows[1]?.subject]);
  });

  it("opens nothing later where the person has chosen another one at once", async () => {
    const rows = await show();
    await stepTo(0, "only");
    await archive();
    await stepBy(1, "only");
    await followed();
    expect(subjects(chosenRows())).toEqual([rows[1]?.subject]);
    await engine.perform({ kind: "moveToRole", emails: rows[1]?.emails ?? [], role: "archive" });
    await followed();
    expect(subjects(chosenRows()), "which somebody else has moved").toEqual([rows[1]?.subject]);
  });
});

describe("going to a day", () => {
  const dayOf = (row: RowView | undefined) => {
    const at = new Date(row?.receivedAt ?? 0);
    return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, "0")}-${String(at.getDate()).padStart(2, "0")}`;
  };
  it("puts away what was open, and the first step opens what was found", async () => {
    const rows = await show();
    const goal = rows.findIndex((row) => dayOf(row) !== dayOf(rows[0]));
    await stepTo(0, "only");
    await goToDate(dayOf(rows[goal]));
    expect(chosenRows(), "no key means what was open any more").toEqual([]);
    await stepBy(1, "only");
    expect(subjects(chosenRows())).toEqual([rows[goal]?.subject]);
  });
  it("leaves several that are chosen, for more of them", async () => {
    const rows = await show();
    await stepTo(0, "only");
    await extendTo(1);
    await goToDate(dayOf(rows.at(-1)));
    expect(chosenRows()).toHaveLength(2);
  });
});

it("Ctrl with Shift adds a range to what is chosen, and Shift alone does not", async () => {
  const rows = await show();
  await stepTo(0, "only");
  toggle(rows[3] as RowView, 3);
  await extendTo(5, "keep");
  expect(subjects(chosenRows())).toEqual(subjects([0, 3, 4, 5].map((index) => rows[index])));
  await extendTo(4);
  expect(subjects(chosenRows())).toEqual(subjects([3, 4].map((index) => rows[index])));
});

describe("in a search, which shows letters wherever they are", () => {
  const search = (query: string) => () => useWindow.setState({ place: { kind: "search", query } });
  const keysOf = (rows: RowView[]) => rows.map(({ thread }) => thread);

  it("what was deleted stays at its new place, and one goes on with the next", async () => {
    const before = await show(search("a"));
    expect(before.length).toBeGreaterThan(5);
    await stepTo(1, "only");
    await remove();
    await followed();
    expect(keysOf(await all())).toEqual(keysOf(before));
    await vi.waitFor(() => expect(subjects(chosenRows())).toEqual([before[2]?.subject]));
    expect(cursor()?.index).toBe(2);
    await remove();
    await followed();
    await vi.waitFor(() => expect(subjects(chosenRows())).toEqual([before[3]?.subject]));
    for (const row of (await all()).slice(1, 3))
      expect(row.mailboxes.map((id) => engine.world.mailbox(id).role)).toEqual(["trash"]);
  });

  it("of several the one below the first of them that stays as it was is next, and at the end the one above", async () => {
    const before = await show(search("a"));
    await stepTo(1, "only");
    await extendTo(2);
    await remove();
    await followed();
    await vi.waitFor(() => expect(subjects(chosenRows())).toEqual([before[3]?.subject]));
    const last = before.length - 1;
    await stepTo(last, "only");
    await remove();
    await followed();
    await vi.waitFor(() => expect(subjects(chosenRows())).toEqual([before[last - 1]?.subject]));
  });

  it("the one above is next where the person goes upwards", async () => {
    client.setQueryData(keys.setting(AFTER_SETTING), "previous");
    const before = await show(search("a"));
    await stepTo(3, "only");
    await archive();
    await followed();
    await vi.waitFor(() => expect(subjects(chosenRows())).toEqual([before[2]?.subject]));
  });

  it("that leaves Trash out it leaves the list", async () => {
    const before = await show(search("a -in:trash"));
    await stepTo(1, "only");
    await remove();
    await followed();
    await vi.waitFor(() => expect(subjects(chosenRows())).toEqual([before[2]?.subject]));
    expect(keysOf(await all())).not.toContain(before[1]?.thread);
  });
});
