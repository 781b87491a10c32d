// What is chosen is asked for at once, before anything of it is drawn.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setBackend } from "../../src/ipc";
import type { RowView } from "../../src/ipc/backend";
import { openMemory, type MemoryBackend } from "../../src/ipc/memory";
import { askAhead, askForPressed, isHere, READING } from "../../src/state/ahead";
import { client } from "../../src/state/client";
import { setLetterLook } from "../../src/state/letterLook";
import { changeLook, usual, useLooks } from "../../src/state/looks";
import { fetchRow } from "../../src/state/rows";
import { choose, chooseNothing, toggle } from "../../src/state/selection";
import { useTheme } from "../../src/state/theme";
import { noFilter, useWindow } from "../../src/state/window";
import { forgetList } from "./inbox";

/** A limit for what never comes. */
const PATIENCE = 20_000;

let engine: MemoryBackend;
let stop: () => void;
const body = vi.fn<MemoryBackend["body"]>();
const conversation = vi.fn<MemoryBackend["conversation"]>();
const perform = vi.fn<MemoryBackend["perform"]>();
const bodyAhead = vi.fn<MemoryBackend["bodyAhead"]>();
const bodies = () => body.mock.calls.map(([email]) => email);
const madeReady = () => bodyAhead.mock.calls.map(([email]) => email);

async function list() {
  forgetList();
  const rows = [];
  for (let index = 0, row = await fetchRow(0); row !== undefined; row = await fetchRow(++index))
    rows.push(row);
  return rows;
}

beforeEach(() => {
  client.clear();
  useLooks.setState({ everywhere: usual, places: {} });
  chooseNothing();
  engine = openMemory(new URLSearchParams());
  body.mockReset().mockImplementation((...asked) => engine.body(...asked));
  bodyAhead.mockReset().mockImplementation((...asked) => engine.bodyAhead(...asked));
  conversation.mockReset().mockImplementation((...asked) => engine.conversation(...asked));
  perform.mockReset();
  setBackend({ ...engine, body, bodyAhead, conversation, perform });
  useWindow.setState({ place: { kind: "allInboxes" }, filter: noFilter });
  stop = askAhead();
});
afterEach(() => stop());

describe("a conversation that is chosen", () => {
  it("is asked for at once, and its newest letter with it, as it will be looked at", async () => {
    const row = (await list()).find(({ emails, answered }) => emails.length === 1 && !answered);
    if (row === undefined) throw new Error("There is a letter that stands alone.");
    setLetterLook(row.email, { plain: true });
    choose(row, 0);
    expect(conversation).toHaveBeenCalledExactlyOnceWith(row.thread);
    const { dark } = useTheme.getState();
    const look = { dark, darkAround: dark, remoteImages: false, plain: true, charset: null };
    expect(body, "nobody waits for the conversation first").toHaveBeenCalledExactlyOnceWith(row.email, look);
    setLetterLook(row.email, { plain: false });
  });

  it("is asked for once, when the press begins, and is here when it ends", async () => {
    const row = (await list()).find(({ emails, answered }) => emails.length === 1 && !answered);
    if (row === undefined) throw new Error("There is a letter that stands alone.");
    askForPressed(row);
    expect(bodies()).toEqual([row.email]);
    await vi.waitFor(() => expect(isHere(row.thread, null)).toBe(true), PATIENCE);
    choose(row, 0);
    expect(conversation).toHaveBeenCalledTimes(1);
    expect(body).toHaveBeenCalledTimes(1);
    expect(perform, "a press that has only begun reads nothing").not.toHaveBeenCalled();
  });

  it("has its newest letter asked for and the first that is open, and no other", async () => {
    const rows = await list();
    const [row] = rows.filter(({ emails, unread }) => emails.length > 2 && unread);
    if (row === undefined) throw new Error("There is an unread conversation.");
    choose(row, 0);
    const letters = engine.world.thread(row.thread);
    const drawn = [letters.find((letter) => letter.unread)?.id, letters.at(-1)?.id];
    await vi.waitFor(() => expect(new Set(bodies())).toEqual(new Set(drawn)), PATIENCE);
    expect(perform, "looking is not reading").not.toHaveBeenCalled();
  });

  it("is not asked for where several are chosen, nor once more where it stays chosen", async () => {
    const [first, second] = await list();
    if (first === undefined || second === undefined) throw new Error("There are rows.");
    choose(first, 0);
    toggle(second, 1);
    expect(conversation, "two are not read").toHaveBeenCalledTimes(1);
    choose(first, 0);
    choose({ ...first }, 0);
    expect(conversation).toHaveBeenCalledTimes(1);
  });
});

it("asks for the one letter that has a row of its own", async () => {
  changeLook({ kind: "allInboxes" }, { grouping: "messages" });
  const row = (await list()).find((each) => engine.world.thread(each.thread).length > 2);
  if (row === undefined) throw new Error("There is a letter of a conversation.");
  choose(row, 0);
  await vi.waitFor(() => expect(bodies()).toEqual([row.email]), PATIENCE);
});

describe("while a letter is read", () => {
  /** So many rows one below the other, each of one letter. */
  async function rows(count: number) {
    changeLook({ kind: "allInboxes" }, { grouping: "messages" });
    const found = (await list()).slice(0, count);
    if (found.length < count) throw new Error("There are rows.");
    return found as [RowView, RowView, RowView, RowView, RowView];
  }

  it("has the letters on either side of it made ready, the one below first, and opens none", async () => {
    const [above, row, below] = await rows(3);
    choose(row, 1);
    await vi.waitFor(() => expect(madeReady()).toEqual([below.email, above.email]), PATIENCE);
    expect(bodies(), "one is opened").toEqual([row.email]);
    expect(perform, "nobody has read them").not.toHaveBeenCalled();
    await vi.waitFor(() => expect(isHere(below.thread, below.email)).toBe(true), PATIENCE);
  });

  it("makes none ready twice", async () => {
    const [, row, below] = await rows(3);
    choose(row, 1);
    await vi.waitFor(() => expect(madeReady()).toHaveLength(2), PATIENCE);
    choose(below, 2);
    await vi.waitFor(() => expect(madeReady()).toHaveLength(3), PATIENCE);
    expect(new Set(madeReady()).size).toBe(3);
    expect(madeReady(), "it is open").not.toContain(row.email);
  });

  it("makes none ready that is passed on the way", async () => {
    const [, one, two, three] = await rows(5);
    vi.useFakeTimers();
    try {
      choose(one, 1);
      vi.advanceTimersByTime(READING - 1);
      choose(two, 2);
      vi.advanceTimersByTime(READING - 1);
      choose(three, 3);
      await vi.advanceTimersByTimeAsync(READING - 1);
      expect(madeReady(), "nobody has stayed").toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("ends with the next step", async () => {
    const [, row, , , far] = await rows(5);
    let answer: (body: null) => void = () => undefined;
    bodyAhead.mockImplementationOnce(() => new Promise((done) => (answer = done)));
    choose(row, 1);
    await vi.waitFor(() => expect(madeReady()).toHaveLength(1), PATIENCE);
    choose(far, 4);
    answer(null);
    await vi.waitFor(() => expect(madeReady().length).toBeGreaterThan(1), PATIENCE);
    const [above] = await rows(1);
    expect(madeReady(), "the one above was next").not.toContain(above.email);
  });
});
