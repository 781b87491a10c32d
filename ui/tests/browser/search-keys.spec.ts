// Searching with the keys alone: chips are walked, edited and left, and Escape goes back step by step to where one came from.
import type { Page } from "@playwright/test";
import { expect, test } from "./pace";
import { chosen, folder, list, openWindow, row, rows, SHOTS } from "./stage";

const field = (page: Page) => page.getByRole("combobox", { name: "Search mail" });
const chips = (page: Page) => page.getByRole("grid", { name: "What the letters must be" }).getByRole("row");
const heading = (page: Page, name: string) => page.getByRole("heading", { name, exact: true });
const current = (page: Page) => list(page).getAttribute("aria-activedescendant");

test("all chips are reached with the arrows, and Escape and the last arrow lead back to the field", async ({
  page,
}) => {
  await openWindow(page);
  await field(page).pressSequentially("is:unread in:inbox from:ferry ");
  await page.keyboard.press("ArrowLeft");
  await expect(chips(page).nth(2)).toBeFocused();
  for (const at of [1, 0]) {
    await page.keyboard.press("ArrowLeft");
    await expect(chips(page).nth(at)).toBeFocused();
  }
  await page.keyboard.press("ArrowLeft");
  await expect(chips(page).nth(0), "there is nothing before the first").toBeFocused();
  await page.keyboard.press("End");
  await expect(chips(page).nth(2)).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(field(page)).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Escape");
  await expect(field(page), "Escape leaves the chips").toBeFocused();
  await expect(chips(page), "and nothing else").toHaveCount(3);
});

test("a chip that is removed hands the focus to its neighbour, and the last one to the field", async ({
  page,
}) => {
  await openWindow(page);
  await field(page).pressSequentially("is:unread in:inbox from:ferry ");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Delete");
  await expect(chips(page)).toHaveText(["is: unread", "from: ferry"]);
  await expect(chips(page).nth(1), "the one that follows").toBeFocused();
  await page.keyboard.press("Backspace");
  await expect(chips(page)).toHaveText(["is: unread"]);
  await expect(chips(page).nth(0), "or the one before").toBeFocused();
  await page.keyboard.press("Delete");
  await expect(chips(page)).toHaveCount(0);
  await expect(field(page)).toBeFocused();
});

test("a chip that has the focus is seen whole in a narrow window, with its words beside its cross", async ({
  page,
}) => {
  await page.setViewportSize({ width: 900, height: 600 });
  await openWindow(page);
  await field(page).pressSequentially('from:"Amara Okafor" subject:lighthouse after:2024-01-01 larger:1k ');
  await page.keyboard.press("ArrowLeft");
  for (let at = 3; at >= 0; at -= 1) {
    await expect(chips(page).nth(at)).toBeFocused();
    const seen = () =>
      chips(page)
        .nth(at)
        .evaluate((chip) => {
          const box = chip.closest("[data-chips]")?.getBoundingClientRect();
          const { left, right, top, bottom } = chip.getBoundingClientRect();
          const words = chip.querySelector("span")?.getBoundingClientRect();
          const cross = chip.querySelector("button")?.getBoundingClientRect();
          if (box === undefined || words === undefined || cross === undefined) return ["not there"];
          return [
            ...(left < box.left - 1 || right > box.right + 1
              ? [`cut at a side: ${left} to ${right} in ${box.left} to ${box.right}`]
              : []),
            ...(top < box.top - 0.5 || bottom > box.bottom + 0.5 ? ["cut above or below"] : []),
            ...(words.right > cross.left + 0.5 ? ["the cross covers the words"] : []),
          ];
        });
    await expect.poll(seen, `chip ${at}`).toEqual([]);
    if (at === 2) await page.screenshot({ path: `${SHOTS}/search-chip-focus.png` });
    await page.keyboard.press("ArrowLeft");
  }
});

test("Escape goes from a search that is typed in a kept one to that, and from there to where one came from", async ({
  page,
}) => {
  await openWindow(page);
  await field(page).pressSequentially("ferry ");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.keyboard.press("Enter");
  await expect(heading(page, "ferry")).toBeVisible();
  await folder(page, /^Starred/).click();
  await folder(page, /^ferry/).click();
  await expect(heading(page, "ferry")).toBeVisible();
  await field(page).focus();
  await page.keyboard.press("End");
  await page.keyboard.type(" timetable");
  await page.keyboard.press("Enter");
  await expect(heading(page, "Results")).toBeVisible();
  await expect(list(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(heading(page, "ferry"), "what it was begun in").toBeVisible();
  await expect(list(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(heading(page, "Starred"), "where one came from").toBeVisible();
  await expect(list(page)).toBeFocused();
});

test("the cross of a kept search leads to where one came from", async ({ page }) => {
  await openWindow(page);
  await field(page).pressSequentially("ferry ");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.keyboard.press("Enter");
  await folder(page, /^Starred/).click();
  await folder(page, /^ferry/).click();
  await page.getByRole("button", { name: "Clear the search" }).click();
  await expect(heading(page, "Starred")).toBeVisible();
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveValue("");
});

test("whoever leaves a search comes back to the row where it was begun", async ({ page }) => {
  await openWindow(page);
  await rows(page).nth(3).click();
  const before = await current(page);
  const there = await chosen(page).boundingBox();
  await field(page).pressSequentially("ferry ");
  await expect(heading(page, "Results")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(list(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(heading(page, "All inboxes")).toBeVisible();
  await expect.poll(() => current(page)).toBe(before);
  await expect(chosen(page), "it waits there, and opens nothing by itself").toHaveCount(0);
  expect((await page.locator(`#${before ?? ""}`).boundingBox())?.y).toBeCloseTo(there?.y ?? 0, 0);
  await page.keyboard.press("ArrowDown");
  await expect(chosen(page)).toHaveAttribute("id", before ?? "");
  await expect(row(page, /./).first()).toBeVisible();
});
