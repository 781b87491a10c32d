// Several files of the browser of files: they are put in another order, chosen with the mouse and the keys, and saved together.
import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import { openWindow, receive, toast } from "./stage";

/** Letters of before and those that come, from all of which files are listed; each has one. */
async function browse(page: Page): Promise<Locator> {
  await openWindow(page);
  for (const [subject, name, size] of [
    ["One", "bill 10.txt", 300],
    ["Two", "bill 9.txt", 9_000_000_000],
    ["Three", "Apple.txt", 500],
    ["Four", "zebra.txt", 900],
  ] as const)
    await receive(page, { subject, files: [[name, "text/plain", size]] });
  await page.keyboard.press("Shift+B");
  const browser = page.getByRole("dialog", { name: "Files in All inboxes" });
  await expect(browser.getByRole("listitem").first()).toBeVisible();
  return browser;
}

const names = (browser: Locator) =>
  browser
    .getByRole("checkbox")
    .evaluateAll((boxes) => boxes.map((box) => box.getAttribute("aria-label")?.replace("Select ", "") ?? ""));

async function order(browser: Locator, page: Page, by: string): Promise<void> {
  await browser.getByRole("button", { name: /Order/ }).click();
  await page.getByRole("option", { name: by }).click();
}

test("files are listed in other orders, of all letters and not of those that were looked through", async ({
  page,
}) => {
  const browser = await browse(page);
  const before = await names(browser);
  expect(before.slice(0, 2), "as their letters came").toEqual(["zebra.txt", "Apple.txt"]);
  await order(browser, page, "By name");
  await expect
    .poll(async () => (await names(browser)).at(-1), "the older letters are there")
    .toBe("zebra.txt");
  const all = await names(browser);
  expect(all[0]).toBe("Apple.txt");
  expect(all.indexOf("bill 10.txt"), "as one counts").toBe(all.indexOf("bill 9.txt") + 1);
  await order(browser, page, "Largest first");
  await expect.poll(async () => (await names(browser))[0]).toBe("bill 9.txt");
  await expectAccessible(page, "files in another order", "[role=dialog]");
  await order(browser, page, "As their letters came");
  expect((await names(browser)).slice(0, 2)).toEqual(before.slice(0, 2));
});

test("the older files come as one scrolls down to them", async ({ page }) => {
  const browser = await browse(page);
  const count = (await names(browser)).length;
  const list = browser.getByRole("list", { name: "Attachments" });
  await expect
    .poll(async () => {
      await list.evaluate((all) => all.scrollTo({ top: all.scrollHeight }));
      // What is shorter than its place is not scrolled.
      await list.dispatchEvent("scroll");
      return (await names(browser)).length;
    })
    .toBeGreaterThan(count + 4);
});

test("several files are chosen and saved together", async ({ page }) => {
  const browser = await browse(page);
  await browser.getByRole("textbox").fill("txt");
  await expect(browser.getByRole("listitem")).toHaveCount(4);
  await browser.getByRole("checkbox", { name: "Select zebra.txt" }).click();
  const save = browser.getByRole("button", { name: /^Save \d files?$/ });
  await expect(save).toHaveText("Save 1 file");
  await browser.getByRole("checkbox", { name: "Select bill 9.txt" }).click({ modifiers: ["Shift"] });
  await expect(save, "all between the two").toHaveText("Save 3 files");
  await browser.getByRole("checkbox", { name: "Select Apple.txt" }).click();
  await expect(save).toHaveText("Save 2 files");
  await expectAccessible(page, "files that are chosen", "[role=dialog]");
  await save.click();
  await expect(toast(page)).toContainText("Saved 2 files to /home/lena/Downloads");
  await expect(browser.getByRole("button", { name: "Show zebra.txt in its folder" })).toBeVisible();
  await browser.getByRole("textbox").fill("Apple");
  await expect(save, "what is not listed is not saved").toHaveCount(0);
});

test("files are chosen with the keys", async ({ page }) => {
  const browser = await browse(page);
  await browser.getByRole("textbox").fill("txt");
  await expect(browser.getByRole("listitem")).toHaveCount(4);
  await page.keyboard.press("Control+A");
  await expect(browser.getByRole("checkbox", { checked: true }), "the word is meant").toHaveCount(0);
  await page.keyboard.press("ArrowDown");
  await expect(browser.getByRole("button", { name: /^zebra/ }), "the file itself first").toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await expect(browser.getByRole("checkbox", { name: "Select Apple.txt" })).toBeFocused();
  await page.keyboard.press("Space");
  await expect(browser.getByRole("checkbox", { checked: true })).toHaveCount(2);
  await page.keyboard.press("Control+A");
  await expect(browser.getByRole("checkbox", { checked: true })).toHaveCount(4);
  await browser.getByRole("button", { name: "Select none" }).click();
  await expect(browser.getByRole("checkbox", { checked: true })).toHaveCount(0);
});

test("a range begins at the file that was chosen last, also in another order", async ({ page }) => {
  const browser = await browse(page);
  await browser.getByRole("textbox").fill("txt");
  await expect(browser.getByRole("listitem")).toHaveCount(4);
  await browser.getByRole("checkbox", { name: "Select zebra.txt" }).click();
  await order(browser, page, "By name");
  await expect.poll(async () => (await names(browser)).at(-1)).toBe("zebra.txt");
  await browser.getByRole("checkbox", { name: "Select bill 10.txt" }).click({ modifiers: ["Shift"] });
  await expect(browser.getByRole("checkbox", { checked: true }), "the two alone").toHaveCount(2);
});

test("whoever asks for older files with the keys goes on at the first that comes", async ({ page }) => {
  const browser = await browse(page);
  const before = await names(browser);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowDown");
  const older = browser.getByRole("button", { name: "Show more files" });
  await expect(older).toBeFocused();
  await page.keyboard.press("Enter");
  const first = browser.getByRole("listitem").nth(before.length);
  await expect(first.getByRole("button").first()).toBeFocused();
});

test("another order begins at its top", async ({ page }) => {
  await openWindow(page);
  const files = Array.from({ length: 40 }, (_, at) => [`scan ${at}.txt`, "text/plain", at] as const);
  await receive(page, { subject: "Many scans", files: files.map((each) => [...each]) });
  await page.keyboard.press("Shift+B");
  const browser = page.getByRole("dialog", { name: "Files in All inboxes" });
  const list = browser.getByRole("list", { name: "Attachments" });
  await browser.getByRole("textbox").fill("scan");
  await expect(browser.getByRole("listitem")).toHaveCount(40);
  await list.evaluate((all) => all.scrollTo({ top: all.scrollHeight }));
  await expect(browser.getByRole("listitem").first()).not.toBeInViewport();
  await order(browser, page, "By name");
  await expect(browser.getByRole("listitem").first()).toBeInViewport();
});
