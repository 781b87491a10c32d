// Marks of a search in letters that are open: each letter is looked through once, and nobody who walks through them loses his place.
import { expect, it } from "vitest";
import { commands } from "../../src/actions/commands";
import { setBackend } from "../../src/ipc";
import { openMemory } from "../../src/ipc/memory";
import { closeFind, find, forgetFound, markSearched, openFind, useFind } from "../../src/state/letterFind";
import { useWindow } from "../../src/state/window";

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** What has no size here stands somewhere all the same. */
function fill({ contentDocument: page, contentWindow }: HTMLIFrameElement, text: string): void {
  if (page === null || contentWindow === null) throw new Error("It stands in the page.");
  page.body.textContent = text;
  const { Range } = contentWindow as unknown as { Range: { prototype: Range } };
  Range.prototype.getBoundingClientRect = () => ({ top: 0 }) as DOMRect;
}

/** The pane in which letters are open. Nothing moves in it. */
function reading(): HTMLElement {
  const pane = document.createElement("div");
  pane.id = "reading";
  pane.scrollBy = () => undefined;
  document.body.append(pane);
  return pane;
}

function open(pane: HTMLElement, text: string): HTMLIFrameElement {
  const frame = pane.ownerDocument.createElement("iframe");
  frame.setAttribute("data-letter", "");
  pane.append(frame);
  fill(frame, text);
  markSearched();
  return frame;
}

it("looks once through each letter, and stays at a place while others come and go", async () => {
  const engine = openMemory(new URLSearchParams());
  const asked: string[] = [];
  setBackend({
    ...engine,
    marks: (query, shown) => {
      asked.push(...shown.map(({ text }) => text));
      return engine.marks(query, shown);
    },
  });
  const pane = reading();
  useWindow.getState().search("boat");
  const first = open(pane, "a boat");
  open(pane, "another boat");
  await settled();
  await settled();
  expect(asked, "those that came together at once").toEqual(["a boat", "another boat"]);
  expect(useFind.getState().at, "nobody has asked for one").toBe(-1);
  // As walking does, which this page cannot bring into view.
  useFind.setState({ at: 1 });
  for (const text of ["boat number three", "no ship", "boat, boat"]) {
    open(pane, text);
    await settled();
    await settled();
  }
  expect(asked, "none of them twice").toHaveLength(5);
  expect(useFind.getState().found).toHaveLength(5);
  expect(useFind.getState().at, "still at the second").toBe(1);
  first.remove();
  markSearched();
  await settled();
  await settled();
  expect(useFind.getState().found, "its places go with a letter").toHaveLength(4);
  expect(useFind.getState().at, "which is the first now").toBe(0);
  expect(asked).toHaveLength(5);
  forgetFound();
  pane.remove();
});

it("goes to the first place when that is known, where somebody wanted it before", async () => {
  setBackend(openMemory(new URLSearchParams()));
  const pane = reading();
  useWindow.getState().search("boat");
  open(pane, "a boat, another boat");
  commands.nextFound.run();
  expect(useFind.getState().found, "nothing is known yet").toEqual([]);
  await settled();
  await settled();
  expect(useFind.getState().found).toHaveLength(2);
  expect(useFind.getState().at).toBe(0);
  forgetFound();
  pane.remove();
});

it("waits for the letter that comes while the one that is seen is about to go, and goes backwards to its last place", async () => {
  setBackend(openMemory(new URLSearchParams()));
  const pane = reading();
  useWindow.getState().search("boat");
  const going = open(pane, "a boat, another boat");
  await settled();
  await settled();
  pane.setAttribute("data-coming", "");
  commands.findPrevious.run();
  expect(useFind.getState().at, "nobody walks in it").toBe(-1);
  markSearched();
  await settled();
  expect(useFind.getState().at, "though it is marked again").toBe(-1);
  pane.removeAttribute("data-coming");
  going.remove();
  open(pane, "boat, boat, boat");
  await settled();
  await settled();
  expect(useFind.getState().found).toHaveLength(3);
  expect(useFind.getState().at, "the last").toBe(2);
  forgetFound();
  pane.remove();
});

it("looks for typed words in letters that come later, and stays at a place", async () => {
  const pane = reading();
  useWindow.setState({ place: { kind: "allInboxes" } });
  open(pane, "a boat");
  openFind();
  find("boat");
  expect(useFind.getState().found).toHaveLength(1);
  const earlier = open(pane, "boat, boat");
  pane.prepend(earlier);
  // Taken out and put in again, it has a new page.
  fill(earlier, "boat, boat");
  await settled();
  await settled();
  expect(useFind.getState().found).toHaveLength(3);
  expect(useFind.getState().at, "still at the same, which is the third now").toBe(2);
  closeFind();
  pane.remove();
});

it("asks with F3 what to find where nothing is searched for, and goes to no other letter", () => {
  setBackend(openMemory(new URLSearchParams()));
  useWindow.setState({ place: { kind: "allInboxes" } });
  for (const name of ["findNext", "findPrevious"] as const) {
    commands[name].run();
    expect(useFind.getState().open).toBe(true);
    closeFind();
  }
});
