// What was typed as a secret is nowhere in the page any more once it has been used: not in its memory as the browser's own snapshot of
// the heap shows it (what the stores, the cache of answers and the views hold is all there), not in the document, not in a field, and
// not in what outlives the page. That the search would find it is shown first, while it stands in its field.
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./pace";
import { openWindow } from "./stage";

const MARKER = ["Zq7heron", "PAGEmarker", "4417"].join("");

/** How often it stands in the heap, once all that nobody holds is gone. Chromium alone can be asked. */
async function inHeap(page: Page, secret: string): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  const pieces: string[] = [];
  devtools.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => pieces.push(chunk));
  await devtools.send("HeapProfiler.enable");
  await devtools.send("HeapProfiler.collectGarbage");
  await devtools.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  await devtools.detach();
  return pieces.join("").split(secret).length - 1;
}

async function elsewhere(page: Page): Promise<string> {
  const kept = await page.evaluate(() =>
    JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      history.state,
      location.href,
      Array.from(document.querySelectorAll("input, textarea"), (field) =>
        "value" in field ? field.value : "",
      ),
    ]),
  );
  return kept + (await page.content());
}

/** As a keyboard or a password manager brings it, and not by a script, which would hold it too. */
async function type(field: Locator, secret: string): Promise<void> {
  await field.click();
  await field.page().keyboard.press("Control+a");
  await field.page().keyboard.insertText(secret);
}

async function expectFound(page: Page): Promise<void> {
  expect(await inHeap(page, MARKER), "the search finds what is there").toBeGreaterThan(0);
}

async function expectGone(page: Page): Promise<void> {
  expect(await elsewhere(page)).not.toContain(MARKER);
  expect(await inHeap(page, MARKER), "nothing holds it any more").toBe(0);
}

test("the passwords of a new account, refused and then taken", async ({ page }) => {
  await page.goto("/?scene=first-run");
  await page.getByLabel("Your name").fill("Lena Brandt");
  const email = page.getByLabel("Email address");
  const found = () => expect(page.getByText(/^Found /)).toBeVisible();
  const add = () => page.getByRole("button", { name: "Add account" }).click();
  await email.fill("wrong@nordlicht.example");
  await found();
  await type(page.getByLabel("Password", { exact: true }), MARKER);
  await page.getByRole("button", { name: "Edit settings" }).click();
  await page.getByText("Sending has its own way of signing in").click();
  await type(page.getByLabel("Password for sending"), `${MARKER}-out`);
  await add();
  await expect(page.getByRole("alert").first()).toBeVisible();
  await expectFound(page);
  await email.fill("lena@nordlicht.example");
  await found();
  await add();
  await expect(page.getByRole("heading", { name: "Add your email account" })).toBeHidden();
  await expect(page.getByRole("navigation", { name: "Accounts and folders" })).toBeVisible();
  await expectGone(page);
});

test("a password that is typed again, refused and then taken", async ({ page }) => {
  await openWindow(page, { scene: "failing" });
  await page.getByRole("contentinfo").getByRole("button", { name: "Sign in again…" }).click();
  const sheet = page.getByRole("dialog", { name: /^Sign in again/ });
  await sheet.getByLabel(/^Password for/).fill("wrong");
  await page.keyboard.press("Enter");
  await expect(sheet.getByRole("alert").first()).toBeVisible();
  await type(sheet.getByLabel(/^Password for/), MARKER);
  await expectFound(page);
  await page.keyboard.press("Enter");
  await expect(sheet).toBeHidden();
  await expectGone(page);
});

test("a password that nobody used after all", async ({ page }) => {
  await openWindow(page, { scene: "failing" });
  await page.getByRole("contentinfo").getByRole("button", { name: "Sign in again…" }).click();
  const sheet = page.getByRole("dialog", { name: /^Sign in again/ });
  await type(sheet.getByLabel(/^Password for/), MARKER);
  await expectFound(page);
  await sheet.getByRole("button", { name: "Cancel" }).click();
  await expect(sheet).toBeHidden();
  await expectGone(page);
});

test("a password for other servers", async ({ page }) => {
  await openWindow(page);
  await page.keyboard.press("Control+,");
  const settings = page.getByRole("dialog", { name: "Settings" });
  await settings.getByRole("button", { name: "Change servers…" }).first().click();
  const sheet = page.getByRole("dialog", { name: /^Servers of/ });
  await type(sheet.getByLabel(/^Password/).first(), MARKER);
  await expectFound(page);
  await sheet.getByRole("button", { name: "Test" }).click();
  await expect(sheet.getByText("Letters may be sent from your address")).toBeVisible();
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(sheet).toBeHidden();
  await expectGone(page);
});

test("a passphrase, wrong and then forgotten for another one", async ({ page }) => {
  await page.goto("/?scene=locked");
  const dialog = page.getByRole("dialog", { name: "Your passwords are locked" });
  await type(dialog.getByLabel("Passphrase", { exact: true }), MARKER);
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("That is not the passphrase.")).toBeVisible();
  await dialog.getByRole("button", { name: "I have forgotten it…" }).click();
  await page.getByRole("button", { name: "Begin anew" }).click();
  const panel = page.getByRole("dialog", { name: "Where should your password be kept?" });
  await type(panel.getByLabel("Passphrase", { exact: true }), MARKER);
  await type(panel.getByLabel("Passphrase, once more"), MARKER);
  await expectFound(page);
  await panel.getByRole("button", { name: "Use this passphrase" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expectGone(page);
});
