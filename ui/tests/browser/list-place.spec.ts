// The row that the eye is on stays where it is: when the list is drawn otherwise, and when what was sent away comes back.
import type { Page } from "@playwright/test";
import { expect, test } from "./pace";
import { chosen, folder, list, openWindow, rows, settled, subject, toast } from "./stage";

const current = (page: Page) => list(page).getAttribute("aria-activedescendant");
const topOf = async (page: Page) => {
  const id = await current(page);
  if (id === null) return null;
  const top = (await page.locator(`#${id}`).boundingBox())?.y;
  return top === undefined ? null : Math.round(top);
};

test("a row keeps its place on the screen when letters stand by themselves, in another order and in other rows", async ({
  page,
}) => {
  await openWindow(page);
  await folder(page, /^Crowd|^Inbox/)
    .first()
    .click();
  await list(page).focus();
  for (let step = 0; step < 9; step += 1) await page.keyboard.press("ArrowDown");
  await page.mouse.wheel(0, 0);
  const before = await settled(() => topOf(page));
  // Rows are not as high as whole pixels.
  const near = async () => Math.abs(((await topOf(page)) ?? -99) - (before ?? 0)) <= 1;
  const what = await subject(page).textContent();
  await page.keyboard.press("t");
  await expect(page.getByRole("listbox", { name: /^Letters in/ })).toBeFocused();
  await expect.poll(near, "each letter by itself").toBe(true);
  await expect(subject(page)).toHaveText(what ?? "");
  await page.keyboard.press("t");
  await expect(page.getByRole("listbox", { name: /^Conversations in/ })).toBeFocused();
  await expect.poll(near, "and back").toBe(true);
});

test("what is taken back into a list that was emptied has the focus", async ({ page }) => {
  await openWindow(page);
  await page.keyboard.press("2");
  await list(page).focus();
  await expect(rows(page).first()).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Control+a");
  await page.keyboard.press("e");
  await expect(rows(page)).toHaveCount(0);
  await toast(page).getByRole("button", { name: "Undo" }).click();
  await expect(rows(page).first()).toBeVisible();
  await expect(list(page), "after a press of the mouse").toBeFocused();
  await expect.poll(() => current(page)).toBe("conversation-0");
  await expect(chosen(page)).toHaveCount(0);
  await page.keyboard.press("ArrowDown");
  await expect(chosen(page), "and goes on there").toHaveAttribute("id", "conversation-0");
  await page.keyboard.press("Control+a");
  await page.keyboard.press("e");
  await expect(rows(page)).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await expect(rows(page).first()).toBeVisible();
  await expect(list(page), "and after the key").toBeFocused();
  await expect.poll(() => current(page)).toBe("conversation-0");
});
