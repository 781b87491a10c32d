// The key that opens a menu, told to what has the focus, whatever the web view makes of it.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { relayMenuKey } from "../../src/state/menuKey";

const page = window;
let leave = () => {};
const opened = vi.fn((event: Event) => event.preventDefault());

beforeEach(() => {
  document.body.innerHTML = `<div id="list" tabindex="0"></div><div id="edge"></div><input id="field" />`;
  document.getElementById("list")?.addEventListener("contextmenu", opened);
  leave = relayMenuKey(page);
});
afterEach(() => {
  leave();
  opened.mockClear();
});

function press(key: string, shiftKey = false): boolean {
  const at = document.activeElement ?? document.body;
  return at.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, bubbles: true, cancelable: true }));
}

describe("the key of a menu", () => {
  it.each([
    ["ContextMenu", false],
    ["F10", true],
  ])("opens the menu of what has the focus: %s", (key, shift) => {
    document.getElementById("list")?.focus();
    expect(press(key, shift), "the web view does nothing more with it").toBe(false);
    expect(opened).toHaveBeenCalledTimes(1);
    const [event] = opened.mock.calls[0] as unknown as [MouseEvent];
    expect([event.clientX, event.clientY], "at no place").toEqual([0, 0]);
  });

  it("is the web view's where text is written, and nothing without Shift", () => {
    document.getElementById("field")?.focus();
    expect(press("ContextMenu")).toBe(true);
    document.getElementById("list")?.focus();
    expect(press("F10")).toBe(true);
    expect(opened).not.toHaveBeenCalled();
  });
});
