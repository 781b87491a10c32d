// Marks of a search in letters that are open: each letter is looked through once, and nobody who walks through them loses his place.
import { expect, it } from "vitest";
import { setBackend } from "../../src/ipc";
import { openMemory } from "../../src/ipc/memory";
import { forgetFound, markSearched, useFind } from "../../src/state/letterFind";
import { useWindow } from "../../src/state/window";

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

function open(pane: HTMLElement, text: string): HTMLIFrameElement {
  const frame = pane.ownerDocument.createElement("iframe");
  frame.setAttribute("data-letter", "");
  pane.append(frame);
  const page = frame.contentDocument;
  if (page !== null) page.body.textContent = text;
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
  const pane = document.createElement("div");
  pane.id = "reading";
  document.body.append(pane);
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
