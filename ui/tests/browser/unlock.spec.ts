// Passwords that are locked when the window opens: asked for once, and mail is fetched when they are open.
import { expect, test } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { openWindow, row } from "./stage";

test("the passphrase is asked for, a wrong one is refused in words, the right one fetches mail", async ({
  page,
}) => {
  await page.goto("/?scene=locked");
  const dialog = page.getByRole("dialog", { name: "Your passwords are locked" });
  await expectAccessible(page, "the question for the passphrase");
  await dialog.getByLabel("Passphrase", { exact: true }).fill("wrong horse");
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("That is not the passphrase.")).toBeVisible();
  await dialog.getByLabel("Passphrase", { exact: true }).fill("correct horse");
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText(/^All accounts up to date/)).toBeVisible();
});

test("it can wait, and letters that are here are read all the same", async ({ page }) => {
  await page.goto("/?scene=locked");
  await page.getByRole("button", { name: "Not now" }).click();
  await expect(row(page, /Mika/)).toBeVisible();
});

test("nothing is asked when the vault is open", async ({ page }) => {
  await openWindow(page);
  await expect(row(page, /Mika/)).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});
