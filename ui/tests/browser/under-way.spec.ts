// What is done to very many letters, while it is being done: Stop is as large as other buttons, the keys come to it, and nothing else
// to press comes where it stood.
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import { openWindow, rows, SHOTS, toast, type InMemory } from "./stage";

type Page = import("@playwright/test").Page;

/** From now on nothing that is done to a list has an end before the test says so, or Stop is pressed. */
async function holdDeeds(page: Page): Promise<(affected: number, left: number) => Promise<void>> {
  await page.evaluate(() => {
    const { waxwing } = globalThis as unknown as InMemory;
    waxwing.performListed = (_listed, _action, run) => {
      waxwing.world.tell({ kind: "progress", of: { kind: "run", run }, done: 1_200, total: 2_601 });
      return new Promise((answer) => Object.assign(globalThis, { answer }));
    };
    waxwing.stopListed = () => {
      Object.assign(globalThis, { stopped: true });
      return Promise.resolve();
    };
  });
  return (affected, left) =>
    page.evaluate(
      ([done, rest]) => {
        const { waxwing, answer } = globalThis as unknown as InMemory & { answer: (came: unknown) => void };
        answer({ undo: waxwing.world.remember(() => undefined), affected: done, left: rest, failure: null });
      },
      [affected, left] as const,
    );
}

for (const theme of ["light", "dark"] as const)
  for (const size of [
    { width: 1280, height: 800 },
    { width: 900, height: 600 },
  ])
    test(`Stop is large, and Undo does not come where it stood, ${theme}, ${size.width} wide`, async ({
      page,
    }) => {
      await page.setViewportSize(size);
      await openWindow(page, { scene: "million", theme });
      await page.getByRole("row", { name: /^Crowd/ }).click();
      await rows(page).first().click();
      const end = await holdDeeds(page);
      await page.keyboard.press("Control+a");
      await page.keyboard.press("e");
      const stop = toast(page).getByRole("button", { name: "Stop: Moving 2,601 letters to Archive" });
      await expect(toast(page)).toContainText("Moving 2,601 letters to Archive: 1,200 done");
      const where = await stop.boundingBox();
      if (where === null) throw new Error("Stop is seen.");
      expect(where.height, "as other buttons").toBeGreaterThanOrEqual(30);
      expect(where.width).toBeGreaterThanOrEqual(44);
      await expectAccessible(page, `under way, ${theme}`);
      await page.screenshot({ path: `${SHOTS}/under-way-${theme}-${size.width}.png` });

      await page.mouse.move(where.x + where.width / 2, where.y + where.height / 2);
      await end(2_601, 0);
      await expect(toast(page)).toContainText("Moved 2,601 letters to Archive");
      const undo = await toast(page).getByRole("button", { name: "Undo" }).boundingBox();
      if (undo === null) throw new Error("Undo is seen.");
      expect(undo.height).toBeGreaterThanOrEqual(30);
      expect(undo.x, "beside where Stop was").toBeGreaterThan(where.x + where.width);
      await page.mouse.down();
      await page.mouse.up();
      await expect(toast(page), "the press undid nothing").toContainText("Moved 2,601 letters to Archive");
    });

test("the keys come to Stop, and go on in the list when it goes", async ({ page }) => {
  await openWindow(page, { scene: "million" });
  await page.getByRole("row", { name: /^Crowd/ }).click();
  await rows(page).first().click();
  const end = await holdDeeds(page);
  await page.keyboard.press("Control+a");
  await page.keyboard.press("e");
  const stop = toast(page).getByRole("button", { name: /^Stop/ });
  await expect(stop).toBeVisible();
  const hasKeys = () => stop.evaluate((button) => button === document.activeElement);
  for (let tabs = 0; tabs < 60 && !(await hasKeys()); tabs++) await page.keyboard.press("Tab");
  await expect(stop).toBeFocused();
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => (globalThis as unknown as { stopped?: true }).stopped)).toBe(true);
  await expect(toast(page).getByRole("button", { name: /^Stopping/ })).toBeFocused();
  await end(1_500, 1_101);
  await expect(toast(page)).toContainText("Moved 1,500 letters to Archive. 1,101 letters are as they were.");
  await expect(page.getByRole("listbox")).toBeFocused();
});
