// Choosing all of a list that is longer than anybody can hold, and doing something to all of it.
import { expect, test } from "./pace";
import { chosen, drag, folder, list, openWindow, reading, row, rows, subject, toast } from "./stage";

test.beforeEach(async ({ page }) => {
  await openWindow(page, { scene: "million" });
  await folder(page, /^Crowd/).click();
  await rows(page).first().click();
});

test("Ctrl+A chooses a million rows, and all of them are deleted and come back", async ({ page }) => {
  const taken = await page.evaluate(async () => {
    const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    await painted();
    const key = new KeyboardEvent("keydown", { key: "a", ctrlKey: true, bubbles: true });
    const begun = performance.now();
    document.activeElement?.dispatchEvent(key);
    await painted();
    return performance.now() - begun;
  });
  await expect(reading(page).getByText("1,000,000 conversations selected")).toBeVisible();
  test.info().annotations.push({ type: "Ctrl+A to painted, ms", description: taken.toFixed(1) });
  expect(await chosen(page).count(), "every row that is seen").toBe(await rows(page).count());

  await rows(page)
    .nth(2)
    .click({ modifiers: ["Control"] });
  await expect(reading(page).getByText("999,999 conversations selected")).toBeVisible();
  await expect(rows(page).nth(2)).toHaveAttribute("aria-selected", "false");
  await expect(rows(page).nth(3)).toHaveAttribute("aria-selected", "true");

  await page.keyboard.press("Delete");
  await expect(toast(page)).toContainText("Moved 999,999 letters to Trash");
  await expect(row(page, /Letter number 3 /), "what was left out stays").toBeVisible();
  await expect(rows(page)).toHaveCount(1);
  await expect(folder(page, /^Crowd/)).toHaveAccessibleName(/Crowd/);

  await toast(page).getByRole("button", { name: "Undo" }).click();
  await expect(rows(page).first()).toHaveAttribute("aria-setsize", "1000000");
  await expect(rows(page).first()).toHaveAccessibleName(/Letter number 1 /);
});

test("Shift+End chooses from the middle to the end, and Escape goes back to one", async ({ page }) => {
  await list(page).evaluate((box) => (box.scrollTop = (box.scrollHeight - box.clientHeight) / 2));
  const middle = row(page, /Letter number (499|500)\d\d\d /).nth(7);
  await middle.click();
  const at = Number(await middle.getAttribute("aria-posinset"));
  await page.keyboard.press("Shift+End");
  const count = (1_000_000 - at + 1).toLocaleString("en-GB");
  await expect(reading(page).getByText(`${count} conversations selected`)).toBeVisible();
  await expect(row(page, /Letter number 1000000 /)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Escape");
  await expect(subject(page)).toHaveText("Letter number 1000000");
});

test("a million letters are dragged to a folder", async ({ page }) => {
  await page.keyboard.press("Control+a");
  await drag(page, rows(page).nth(3), folder(page, /^Archive/).first());
  await expect(toast(page)).toContainText("Moved 1,000,000 letters to Archive");
  await expect(rows(page)).toHaveCount(0);
});
