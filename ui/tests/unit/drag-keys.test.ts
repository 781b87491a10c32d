// What a drag is told to be held with, in a web view that tells old keys and in others.
import { afterEach, expect, test } from "vitest";
import { mendDragKeys, tellsOldKeys } from "../../src/state/dragKeys";

const WEBKIT_GTK =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15";
const CHROMIUM =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)";

let stop: () => void = () => undefined;
afterEach(() => stop());

/** What whoever listens below hears of a drag with these keys, of which the system allows that much. */
function heard(userAgent: string, keys: MouseEventInit, effectAllowed: string): DragEvent {
  stop = mendDragKeys(userAgent);
  let last: Event | null = null;
  document.body.addEventListener("dragover", (event) => (last = event), { once: true });
  const event = new MouseEvent("dragover", { ...keys, bubbles: true });
  Object.defineProperty(event, "dataTransfer", { value: { effectAllowed } });
  document.body.dispatchEvent(event);
  return last as unknown as DragEvent;
}

test("only WebKitGTK tells old keys", () => {
  expect([WEBKIT_GTK, CHROMIUM, MAC].map(tellsOldKeys)).toEqual([true, false, false]);
});

test("Ctrl that was let go before the drag does not make it a copy", () => {
  expect(heard(WEBKIT_GTK, { ctrlKey: true }, "copyMove").ctrlKey).toBe(false);
  expect(heard(WEBKIT_GTK, { altKey: true, shiftKey: true }, "move")).toMatchObject({
    altKey: false,
    shiftKey: false,
  });
});

test("where the system leaves only copying, the keys stay as they are", () => {
  expect(heard(WEBKIT_GTK, { ctrlKey: true }, "copy").ctrlKey).toBe(true);
});

test("another web view is believed", () => {
  expect(heard(CHROMIUM, { ctrlKey: true }, "copyMove").ctrlKey).toBe(true);
});
