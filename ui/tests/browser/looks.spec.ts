// How the list looks: single letters, orders, quick filters, columns, closeness, days. Each is remembered for its folder.
import type { Page } from "@playwright/test";
import { expect, test } from "./pace";
import {
  chosen,
  folder,
  list,
  openWindow,
  reading,
  row,
  rows,
  setting,
  settled,
  SHOTS,
  subject,
  toast,
  typeDay,
} from "./stage";
import { expectAccessible } from "./accessible";

const lookMenu = async (page: Page) => {
  await page.getByRole("button", { name: "How the list looks" }).click();
  return page.getByRole("menu", { name: "How the list looks" });
};
const rowHeight = async (page: Page) => (await rows(page).first().boundingBox())?.height ?? 0;
const names = (page: Page) => rows(page).evaluateAll((all) => all.map((each) => each.textContent));

test("a list is sorted by anything, either way, and the folder remembers it", async ({ page }) => {
  await openWindow(page);
  await (await lookMenu(page)).getByRole("menuitemradio", { name: "Sort by Subject" }).click();
  await expect(page.getByRole("button", { name: "Sorted by subject", exact: true })).toBeVisible();
  const first = await settled(async () => (await names(page))[0] ?? "");
  await page.keyboard.press("Shift+R");
  await expect(page.getByRole("button", { name: "Sorted by subject, from the end" })).toBeVisible();
  await expect(rows(page).first()).not.toHaveText(first);
  await folder(page, /^Starred/).click();
  await expect(page.getByRole("button", { name: "Sorted by date, newest first" })).toBeVisible();
  await folder(page, /^All inboxes/).click();
  await expect(page.getByRole("button", { name: "Sorted by subject, from the end" })).toBeVisible();
  // Over the start of the program too.
  await expect
    .poll(async () => JSON.parse((await setting(page, "list.looks")) ?? "{}") as unknown)
    .toMatchObject({ places: { allInboxes: { by: "subject", reversed: true } } });
});

test("single letters: each has a row, is chosen and read by itself", async ({ page }) => {
  await openWindow(page);
  const conversations = Number(await rows(page).first().getAttribute("aria-setsize"));
  await list(page).focus();
  await page.keyboard.press("t");
  await expect
    .poll(async () => Number(await rows(page).first().getAttribute("aria-setsize")))
    .toBeGreaterThan(conversations);
  await row(page, /Lighthouse: final drawings/)
    .first()
    .click();
  await expect(reading(page).getByRole("article")).toHaveCount(1);
  await expect(chosen(page)).toHaveCount(1);
  await page.keyboard.press("j");
  await expect(chosen(page)).toHaveCount(1);
  await page.keyboard.press("Shift+ArrowDown");
  await expect(chosen(page), "letters of one conversation are chosen one by one").toHaveCount(2);
  await page.keyboard.press("t");
  await expect(rows(page).first()).toHaveAttribute("aria-setsize", String(conversations));
});

test("quick filters narrow the list together, with keys and with the mouse", async ({ page }) => {
  await openWindow(page);
  await list(page).focus();
  await page.keyboard.press("3");
  await expect(page.getByRole("button", { name: /Showing only: With an attachment/ })).toBeVisible();
  await expect(rows(page).filter({ hasNotText: "has an attachment" })).toHaveCount(0);
  await expect(rows(page).first()).toBeVisible();
  await page.keyboard.press("2");
  await expect(
    page.getByRole("button", { name: /Showing only: With a star, With an attachment/ }),
  ).toBeVisible();
  await expect(
    rows(page).filter({ hasNotText: /attachment.*starred|starred.*attachment/u }),
    "both at once",
  ).toHaveCount(0);
  await expectAccessible(page, "a list with two filters");
  await page.screenshot({ path: `${SHOTS}/list-filters.png` });
  await page.getByRole("button", { name: "Remove the filter “With a star”" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Showing only: With an attachment" })).toBeVisible();
  await expect(
    page.getByRole("button", { name: "Remove the filter “With an attachment”" }),
    "the keys go on at the next one",
  ).toBeFocused();
  await page.keyboard.press("Delete");
  await expect(list(page), "and in the list behind the last").toBeFocused();
  await expect(page.getByText(/^Deleted/), "the chip was meant, and no letter").toHaveCount(0);
  await expect(page.getByRole("group", { name: "Filters that are on" })).toHaveCount(0);
  await page.getByRole("button", { name: "Show only some" }).click();
  await page.getByRole("menuitemcheckbox", { name: "To me" }).click();
  await expect(page.getByRole("button", { name: "Showing only: To me" })).toBeVisible();
});

test("in columns the letters stand below, and the heads sort", async ({ page }) => {
  await openWindow(page);
  await row(page, /Mika/).click();
  await page.keyboard.press("Shift+C");
  await expect(page.getByRole("group", { name: "Columns" })).toBeVisible();
  const above = await settled(() => list(page).boundingBox());
  const below = await settled(() => reading(page).boundingBox());
  expect(below?.y, "the letter is below the list").toBeGreaterThan(
    (above?.y ?? 0) + (above?.height ?? 0) - 2,
  );
  await page.getByRole("button", { name: "Sort by Size" }).click();
  await expect(page.getByRole("button", { name: /Sorted by size, largest first/ }).first()).toBeVisible();
  await page.screenshot({ path: `${SHOTS}/list-table.png` });
  await expectAccessible(page, "a list in columns");
  await (await lookMenu(page)).getByRole("menuitemradio", { name: "Compact rows" }).click();
  await expect.poll(() => rowHeight(page)).toBeCloseTo(27, 0);
  await page.screenshot({ path: `${SHOTS}/list-table-dense.png` });
});

test("rows stand as closely as one likes, and all folders may look alike", async ({ page }) => {
  await openWindow(page);
  await (await lookMenu(page)).getByRole("menuitemradio", { name: "Compact rows" }).click();
  await expect.poll(() => rowHeight(page)).toBeCloseTo(54.15, 0);
  await page.screenshot({ path: `${SHOTS}/list-dense.png` });
  await (await lookMenu(page)).getByRole("menuitem", { name: "Let all folders look like this" }).click();
  await folder(page, /^Starred/).click();
  await expect(page.getByRole("listbox", { name: "Conversations in Starred" })).toBeVisible();
  await expect.poll(() => rowHeight(page)).toBeCloseTo(54.15, 0);
  await (await lookMenu(page)).getByRole("menuitemradio", { name: "Roomy rows" }).click();
  await expect.poll(() => rowHeight(page)).toBeCloseTo(90.275, 0);
});

test("G goes to a day, in the middle of a million too", async ({ page }) => {
  await openWindow(page, { scene: "million" });
  await folder(page, /^Crowd/).click();
  await list(page).focus();
  await page.keyboard.press("g");
  // A letter a minute: 100 days ago there have been about 144,000 since.
  const day = new Date((await page.evaluate(() => Date.now())) - 100 * 86_400_000);
  const two = (part: number) => String(part).padStart(2, "0");
  await typeDay(page, `${two(day.getDate())}${two(day.getMonth() + 1)}${day.getFullYear()}`);
  await page.getByRole("button", { name: "Go there" }).click();
  await expect(list(page)).toBeFocused();
  const first = async () => Number(await rows(page).nth(5).getAttribute("aria-posinset"));
  await expect.poll(first).toBeGreaterThan(140_000);
  expect(await settled(first)).toBeLessThan(147_000);
  await page.keyboard.press("Enter");
  await expect(subject(page)).toHaveText(/Letter number 14\d\d\d\d/);
});

test("a day is pressed in the calendar, months and years away", async ({ page }) => {
  await openWindow(page, { scene: "million" });
  await folder(page, /^Crowd/).click();
  await list(page).focus();
  await page.keyboard.press("g");
  const sheet = page.getByRole("dialog", { name: "Go to a date" });
  await expectAccessible(page, "the day to go to");
  await page.screenshot({ path: `${SHOTS}/date.png` });
  await sheet.getByRole("button", { name: "A year back" }).click();
  await sheet.getByRole("button", { name: "A month on" }).click();
  await sheet.getByRole("button", { name: /15 December 2025/ }).click();
  await expect(sheet).toHaveCount(0);
  await expect(list(page)).toBeFocused();
  // A letter a minute.
  const days = ((await page.evaluate(() => Date.now())) - new Date(2025, 11, 16).getTime()) / 86_400_000;
  const first = async () => Number(await rows(page).nth(5).getAttribute("aria-posinset"));
  await expect.poll(first).toBeGreaterThan((days - 1.5) * 1440);
  expect(await settled(first)).toBeLessThan((days + 1.5) * 1440);
});

test("the menu of the look gives the keys back to the list, which may be another by then", async ({
  page,
}) => {
  await openWindow(page);
  await row(page, /Mika/).click();
  await page.keyboard.press("o");
  await page.getByRole("menuitemradio", { name: "Sort by Name" }).click();
  await expect(page.getByRole("button", { name: "Sorted by name", exact: true })).toHaveText("Name A–Z");
  await expect(list(page)).toBeFocused();
  await page.keyboard.press("o");
  await page.keyboard.press("Escape");
  await expect(list(page)).toBeFocused();
});

test("what is open stays open when each letter gets a row, and when they are conversations again", async ({
  page,
}) => {
  await openWindow(page);
  await row(page, /Mika/).click();
  await expect(reading(page).locator("iframe[data-letter]").last()).toBeVisible();
  // The same element is there afterwards: it was never taken away, with its scroll, its folds and its pictures.
  await reading(page)
    .locator("iframe[data-letter]")
    .last()
    .evaluate((letter) => letter.setAttribute("data-same", ""));
  await page.keyboard.press("t");
  await expect(page.getByRole("listbox", { name: "Letters in All inboxes" })).toBeVisible();
  await expect(chosen(page)).toHaveText(/Mika/);
  await expect(subject(page)).toHaveText(/Dinner/);
  await expect(reading(page).locator("iframe[data-same]")).toHaveCount(1);
  await page.keyboard.press("t");
  await expect(page.getByRole("listbox", { name: "Conversations in All inboxes" })).toBeVisible();
  await expect(chosen(page)).toHaveText(/Mika/);
  await expect(reading(page).locator("iframe[data-same]")).toHaveCount(1);
  await page.keyboard.press("t");
  await expect(chosen(page)).toHaveText(/Mika/);
  await page.keyboard.press("e");
  await expect(toast(page)).toContainText("Archived 1 letter");
  await page.keyboard.press("Control+z");
  await expect(row(page, /Mika/)).toHaveCount(1);
  await expect(chosen(page), "what followed it").toHaveText(/Invoice 2291/);
  await page.keyboard.press("t");
  await expect(page.getByRole("listbox", { name: "Conversations in All inboxes" })).toBeVisible();
  await expect(chosen(page)).toHaveText(/Invoice 2291/);
});

test("the open row is in view in columns too, where the list is lower", async ({ page }) => {
  await openWindow(page, { scene: "million" });
  await folder(page, /^Crowd/).click();
  await list(page).focus();
  await page.keyboard.press("End");
  await expect(subject(page)).toHaveText("Letter number 1000000");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Shift+C");
  await expect(page.getByRole("group", { name: "Columns" })).toBeVisible();
  await expect(chosen(page)).toBeInViewport({ ratio: 0.9 });
});

test("the style sheet gives the list a scrollbar of 10 px", async ({ page }) => {
  await openWindow(page, { scene: "million" });
  await folder(page, /^Crowd/).click();
  await expect(rows(page).first()).toBeVisible();
  // This browser hides all of them: what the style sheet says is looked at.
  const width = await list(page).evaluate((box) => getComputedStyle(box, "::-webkit-scrollbar").width);
  expect(width).toBe("10px");
});

test("after archiving one reads the next, the one before, or the list", async ({ page }) => {
  await openWindow(page);
  const choose = async (choice: string) => {
    await page.keyboard.press("Control+,");
    await page.getByRole("button", { name: /After archiving or deleting/ }).click();
    await page.getByRole("option", { name: choice }).click();
    await page.getByRole("button", { name: "Close", exact: true }).click();
  };
  await choose("Read the previous conversation");
  await row(page, /Mika/).click();
  await expect(subject(page)).toHaveText(/Dinner/);
  const before = await rows(page).nth(2).getAttribute("id");
  await page.keyboard.press("e");
  await expect(row(page, /Mika/)).toHaveCount(0);
  await expect(chosen(page)).toHaveAttribute("id", before ?? "");
  await choose("Go back to the list");
  await chosen(page).click();
  await page.keyboard.press("e");
  await expect(chosen(page)).toHaveCount(0);
  await expect(reading(page).getByText("No conversation selected")).toBeVisible();
});

test("a letter stays unread where only the person marks it", async ({ page }) => {
  await openWindow(page);
  await page.keyboard.press("Control+,");
  await page.getByRole("button", { name: /A letter counts as read/ }).click();
  await page.getByRole("option", { name: "Only when I say so" }).click();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await row(page, /Ferry Trust/).click();
  await expect(subject(page)).toHaveText(/Winter timetable/);
  await page.waitForTimeout(1_200);
  await expect(row(page, /Ferry Trust/)).toHaveAttribute("data-unread", "true");
  await page.keyboard.press("u");
  await expect(row(page, /Ferry Trust/)).not.toHaveAttribute("data-unread", "true");
});

test("whoever is in the list stays in it, and on their conversation, when its order or its rows change", async ({
  page,
}) => {
  await openWindow(page);
  await rows(page).nth(2).click();
  await expect(list(page)).toBeFocused();
  const current = () => list(page).getAttribute("aria-activedescendant");
  const third = (await subject(page).textContent()) ?? "";
  const before = await current();
  for (const keys of ["Shift+R", "1", "1", "Shift+C", "Shift+C"]) {
    await page.keyboard.press(keys);
    await expect(list(page), keys).toBeFocused();
  }
  await expect.poll(current, "the cursor went along").not.toBe(before);
  await expect(chosen(page)).toBeInViewport();
  // The oldest are first now: what followed it stands before it.
  await page.keyboard.press("ArrowUp");
  await expect(subject(page)).not.toHaveText(third);
  await page.keyboard.press("Shift+R");
  await expect.poll(current).toBe("conversation-3");
  await page.getByRole("button", { name: "Unread", exact: true }).focus();
  await page.keyboard.press("Space");
  await expect(
    page.getByRole("button", { name: "Unread", exact: true }),
    "a button keeps its focus",
  ).toBeFocused();
});
