// Passwords that are locked when the window opens: asked for once, and mail is fetched when they are open.
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import { openWindow, row, SHOTS } from "./stage";

test("the passphrase is asked for, a wrong one is refused in words, the right one fetches mail", async ({
  page,
}) => {
  await page.goto("/?scene=locked");
  const dialog = page.getByRole("dialog", { name: "Your passwords are locked" });
  await expect(dialog).toBeVisible();
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
  await expect(
    panel.getByRole("button", { name: "Ask the keyring again" }),
    "one may run by now",
  ).toBeVisible();
  await panel.getByRole("button", { name: "Only until I close Waxwing" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("nothing is asked when the vault is open", async ({ page }) => {
  await openWindow(page);
  await expect(row(page, /Mika/)).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("in a run without the keyring the settings ask it again", async ({ page }) => {
  await openWindow(page, { scene: "this-run" });
  await expect(row(page, /Mika/)).toBeVisible();
  await page.keyboard.press("Control+,");
  const settings = page.getByRole("dialog", { name: "Settings" });
  await expect(settings).toContainText("The keyring is not used.");
  await settings.getByRole("button", { name: "Ask the keyring again" }).click();
  const dialog = page.getByRole("dialog", { name: "The keyring is not used" });
  await expect(dialog.getByRole("button", { name: "Ask the keyring again" })).toBeFocused();
  await expectAccessible(page, "the keyring that was set aside");
  await page.screenshot({ path: `${SHOTS}/unlock-aside.png` });
  await page.keyboard.press("Enter");
  await expect(dialog).toContainText("It still does not open.");
  await dialog.getByRole("button", { name: "Ask the keyring again" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a password that was typed without the keyring takes the place of the one in it only on demand", async ({
  page,
}) => {
  await page.goto("/?scene=typed");
  const dialog = page.getByRole("dialog", { name: /^Two passwords for / });
  await expect(dialog).toContainText("nothing is replaced");
  await expectAccessible(page, "which of two passwords counts");
  await page.screenshot({ path: `${SHOTS}/unlock-two.png` });
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog"), "it can wait").toHaveCount(0);
  await page.reload();
  await dialog.getByRole("button", { name: "The one in the keyring" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a keyring that has lost its key is given another one after a question", async ({ page }) => {
  await page.goto("/?scene=keyring-locked");
  await page.getByRole("button", { name: "Type them again…" }).click();
  const panel = page.getByRole("dialog", { name: "Where should your password be kept?" });
  await panel.getByRole("button", { name: "The keyring has lost the key…" }).click();
  const question = page.getByRole("alertdialog", { name: "Give the keyring a new key?" });
  await expect(question.getByRole("button", { name: "Not now" }), "the safe answer").toBeFocused();
  await expectAccessible(page, "the question about a key that is lost");
  await page.screenshot({ path: `${SHOTS}/unlock-lost.png` });
  await page.keyboard.press("Enter");
  await expect(panel).toBeVisible();
});
