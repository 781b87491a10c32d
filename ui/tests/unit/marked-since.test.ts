// A row that has left its list is known as it was last seen: a second press is the opposite of the first, and not the same once more.
import { beforeEach, expect, it } from "vitest";
import { star, toggleRead } from "../../src/actions/letters";
import { undoNewest } from "../../src/actions/perform";
import { setBackend } from "../../src/ipc";
import type { RowView } from "../../src/ipc/backend";
import { openMemory, type MemoryBackend } from "../../src/ipc/memory";
import { client } from "../../src/state/client";
import { beginMarking, endMarking, hasUnread, notMarked } from "../../src/state/markedSince";
import { fetchRow, useEdition } from "../../src/state/rows";
import { moment, seenAs, seenAt } from "../../src/state/seen";
import { choose, chooseNothing, chosenRows } from "../../src/state/selection";
import { forgetUndos } from "../../src/state/undo";
import { noFilter, useWindow } from "../../src/state/window";

let engine: MemoryBackend;

beforeEach(() => {
  client.clear();
  forgetUndos();
  chooseNothing();
  engine = openMemory(new URLSearchParams());
  setBackend(engine);
});

/** The first row of the list that is narrowed so, chosen. */
async function chosenAmong(mark: "unread" | "starred"): Promise<RowView> {
  useWindow.setState({ place: { kind: "allInboxes" }, filter: { ...noFilter, [mark]: true } });
  useEdition.setState({ number: useEdition.getState().number + 1, listing: "", total: null });
  const row = await fetchRow(0);
  if (row === undefined) throw new Error(`There is a letter that is ${mark}.`);
  choose(row, 0);
  return row;
}

const unreadOf = (row: RowView) => row.emails.filter((email) => engine.world.letter(email).unread);
const starredOf = (row: RowView) => row.emails.filter((email) => engine.world.letter(email).starred);

it("U twice on what is read among the unread leaves its newest letter unread", async () => {
  const row = await chosenAmong("unread");
  await toggleRead();
  expect(unreadOf(row)).toEqual([]);
  expect(chosenRows(), "it is known as it was").toEqual([row]);
  await toggleRead();
  expect(unreadOf(row)).toEqual([row.email]);
  await toggleRead();
  expect(unreadOf(row)).toEqual([]);
});

it("S twice on what loses its star among the starred gives it back", async () => {
  const row = await chosenAmong("starred");
  await star();
  expect(starredOf(row)).toEqual([]);
  await star();
  expect(starredOf(row)).toEqual([row.email]);
});

it("a second press comes before the first has its answer, and is its opposite all the same", async () => {
  const row = await chosenAmong("unread");
  await Promise.all([toggleRead(), toggleRead()]);
  expect(unreadOf(row)).toEqual([row.email]);
});

it("what was refused or taken back is done again by the next press", async () => {
  const row = await chosenAmong("unread");
  const before = unreadOf(row);
  setBackend({ ...engine, perform: () => Promise.reject(new Error("no")) });
  await toggleRead();
  setBackend(engine);
  expect(unreadOf(row)).toEqual(before);
  await toggleRead();
  expect(unreadOf(row)).toEqual([]);
  await undoNewest();
  expect(unreadOf(row)).toEqual(before);
  await toggleRead();
  expect(unreadOf(row)).toEqual([]);
});

it("a row that was asked for since is believed", async () => {
  const row = await chosenAmong("unread");
  await toggleRead();
  for (const email of row.emails) engine.world.letter(email).unread = true;
  const again = await chosenAmong("unread");
  expect(again.email).toBe(row.email);
  await toggleRead();
  expect(unreadOf(row), "somebody had marked it unread elsewhere").toEqual([]);
});

it("a press that is refused leaves what the one before it has said", async () => {
  const row = await chosenAmong("unread");
  await toggleRead();
  setBackend({ ...engine, perform: () => Promise.reject(new Error("no")) });
  await toggleRead();
  setBackend(engine);
  await toggleRead();
  expect(unreadOf(row), "it was read, and becomes unread").toEqual([row.email]);
});

it("what is taken back is again as the press before has left it", async () => {
  const row = await chosenAmong("unread");
  await toggleRead();
  await toggleRead();
  await undoNewest();
  expect(unreadOf(row)).toEqual([]);
  await toggleRead();
  expect(unreadOf(row)).toEqual([row.email]);
});

it("an answer ends its own press, and not one that came after it", async () => {
  const row = await chosenAmong("unread");
  const { emails } = row;
  const read = beginMarking({ kind: "setKeywords", emails, add: ["$seen"], remove: [] });
  const unread = beginMarking({ kind: "setKeywords", emails, add: [], remove: ["$seen"] });
  const later = seenAs(row, { ...row, unread: false });
  endMarking(read);
  // Whoever asks now has seen the first, and not the second.
  seenAt(moment(), [later]);
  expect(hasUnread([later]), "the later press holds").toBe(true);
  notMarked(unread);
  expect(hasUnread([later])).toBe(false);
});

it("forgets presses of long ago", async () => {
  const row = await chosenAmong("unread");
  const of = (emails: string[]) => ({ kind: "setKeywords" as const, emails, add: ["$seen"], remove: [] });
  endMarking(beginMarking(of(row.emails)));
  expect(hasUnread([row])).toBe(false);
  for (let more = 0; more < 100; more++) endMarking(beginMarking(of([`another-${more}`])));
  expect(hasUnread([row]), "the row is believed again").toBe(true);
});
