// Passwords that are locked when the window opens: asked for once, and mail is fetched when they are open.
import { expect, test } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { openWindow, row, SHOTS } from "./stage";

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

test("it can wait, letters that are here are read all the same, and the status line brings it back", async ({
  page,
}) => {
  await page.goto("/?scene=locked");
  await page.getByRole("button", { name: "Not now" }).click();
  await expect(row(page, /Mika/)).toBeVisible();
  await page.getByRole("contentinfo").getByRole("button", { name: "Unlock passwords" }).click();
  await page.getByLabel("Passphrase", { exact: true }).fill("correct horse");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByText(/^All accounts up to date/)).toBeVisible();
});

test("a passphrase that nobody remembers gives way to another one", async ({ page }) => {
  await page.goto("/?scene=locked");
  await page.getByRole("button", { name: "I have forgotten it…" }).click();
  const question = page.getByRole("alertdialog", { name: "Begin with new passwords?" });
  await expect(question.getByRole("button", { name: "Try once more" }), "the safe answer").toBeFocused();
  await expectAccessible(page, "the question");
  await question.getByRole("button", { name: "Begin anew" }).click();
  const panel = page.getByRole("dialog", { name: "Where should your password be kept?" });
  await panel.getByLabel("Passphrase", { exact: true }).fill("another horse");
  await panel.getByLabel("Passphrase, once more").fill("another horse");
  await panel.getByRole("button", { name: "Use this passphrase" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a keyring that does not open is asked again, and nothing takes its place unasked", async ({ page }) => {
  await page.goto("/?scene=keyring-locked");
  const dialog = page.getByRole("dialog", { name: "Your passwords are locked" });
  await expect(dialog).toContainText("in this computer’s keyring");
  await expect(dialog).toContainText("it is locked, or access was refused");
  await expectAccessible(page, "the closed keyring");
  await page.screenshot({ path: `${SHOTS}/unlock-keyring.png` });
  await dialog.getByRole("button", { name: "Type them again…" }).click();
  const panel = page.getByRole("dialog", { name: "Where should your password be kept?" });
  await expect(panel).toContainText("they have to be typed once more");
  await expectAccessible(page, "the choice of a keeper");
  await page.screenshot({ path: `${SHOTS}/unlock-anew.png` });
  await panel.getByRole("button", { name: "Ask the keyring again" }).click();
  await expect(panel).toContainText("It still does not open");
  await panel.getByRole("button", { name: "Ask the keyring again" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByText(/^All accounts up to date/)).toBeVisible();
});

test("passwords that were kept for one run are asked for anew in the next", async ({ page }) => {
  await page.goto("/?scene=last-run");
  const panel = page.getByRole("dialog", { name: "Where should your password be kept?" });
  await expect(panel.getByRole("button", { name: "Ask the keyring again" }), "there was none").toHaveCount(0);
  await panel.getByRole("button", { name: "Only until I close Waxwing" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("nothing is asked when the vault is open", async ({ page }) => {
  await openWindow(page);
  await expect(row(page, /Mika/)).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});
