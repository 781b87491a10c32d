// How drawing goes on from turn to turn: by messages that the window sends itself. By a channel each of them would go by another process
// in WebKitGTK, and take as long as a frame.
import { expect, test } from "./pace";
import { openWindow, row, rows, subject } from "./stage";

test("what is drawn goes on without a channel, from the first rows to an open letter", async ({ page }) => {
  await page.addInitScript(() => {
    const counted = window as unknown as { byChannel: number; byWindow: number };
    counted.byChannel = 0;
    counted.byWindow = 0;
    const every = MessagePort.prototype as { postMessage: unknown };
    every.postMessage = new Proxy(every.postMessage as () => unknown, {
      apply: (send, port, given) => {
        counted.byChannel += 1;
        return Reflect.apply(send, port, given) as unknown;
      },
    });
    window.addEventListener("message", () => (counted.byWindow += 1), true);
  });
  await openWindow(page);
  await row(page, /Lighthouse: final drawings/).click();
  await expect(subject(page)).toBeVisible();
  await expect(page.locator("iframe[data-letter]").last().contentFrame().locator("body")).not.toBeEmpty();
  const { byChannel, byWindow } = await page.evaluate(() => {
    const counted = window as unknown as { byChannel: number; byWindow: number };
    return { byChannel: counted.byChannel, byWindow: counted.byWindow };
  });
  expect(byChannel).toBe(0);
  expect(byWindow, "this test's listener comes before ours, and hears them").toBeGreaterThan(0);
});

test("a page that has a way of its own keeps it", async ({ page }) => {
  await page.addInitScript(() => {
    const own = window as unknown as { setImmediate: (work: () => void) => void; asked: number };
    own.asked = 0;
    own.setImmediate = (work) => {
      own.asked += 1;
      setTimeout(work, 0);
    };
  });
  await openWindow(page);
  await expect(rows(page).first()).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { asked: number }).asked)).toBeGreaterThan(0);
});
