// The form of the search: its days are typed and chosen as everywhere in the window, in the order of the person's own dates, with the
// keys alone; and what comes first is one of its choices.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import { list, openWindow, SHOTS } from "./stage";

const field = (page: Page) => page.getByRole("combobox", { name: "Search mail" });
const form = (page: Page) => page.getByRole("dialog", { name: "Search", exact: true });
const day = (page: Page, label: string) => form(page).getByRole("group", { name: label });
const written = (page: Page) => form(page).locator("code");
const chips = (page: Page) => page.getByRole("grid", { name: "What the letters must be" }).getByRole("row");

async function open(page: Page) {
  await openWindow(page);
  await page.keyboard.press("Control+Shift+F");
  await expect(form(page)).toBeVisible();
}

test("a day is typed part by part, and Enter searches, as in a line of text", async ({ page }) => {
  await open(page);
  const since = day(page, "Since");
  await since.getByRole("spinbutton", { name: /^day/ }).focus();
  await page.keyboard.type("23112026");
  await expect(written(page), "the day is first here").toHaveText("after:2026-11-23");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.type("24112026");
  await expect(written(page), "Tab goes past both buttons to the next").toHaveText(
    "after:2026-11-23 before:2026-11-24",
  );
  await expectAccessible(page, "the days");
  await page.screenshot({ path: `${SHOTS}/search-form-days.png` });
  await page.keyboard.press("Enter");
  await expect(form(page)).toHaveCount(0);
  await expect(chips(page)).toHaveText(["after: 2026-11-23", "before: 2026-11-24"]);
  await page.keyboard.press("Control+Shift+F");
  await expect(day(page, "Before"), "and stands there again").toContainText("24/11/2026");
});

test("a day is chosen in its calendar with the keys, and taken away again", async ({ page }) => {
  await open(page);
  const on = day(page, "On the day");
  await on.getByRole("spinbutton", { name: /^day/ }).focus();
  await page.keyboard.type("15112026");
  await page.keyboard.press("Alt+ArrowDown");
  const calendar = page.getByRole("dialog", { name: /On the day/ });
  await expect(calendar.getByRole("button", { name: /15 November 2026/ })).toBeFocused();
  await expectAccessible(page, "the calendar of a day");
  await page.screenshot({ path: `${SHOTS}/search-form-calendar.png` });
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(calendar).toHaveCount(0);
  await expect(written(page)).toHaveText("on:2026-11-22");
  await page.keyboard.press("Alt+ArrowDown");
  await page.keyboard.press("Escape");
  await expect(calendar).toHaveCount(0);
  await expect(form(page), "Escape closes the calendar alone").toBeVisible();
  await on.getByRole("button", { name: /^Remove the day/ }).focus();
  await page.keyboard.press("Enter");
  await expect(written(page)).toHaveText("");
  await expect(on.getByRole("spinbutton", { name: /^day/ }), "one goes on in the field").toBeFocused();
});

test("a day that is begun and not ended is told, and nothing is searched for without it", async ({
  page,
}) => {
  await open(page);
  await form(page).getByRole("textbox", { name: "Has the words" }).fill("lamp");
  const since = day(page, "Since");
  await since.getByRole("spinbutton", { name: /^day/ }).focus();
  await page.keyboard.type("23");
  await page.keyboard.press("Enter");
  await expect(form(page).getByRole("alert")).toHaveText(/no whole day yet/);
  await expect(since.getByRole("spinbutton", { name: /^month/ }), "there it goes on").toBeFocused();
  await page.keyboard.type("1126");
  await form(page).getByRole("button", { name: "Search", exact: true }).click();
  await expect(form(page).getByRole("alert"), "a year of two digits is none").toBeVisible();
  await form(page).getByRole("button", { name: "Empty the form" }).click();
  await expect(form(page).getByRole("alert")).toHaveCount(0);
  await expect(since).not.toContainText("23");
});

test.describe("where the month comes first", () => {
  test.use({ locale: "en-US" });
  test("days are written so, here and where the list goes to a date", async ({ page }) => {
    await open(page);
    await day(page, "Since").getByRole("spinbutton").first().focus();
    await page.keyboard.type("11232026");
    await expect(written(page)).toHaveText("after:2026-11-23");
    await page.keyboard.press("Escape");
    await list(page).focus();
    await page.keyboard.press("g");
    await expect(page.getByRole("dialog").getByRole("spinbutton").first()).toHaveAccessibleName(/^month/);
    await expect(page.locator("th").first(), "and the week begins with Sunday").toHaveText("Sun");
  });
});

test("what comes first is a choice of the form, a chip of the field and a button above the results", async ({
  page,
}) => {
  await openWindow(page);
  const best = page.getByRole("region", { name: "Where and how to search" }).getByRole("button", {
    name: "Best first",
  });
  await field(page).pressSequentially("ferry sort:best ");
  await expect(chips(page)).toHaveText(["sort: best"]);
  await expect(best).toHaveAttribute("aria-pressed", "true");
  await best.click();
  await expect(chips(page), "the button takes the chip along").toHaveCount(0);
  await best.click();
  await expect(chips(page)).toHaveText(["sort: best"]);
  await page.getByRole("button", { name: /The best matches come first/ }).click();
  await expect(chips(page), "and so does the order in the head of the list").toHaveCount(0);
  await expect(best).toHaveAttribute("aria-pressed", "false");
  await best.click();
  await field(page).focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Backspace");
  await expect(best, "and the chip the button").toHaveAttribute("aria-pressed", "false");
  await page.keyboard.press("Control+Shift+F");
  await form(page)
    .getByRole("button", { name: /What comes first$/ })
    .click();
  await page.getByRole("option", { name: "The best matches" }).click();
  await expect(written(page)).toHaveText("sort:best ferry");
});
