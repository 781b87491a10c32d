// An account changes from POP3 to IMAP in the settings: by keyboard alone, readable by everybody, and looked at in both themes.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";

const SHOTS = "test-output/screens";

async function open(page: Page, theme: "light" | "dark") {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Compose" })).toBeVisible();
  await page.keyboard.press("Control+,");
  const settings = page.getByRole("dialog", { name: "Settings" });
  await settings.getByRole("button", { name: "Change to IMAP…, lena.b@post.example" }).click();
  return page.getByRole("dialog", { name: "Change lena.b@post.example to IMAP" });
}

for (const theme of ["light", "dark"] as const) {
  test(`goes from the server over the counts and the choice to the result, ${theme}`, async ({ page }) => {
    const sheet = await open(page, theme);
    await expect(sheet.getByRole("textbox", { name: /Server|Host/ }).first()).toHaveValue(
      "imap.post.example",
    );
    await expectAccessible(page, "the server", "[role=dialog]");
    await page.screenshot({ path: `${SHOTS}/protocol-server-${theme}.png` });
    await sheet.getByRole("button", { name: "Compare both sides" }).click();
    await expect(sheet).toContainText("On both sides");
    await expect(sheet).toContainText("INBOX 2, Projects 1,240");
    await expectAccessible(page, "the counts", "[role=dialog]");
    await page.screenshot({ path: `${SHOTS}/protocol-plan-${theme}.png` });
    await sheet.getByText("Put it on the server, into the same folder").click();
    await sheet.getByRole("button", { name: "Change to IMAP" }).click();
    await expect(sheet).toContainText("lena.b@post.example is an account with IMAP now.");
    await expectAccessible(page, "the result", "[role=dialog]");
    await page.screenshot({ path: `${SHOTS}/protocol-done-${theme}.png` });
    await sheet.getByRole("button", { name: "Close" }).click();
    await expect(
      page
        .getByRole("dialog", { name: "Settings" })
        .getByRole("button", { name: "Change to POP3…, lena.b@post.example" }),
      "the way back is where the way there was",
    ).toBeVisible();
  });
}

test("needs no mouse", async ({ page }) => {
  const sheet = await open(page, "light");
  await expect(sheet.getByRole("button", { name: "Compare both sides" })).toBeEnabled();
  await expect(sheet.locator("input:focus"), "the server's name has the focus").toHaveValue(
    "imap.post.example",
  );
  await page.keyboard.press("Enter");
  await expect(sheet.getByRole("radiogroup")).toBeVisible();
  await sheet.getByRole("radio").first().focus();
  await page.keyboard.press("Space");
  await expect(sheet.getByRole("button", { name: "Change to IMAP" })).toBeEnabled();
  await sheet.getByRole("button", { name: "Change to IMAP" }).focus();
  await page.keyboard.press("Enter");
  await expect(sheet).toContainText("is an account with IMAP now");
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
});

test("a certificate that nobody vouches for is accepted for the new server, and not before somebody has looked", async ({
  page,
}) => {
  const sheet = await open(page, "light");
  await sheet.getByRole("textbox", { name: "Server", exact: true }).fill("own.post.example");
  await sheet.getByRole("button", { name: "Compare both sides" }).click();
  await expect(sheet.getByRole("alert")).toContainText("Nothing was changed");
  await expectAccessible(page, "the refusal", "[role=dialog]");
  await page.screenshot({ path: `${SHOTS}/protocol-certificate-light.png` });
  await sheet.getByRole("button", { name: "Look at the certificate…" }).click();
  const question = page.getByRole("alertdialog", { name: "The certificate of own.post.example" });
  await expect(question.getByRole("button", { name: "Do not connect" })).toBeFocused();
  await question.getByText("I have compared the fingerprint").click();
  await question.getByRole("button", { name: "Accept this certificate" }).click();
  await expect(sheet.getByRole("radiogroup")).toBeVisible();
  await sheet.getByRole("radio").last().focus();
  await page.keyboard.press("Space");
  await sheet.getByRole("button", { name: "Change to IMAP" }).click();
  await expect(sheet).toContainText("is an account with IMAP now");
});
