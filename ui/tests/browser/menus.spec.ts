// What is on or off in a menu is told to screen readers as that, in every menu that has such an entry.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import { list, openWindow, reading, receive, row, rows } from "./stage";

const checked = (page: Page, role: "menuitemradio" | "menuitemcheckbox", name: string | RegExp) =>
  page.getByRole(role, { name, checked: true });

test("how the list looks: one order, one density, and what is on by itself", async ({ page }) => {
  await openWindow(page);
  await list(page).focus();
  await page.keyboard.press("o");
  const menu = page.getByRole("menu", { name: "How the list looks" });
  await expect(menu.getByRole("group", { name: "Order" }).getByRole("menuitemradio")).toHaveCount(7);
  await expect(checked(page, "menuitemradio", "Sort by Date")).toHaveCount(1);
  await expect(
    menu.getByRole("group", { name: "Order" }).getByRole("menuitemradio", { checked: true }),
  ).toHaveCount(1);
  await expect(menu.getByRole("group", { name: "Rows" }).getByRole("menuitemradio")).toHaveCount(3);
  await expect(checked(page, "menuitemradio", "Usual rows")).toHaveCount(1);
  const single = menu.getByRole("menuitemcheckbox", { name: /^Single letters/ });
  await expect(single).toHaveAttribute("aria-checked", "false");
  await expect(
    menu.getByRole("menuitem", { name: /^Go to a date/ }),
    "what does something is neither",
  ).toBeVisible();
  await expectAccessible(page, "the menu of the list");
  for (let step = 0; step < 8; step += 1) await page.keyboard.press("ArrowDown");
  await expect(single, "the arrows go over all of them").toBeFocused();
  await page.keyboard.press("Enter");
  await expect(menu).toHaveCount(0);
  await expect(page.getByRole("listbox", { name: "Letters in All inboxes" })).toBeVisible();
  await page.keyboard.press("o");
  await expect(checked(page, "menuitemcheckbox", /^Single letters/)).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(reading(page), "and the pane is a letter's").toHaveAccessibleName("Letter");
});

test("the key of a menu opens that of the row which the list is at, and its entries stand on a line each", async ({
  page,
}) => {
  await openWindow(page);
  await list(page).focus();
  await page.keyboard.press("ArrowDown");
  for (const key of ["Shift+F10", "ContextMenu"]) {
    await page.keyboard.press(key);
    const menu = page.getByRole("menu");
    await expect(menu.getByRole("menuitem", { name: /^Archive/ })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(menu).toHaveCount(0);
    await expect(list(page)).toBeFocused();
  }
  // In a small window, where there is least room.
  await page.setViewportSize({ width: 900, height: 600 });
  await rows(page).nth(2).click({ button: "right" });
  const entries = page.getByRole("menu").getByRole("menuitem");
  const heights = await entries.evaluateAll((all) =>
    all.map((each) => each.scrollHeight - each.clientHeight),
  );
  expect(
    heights.every((over) => over <= 0),
    `nothing runs over the next entry: ${heights.join(" ")}`,
  ).toBe(true);
  const high = await entries.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height));
  expect(Math.max(...high), "each on one line").toBeLessThan(40);
});

test("filters, the theme, a letter's look and what is asked of a recipient", async ({ page }) => {
  await openWindow(page);
  await page.keyboard.press("2");
  await page.getByRole("button", { name: /^Showing only/ }).click();
  await expect(checked(page, "menuitemcheckbox", /^With a star/)).toHaveCount(1);
  await expect(page.getByRole("menuitemcheckbox", { checked: false })).toHaveCount(2);
  await page.keyboard.press("Escape");
  await page.keyboard.press("2");
  await page.getByRole("button", { name: "Waxwing menu" }).click();
  await expect(page.getByRole("group", { name: "Theme" }).getByRole("menuitemradio")).toHaveCount(3);
  await page.getByRole("menuitemradio", { name: "Dark theme" }).click();
  await page.getByRole("button", { name: "Waxwing menu" }).click();
  await expect(checked(page, "menuitemradio", "Dark theme")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await receive(page, { subject: "Two looks", text: "plain", html: "<p>with colours</p>" });
  await row(page, /Two looks/).click();
  await page.keyboard.press("Shift+T");
  await reading(page).getByRole("button", { name: "More for this letter" }).last().click();
  await expect(checked(page, "menuitemcheckbox", /^Show as text/)).toHaveCount(1);
  await page.keyboard.press("Escape");
  await page.keyboard.press("r");
  await page.getByRole("button", { name: "Options", exact: true }).click();
  await expect(page.getByRole("menuitemcheckbox")).toHaveCount(3);
});

test("the order says all of its word or none of it, however narrow the list is", async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 600 });
  await openWindow(page);
  for (const turn of ["as it is", "Shift+R"]) {
    if (turn !== "as it is") await page.keyboard.press(turn);
    const order = page.getByRole("button", { name: /^Sorted by/ });
    const seen = await order.evaluate((button) => {
      const { bottom, right } = button.getBoundingClientRect();
      const word = button.querySelector("span")?.getBoundingClientRect();
      const sign = button.querySelector("svg")?.getBoundingClientRect();
      if (word === undefined || sign === undefined) return "nothing";
      const isWhole = word.right <= right + 0.5 && word.bottom <= bottom + 0.5;
      const isHidden = word.top >= bottom - 0.5;
      return sign.right <= right + 0.5 && (isWhole || isHidden)
        ? "well"
        : JSON.stringify({ word, right, bottom });
    });
    expect(seen, turn).toBe("well");
  }
  await expect(rows(page).first()).toBeVisible();
});
