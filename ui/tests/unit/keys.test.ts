// Keys: which command one means, and that it is done to the letter that is meant, or not at all.
import { afterEach, beforeEach, expect, it } from "vitest";
import { commandFor, commands } from "../../src/actions/commands";
import { forSeen, toggleImages } from "../../src/actions/letterLook";
import { nextUnread } from "../../src/actions/nextUnread";
import { setBackend } from "../../src/ipc";
import type { RowView } from "../../src/ipc/backend";
import { openMemory, type MemoryBackend } from "../../src/ipc/memory";
import { client } from "../../src/state/client";
import { followLetter, isComing, leaveLetter, letterMeant, noteForTools } from "../../src/state/here";
import { lookOf } from "../../src/state/letterLook";
import { useEdition } from "../../src/state/rows";
import { choose, useSelection } from "../../src/state/selection";
import { useToasts } from "../../src/state/toasts";
import { listingNow, noFilter, useWindow } from "../../src/state/window";

let engine: MemoryBackend;
const pane = document.createElement("div");
pane.id = "reading";
pane.tabIndex = -1;
pane.scrollBy = () => undefined;

beforeEach(() => {
  client.clear();
  engine = openMemory(new URLSearchParams());
  setBackend(engine);
  useWindow.setState({ place: { kind: "allInboxes" }, filter: noFilter });
  document.body.append(pane);
});

afterEach(() => {
  pane.replaceChildren();
  pane.remove();
});

function place(kind: "article" | "button" | "iframe", email: string): HTMLElement {
  const element = document.createElement(kind);
  element.setAttribute("data-email", email);
  element.tabIndex = -1;
  pane.append(element);
  return element;
}

async function rowsHere(): Promise<RowView[]> {
  const listing = listingNow();
  if (listing === null) throw new Error("This place has a list.");
  const { rows, total } = await engine.page(listing, 0, 50);
  useEdition.setState({ listing: JSON.stringify(listing), total });
  return rows;
}

it("asks for pictures with Shift alone, and not because of the shift lock", () => {
  const press = (key: string, shiftKey: boolean) =>
    commandFor({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey });
  expect(press("I", true)).toBe("images");
  expect(press("I", false), "the lock").toBe("who");
  expect(press("i", false)).toBe("who");
});

it("leaves the look of a folded letter alone, which nobody sees", async () => {
  const row = (await rowsHere()).find(({ emails }) => emails.length > 1);
  if (row === undefined) throw new Error("Some conversation has two letters.");
  choose(row, 0);
  const [older] = await engine.conversation(row.thread);
  if (older === undefined) throw new Error("It has letters.");
  const folded = place("button", older.id);
  folded.focus();
  await forSeen(toggleImages);
  expect(lookOf(older.id).shown, "opened later, it would load its pictures without a word").toBe("no");
  folded.remove();
  place("article", older.id).focus();
  await forSeen(toggleImages);
  expect(lookOf(older.id).shown).toBe("once");
});

it("keeps the focus in the letter whose place becomes another, and in the pane when the letter goes", () => {
  const folded = place("button", "one");
  folded.focus();
  leaveLetter("two");
  expect(document.activeElement, "another one goes").toBe(folded);
  leaveLetter("one");
  folded.remove();
  expect(document.activeElement).toBe(pane);
  const open = place("article", "one");
  followLetter();
  expect(document.activeElement).toBe(open);
  leaveLetter("one");
  open.remove();
  followLetter();
  expect(document.activeElement, "it has no place any more").toBe(pane);
});

it("means the letter that the focus came from while the tools have it", () => {
  const tools = document.createElement("div");
  tools.setAttribute("data-tools", "");
  const tool = document.createElement("button");
  tools.append(tool);
  document.body.append(tools);
  place("article", "one").focus();
  noteForTools(document.activeElement);
  tool.focus();
  expect(letterMeant()).toBe("one");
  noteForTools(tool);
  expect(letterMeant(), "from tool to tool").toBe("one");
  noteForTools(document.body);
  expect(letterMeant(), "it came from elsewhere").toBeNull();
  tools.remove();
});

it("goes to what is unread elsewhere, not to what is open and unread still", async () => {
  const [open, other] = await rowsHere();
  if (open === undefined || other === undefined) throw new Error("The list has rows.");
  useEdition.setState({ total: 1 });
  const unread = [open, other].map((row) => ({ ...row, unread: true }));
  setBackend({
    ...engine,
    page: (_listing, offset, limit) =>
      Promise.resolve({ total: 2, rows: unread.slice(offset, offset + limit), more: false }),
    position: () => Promise.resolve(7),
  });
  choose(open, 0);
  await nextUnread();
  expect(useSelection.getState().cursor).toEqual({ index: 7, key: other.thread });
  unread.splice(1);
  choose(open, 0);
  useToasts.setState({ toast: null });
  await nextUnread();
  expect(useSelection.getState().cursor?.key, "there is no other").toBe(open.thread);
  expect(useToasts.getState().toast?.text, "which is said").toBe("Nothing else here is unread.");
});

it("does not go on while a letter that is seen is on its way", () => {
  const choices = useSelection.getState().choices;
  const coming = place("article", "one");
  coming.setAttribute("data-coming", "");
  expect(isComing()).toBe(true);
  commands.onward.run();
  expect(useSelection.getState().choices).toBe(choices);
  coming.remove();
  expect(isComing()).toBe(false);
});

it("neither scrolls nor goes on where the letter that is seen is about to give its place to another", () => {
  let scrolled = 0;
  pane.scrollBy = () => void (scrolled += 1);
  const choices = useSelection.getState().choices;
  pane.setAttribute("data-coming", "");
  commands.onward.run();
  commands.back.run();
  pane.removeAttribute("data-coming");
  expect([scrolled, useSelection.getState().choices]).toEqual([0, choices]);
});

it("says where files are browsed, if not here", () => {
  useToasts.setState({ toast: null });
  useWindow.getState().go({ kind: "outbox" });
  commands.files.run();
  useWindow.getState().go({ kind: "allInboxes" });
  expect(useToasts.getState().toast?.text).toMatch(
    /^Go to a folder, to all inboxes, to the starred or to a search first/u,
  );
  expect(useWindow.getState().question).toBeNull();
});
