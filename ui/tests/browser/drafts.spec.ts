// Letters that were begun: they stand in Drafts like any other letter there, and are written on from it.
import { expectAccessible } from "./accessible";
import { expect, letTimePass, test } from "./pace";
import { chosen, folder, held, list, openWindow, reading, row, SHOTS, toast } from "./stage";

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

test("what is looked at stays chosen when it was written further, as what it is now", async ({ page }) => {
  await list(page).focus();
  await page.keyboard.press("ArrowDown");
  await reading(page).getByRole("button", { name: "Go on writing" }).click();
  const sheet = page.getByRole("dialog", { name: "Winter storage" });
  await sheet.getByRole("textbox", { name: "Subject" }).fill("Winter storage, please");
  await page.keyboard.press("Escape");
  await expect(chosen(page)).toHaveAccessibleName(/Winter storage, please/);
  await expect(reading(page).getByRole("heading", { name: "Winter storage, please" })).toBeVisible();
  await expect(list(page).getByRole("option")).toHaveCount(2);
  await page.keyboard.press("#");
  await expect(folder(page, /^Drafts, 1 letter$/), "and commands mean that").toBeVisible();
});

test("Enter on a draft that is still being kept goes on with what was written last", async ({ page }) => {
  await row(page, /Winter storage/).click();
  const sheet = page.getByRole("dialog", { name: "Winter storage" });
  await sheet.getByRole("textbox", { name: "Subject" }).fill("Winter storage, please");
  const [keep, open] = [await held(page, "closeDraft"), await held(page, "editDraft")];
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await list(page).focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await keep();
  await expect(row(page, /Winter storage, please/), "the row that was meant is another one").toBeVisible();
  await open();
  await expect(page.getByRole("dialog", { name: "Winter storage, please" })).toBeVisible();
  await expect(chosen(page)).toHaveAccessibleName(/Winter storage, please/);
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
