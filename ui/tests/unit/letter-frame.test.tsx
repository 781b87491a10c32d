// A letter in its frame: it is there with the frame, in one drawing, and whatever happens to the frame.
import { act, render } from "@testing-library/react";
import { Profiler } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { letterHere } from "../../src/state/here";
import { LetterFrame } from "../../src/views/main/reading/LetterFrame";

const letter = (text: string) =>
  `<!doctype html><html><head><meta charset="utf-8"></head><body>${text}</body></html>`;

beforeEach(() => {
  const observer = class {
    observe() {}
    disconnect() {}
  };
  vi.stubGlobal("ResizeObserver", observer);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const shown = (text: string | null) => (
  <LetterFrame title="A letter" document={text === null ? null : letter(text)} guess="" />
);

function frame(): HTMLIFrameElement {
  const found = document.querySelector<HTMLIFrameElement>("iframe[data-letter]");
  if (found === null) throw new Error("There is a frame.");
  return found;
}
const words = () => frame().contentDocument?.body.textContent;

it("is written into its frame while that is made, and nothing is gone to", () => {
  const { rerender } = render(shown(null));
  expect(document.querySelector("iframe")).toBeNull();
  rerender(shown("Good morning"));
  expect(words(), "nobody has waited").toBe("Good morning");
  expect(frame().contentDocument?.compatMode, "by its own doctype").toBe("CSS1Compat");
  expect([frame().hasAttribute("srcdoc"), frame().hasAttribute("src")]).toEqual([false, false]);
  expect(frame().getAttribute("sandbox"), "without scripts").not.toContain("allow-scripts");
});

it("is as high as it is in the first drawing that shows it", () => {
  const usual = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, "contentDocument");
  // Each page has elements of its own kind, which have no height here.
  vi.spyOn(HTMLIFrameElement.prototype, "contentDocument", "get").mockImplementation(function (
    this: unknown,
  ) {
    const page = usual?.get?.call(this) as (Document & { defaultView: typeof globalThis }) | null;
    if (page !== null)
      Object.defineProperty(page.defaultView.Element.prototype, "scrollHeight", {
        configurable: true,
        value: 321,
      });
    return page;
  });
  let drawn = 0;
  render(
    <Profiler id="frame" onRender={() => (drawn += 1)}>
      {shown("Good morning")}
    </Profiler>,
  );
  expect(frame().style.height).toBe("321px");
  expect(drawn, "drawn, measured, and drawn as high as that, before anybody sees it").toBe(2);
});

it("has another frame when it is another document", () => {
  const { rerender } = render(shown("In the dark"));
  const before = frame().contentDocument;
  rerender(shown("In daylight"));
  expect(words()).toBe("In daylight");
  expect(frame().contentDocument, "with what was known of the page").not.toBe(before);
});

it("is written anew when its frame was put elsewhere in the page", () => {
  render(shown("Good morning"));
  const before = frame().contentDocument;
  const { parentElement } = frame();
  act(() => {
    parentElement?.remove();
    document.body.firstElementChild?.append(parentElement ?? "");
    // As the web view does while it puts it there, when React hears nothing.
    frame().dispatchEvent(new Event("load"));
  });
  expect(frame().contentDocument, "the web view has made another page").not.toBe(before);
  expect(words()).toBe("Good morning");
});

it("leaves the focus in its letter when another document takes its place", () => {
  const within = (text: string) => (
    <div id="reading">
      <article data-email="one" tabIndex={-1}>
        {shown(text)}
      </article>
    </div>
  );
  const { rerender } = render(within("In daylight"));
  frame().focus();
  expect(document.activeElement).toBe(frame());
  rerender(within("In the dark"));
  expect(letterHere(), "keys mean the letter still").toBe("one");
});

it("comes to rest however a letter makes scroll bars come and go in it", () => {
  let again: () => void = () => undefined;
  const observer = class {
    constructor(measure: () => void) {
      again = measure;
    }
    observe() {}
    disconnect() {}
  };
  vi.stubGlobal("ResizeObserver", observer);
  let drawing = 0;
  const usual = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, "contentDocument");
  // At each drawing the letter is a pixel higher and, by a scroll bar, as wide as two drawings ago.
  vi.spyOn(HTMLIFrameElement.prototype, "contentDocument", "get").mockImplementation(function (
    this: unknown,
  ) {
    const page = usual?.get?.call(this) as (Document & { defaultView: typeof globalThis }) | null;
    if (page !== null) {
      const { prototype } = page.defaultView.Element;
      Object.defineProperty(prototype, "scrollHeight", { configurable: true, get: () => 300 + drawing });
      Object.defineProperty(prototype, "clientWidth", {
        configurable: true,
        get: () => (drawing % 2 === 0 ? 600 : 585),
      });
    }
    return page;
  });
  render(shown("Good morning"));
  for (drawing = 1; drawing <= 700; drawing += 1) act(() => again());
  expect(frame().style.height, "as high as it was after 500 changes").toBe("800px");
});
