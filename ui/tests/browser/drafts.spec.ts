// Letters that were begun: they stand in Drafts like any other letter there, and are written on from it.
import { expectAccessible } from "./accessible";
import { expect, letTimePass, test } from "./pace";
import { folder, list, openWindow, reading, row, SHOTS, toast } from "./stage";

test.beforeEach(async ({ page }) => {
  await openWindow(page);
  await folder(page, /^Drafts, 2 letters/).click();
  await expect(page.getByRole("listbox", { name: "Conversations in Drafts" })).toBeVisible();
  await expect(row(page, /Winter storage/)).toBeVisible();
});

test("a press on a letter in Drafts goes on writing it, whoever left it there", async ({ page }) => {
  await row(page, /Winter storage/).click();
  const sheet = page.getByRole("dialog", { name: "Winter storage" });
  await expect(sheet.getByRole("textbox", { name: "Letter" })).toContainText("may I leave the dinghy");
  await expect(sheet.getByRole("grid", { name: "Recipients in To" })).toContainText("Oskar");
  await sheet.getByRole("textbox", { name: "Subject" }).fill("Winter storage, please");
  await page.keyboard.press("Escape");
  await expect(toast(page)).toContainText("Kept in Drafts");
  await expect(row(page, /Winter storage, please/), "in place of what stood there").toBeVisible();
  await expect(folder(page, /^Drafts, 2 letters/)).toBeVisible();
});

test("arrows only look, Enter writes on, and the letter itself has a button", async ({ page }) => {
  await list(page).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await expect(reading(page).getByRole("heading", { name: "Winter storage" })).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expectAccessible(page, "a draft that is looked at");
  await page.screenshot({ path: `${SHOTS}/main-draft-light.png` });
  await reading(page).getByRole("button", { name: "Go on writing" }).click();
  await expect(page.getByRole("dialog", { name: "Winter storage" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await list(page).focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog"), "the newest").toBeVisible();
});

test("a letter that is sent or discarded leaves Drafts", async ({ page }) => {
  await row(page, /Winter storage/).click();
  const sheet = page.getByRole("dialog", { name: "Winter storage" });
  await sheet.getByRole("button", { name: "Send", exact: true }).click();
  await expect(folder(page, /^Drafts, 1 letter$/)).toBeVisible();
  await row(page, /Notes on the rail/).click();
  await page.getByRole("dialog").getByRole("button", { name: "Discard draft" }).click();
  await expect(toast(page).getByRole("button", { name: "Undo" })).toBeVisible();
  await expect(folder(page, /^Drafts, 1 letter$/), "as long as it can be taken back").toBeVisible();
  await letTimePass(page);
  await expect(folder(page, /^Drafts$/)).toBeVisible();
});
