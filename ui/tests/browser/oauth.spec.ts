// Signing in in the browser: offered, waited for, given up, refused and granted, while an account is added and later; and the
// provider's app password where this build has no client id.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import { openWindow, toast, type InMemory } from "./stage";

const SHOTS = "test-output/screens";

async function type(page: Page, email: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/?scene=first-run");
  await page.getByLabel("Your name").fill("Lena Brandt");
  await page.getByLabel("Email address").fill(email);
}

/** What the provider's page does, when it is waited for. */
async function browser(page: Page, no: string | null = null): Promise<void> {
  await expect(page.getByText(/Sign in at (Nordlicht|Fjord), in your browser/)).toBeVisible();
  await page.evaluate((words) => (window as unknown as InMemory).waxwing.browsers.answer(words), no);
}
const opened = (page: Page) =>
  page.evaluate(() => [...(window as unknown as InMemory).waxwing.browsers.opened]);
const signIn = (page: Page) => page.getByRole("button", { name: "Open the browser" });
const heading = (page: Page) => page.getByRole("heading", { name: "Add your email account" });

test("an account is added by signing in in the browser", async ({ page }) => {
  await type(page, "lena@browser.example");
  await expect(page.getByText(/You sign in at Nordlicht itself/)).toBeVisible();
  await expect(page.getByLabel("Password", { exact: true }), "there is no password to type").toBeHidden();
  await expect(
    page.getByText("Nordlicht asks for your password in the browser"),
    "and none is asked for",
  ).toBeVisible();
  await expectAccessible(page, "the browser’s way");
  await page.screenshot({ path: `${SHOTS}/setup-browser.png` });
  await signIn(page).click();
  await expect(page.getByText(/Sign in at Nordlicht, in your browser/)).toBeVisible();
  await expect
    .poll(async () => (await opened(page))[0])
    .toContain("https://login.nordlicht.example/authorize?");
  await expect(page.getByRole("button", { name: "In your browser…" })).toBeDisabled();
  await expectAccessible(page, "the wait for the browser");
  await page.screenshot({ path: `${SHOTS}/setup-browser-waiting.png` });
  await page.getByRole("button", { name: "Open the page again" }).click();
  await expect.poll(() => opened(page)).toHaveLength(2);
  await browser(page);
  await expect(heading(page), "it goes on by itself").toBeHidden();
  await expect(toast(page)).toContainText("lena@browser.example was added");
});

test("the servers are tried with what was granted, and the browser is not asked again to add the account", async ({
  page,
}) => {
  await type(page, "lena@browser.example");
  await expect(page.getByText(/You sign in at Nordlicht itself/)).toBeVisible();
  await page.getByRole("button", { name: "Edit settings" }).click();
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByText(/Sign in at Nordlicht, in your browser/)).toBeVisible();
  await browser(page);
  await expect(page.getByText("Letters may be sent from your address")).toBeVisible();
  await expectAccessible(page, "the trial with what was granted");
  await page.screenshot({ path: `${SHOTS}/setup-browser-tried.png` });
  await signIn(page).click();
  await expect(heading(page), "it is added at once").toBeHidden();
  expect(await opened(page)).toHaveLength(1);
});

test("what a server does not take is granted once more", async ({ page }) => {
  await type(page, "smtp-wrong@browser.example");
  for (const times of [1, 2]) {
    await signIn(page).click();
    await browser(page);
    await expect(page.getByText(/does not take what you granted in the browser/)).toBeVisible();
    await expect(page.getByRole("button", { name: "Type the password again" })).toHaveCount(0);
    await expect.poll(() => opened(page)).toHaveLength(times);
  }
  await page.getByRole("button", { name: "Sign in again" }).click();
  await expect(page.getByText(/Sign in at Nordlicht, in your browser/)).toBeVisible();
  await expect.poll(() => opened(page)).toHaveLength(3);
});

test("the wait can be ended, and a no is told in the provider’s words as text", async ({ page }) => {
  await type(page, "lena@browser.example");
  await signIn(page).click();
  await page.getByRole("button", { name: "Stop waiting" }).click();
  await expect(page.getByText(/in your browser. Waxwing goes on/)).toBeHidden();
  await expect(signIn(page)).toBeEnabled();
  await signIn(page).click();
  await browser(page, "access_denied: Lena said <b>no</b>");
  await expect(page.getByText("The provider did not let Waxwing in.")).toBeVisible();
  await expect(page.getByText("It said: “access_denied: Lena said <b>no</b>”")).toBeVisible();
  await expectAccessible(page, "the refusal");
  await page.screenshot({ path: `${SHOTS}/setup-browser-denied.png` });
  await page.getByRole("button", { name: "Use a password instead" }).click();
  await page.getByLabel("Password", { exact: true }).fill("twelve-herons");
  await page.getByRole("button", { name: "Add account" }).click();
  await expect(heading(page), "a password is a way too").toBeHidden();
});

test("without a client id there is the app password, or a client id of one’s own", async ({ page }) => {
  await type(page, "lena@nobrowser.example");
  await expect(page.getByText(/Nordlicht makes a password for mail programs/)).toBeVisible();
  await expect(page.getByLabel("Password", { exact: true })).toBeVisible();
  await expectAccessible(page, "the app password");
  await page.screenshot({ path: `${SHOTS}/setup-app-password.png` });
  await page.getByRole("button", { name: "Open login.nordlicht.example" }).click();
  await expect.poll(() => opened(page)).toEqual(["https://login.nordlicht.example/passwords"]);
  await page.getByRole("button", { name: "I have a client id of my own" }).click();
  await signIn(page).click();
  await expect(page.getByText("Type the client id as the provider shows it.")).toBeVisible();
  await expectAccessible(page, "the client id that is missing");
  await page.screenshot({ path: `${SHOTS}/setup-client.png` });
  await page.getByLabel("Client id").fill("lenas-own");
  await signIn(page).click();
  await browser(page);
  await expect(heading(page)).toBeHidden();
});

test("an account that signed in in the browser signs in there again", async ({ page }) => {
  await type(page, "lena@browser.example");
  await signIn(page).click();
  await browser(page);
  await expect(heading(page)).toBeHidden();
  await page.keyboard.press("Control+,");
  await page.getByRole("button", { name: "Sign in again…" }).click();
  const sheet = page.getByRole("dialog", { name: "Sign in again to lena@browser.example" });
  await expect(sheet.getByText(/You sign in at Nordlicht, in your browser/)).toBeVisible();
  await expectAccessible(page, "the sheet for the browser");
  await sheet.getByRole("button", { name: "Open the browser" }).click();
  await expect(sheet.getByText(/Sign in at Nordlicht, in your browser/)).toBeVisible();
  await page.screenshot({ path: `${SHOTS}/signin-browser.png` });
  await browser(page);
  await expect(sheet).toBeHidden();
  await page.getByRole("button", { name: "Sign in again…" }).click();
  await sheet.getByRole("button", { name: "Use a password instead" }).click();
  await expect(sheet.getByLabel(/^Password for/), "the other way is one press away").toBeVisible();
});

test("an account with a password has no word of a browser that it does not know", async ({ page }) => {
  await openWindow(page);
  await page.keyboard.press("Control+,");
  await page.getByRole("button", { name: "Sign in again…" }).first().click();
  await expect(
    page
      .getByRole("dialog")
      .getByLabel(/^Password/)
      .first(),
  ).toBeVisible();
  await expect(page.getByRole("button", { name: /in the browser/ })).toHaveCount(0);
});

test("reading and sending each have their own way, at two providers, and are mended each by itself", async ({
  page,
}) => {
  await type(page, "lena@browser.example");
  await expect(page.getByText(/You sign in at Nordlicht itself/)).toBeVisible();
  await page.getByRole("button", { name: "Edit settings" }).click();
  await page.locator('input[name="outgoingHost"]').fill("smtp.elsewhere.example");
  await page.getByText("Sending has its own way of signing in").click();
  await expect(page.getByText(/You sign in at Nordlicht itself/)).toBeVisible();
  await expect(page.getByText(/You sign in at Fjord itself/)).toBeVisible();
  await expectAccessible(page, "two ways of signing in");
  await page.screenshot({ path: `${SHOTS}/setup-two-ways.png`, fullPage: true });
  await signIn(page).click();
  for (const provider of ["Nordlicht", "Fjord"]) {
    await expect(page.getByText(`Sign in at ${provider}, in your browser`)).toBeVisible();
    await browser(page);
  }
  await expect(heading(page), "each is asked once").toBeHidden();
  expect(await opened(page)).toHaveLength(2);

  await page.keyboard.press("Control+,");
  await page.getByRole("button", { name: "Sign in again…" }).click();
  const sheet = page.getByRole("dialog", { name: "Sign in again to lena@browser.example" });
  await expect(
    sheet.getByText("At imap.browser.example you sign in at Nordlicht, in your browser."),
  ).toBeVisible();
  await expectAccessible(page, "the sheet for two ways");
  await page.screenshot({ path: `${SHOTS}/signin-two-ways.png` });
  await sheet.getByRole("button", { name: "Sign in at Fjord again" }).click();
  await expect(sheet.getByText(/For smtp.elsewhere.example you sign in at Fjord/)).toBeVisible();
  await sheet.getByRole("button", { name: "Open the browser" }).click();
  await browser(page);
  await expect(sheet).toBeHidden();
});

test("other servers are signed in to in the browser, and a wait that is ended changes nothing", async ({
  page,
}) => {
  await openWindow(page);
  await page.keyboard.press("Control+,");
  await page.getByRole("button", { name: "Change servers…" }).first().click();
  const sheet = page.getByRole("dialog", { name: /^Servers of/ });
  await sheet.locator('input[name="outgoingHost"]').fill("smtp.elsewhere.example");
  await sheet.getByRole("button", { name: "Sign in in the browser instead" }).click();
  await expect(sheet.getByText(/You sign in at Fjord, in your browser/)).toBeVisible();
  await expectAccessible(page, "a server that the browser opens");
  await page.screenshot({ path: `${SHOTS}/servers-browser.png` });
  await sheet.getByRole("button", { name: "Save" }).click();
  await sheet.getByRole("button", { name: "Stop waiting" }).click();
  await expect(sheet.getByRole("button", { name: "Save" }), "it can be begun again").toBeEnabled();
  await sheet.getByRole("button", { name: "Test" }).click();
  await browser(page);
  await expect(sheet.getByText("Letters may be sent from your address")).toBeVisible();
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(sheet, "what was granted for the test is good for keeping them").toBeHidden();
  expect(await opened(page)).toHaveLength(2);
});
