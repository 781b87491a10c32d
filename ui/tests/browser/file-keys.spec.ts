// The browser of files with the keys alone: both ends, a page at a time and the beginning of a name; and what is said while it is open.
import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import { openWindow, receive, row, SHOTS, subject, toast } from "./stage";

/** Many files come with one letter; then the browser of all inboxes is opened. */
async function browse(page: Page): Promise<Locator> {
  await openWindow(page);
  const names = Array.from({ length: 40 }, (_, number) => `scan ${number}.txt`);
  await receive(page, {
    subject: "Many scans",
    files: [...names, "Ångström.txt", "report a.txt", "report b.txt"].map((name) => [
      name,
      "text/plain",
      900,
    ]),
  });
  await page.keyboard.press("Shift+B");
  const browser = page.getByRole("dialog", { name: "Files in All inboxes" });
  await expect(browser.getByRole("listitem").first()).toBeVisible();
  return browser;
}
const file = (browser: Locator, name: string) =>
  browser.getByRole("listitem").filter({ hasText: name }).getByRole("button").first();

test("Home, End and the pages go through the list, and a page ends at its ends", async ({ page }) => {
  const browser = await browse(page);
  const all = browser.getByRole("listitem");
  await browser.getByRole("textbox").fill("scan");
  await expect(all.first()).toContainText("scan");
  await page.keyboard.press("Home");
  await expect(browser.getByRole("textbox"), "among the words it is for the caret").toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await expect(all.last().getByRole("button").first()).toBeFocused();
  await expect(all.last()).toBeInViewport();
  await page.keyboard.press("PageDown");
  await expect(all.last().getByRole("button").first(), "there is no page below").toBeFocused();
  await page.keyboard.press("PageUp");
  await expect(all.last().getByRole("button").first()).not.toBeFocused();
  await page.keyboard.press("Home");
  await expect(all.first().getByRole("button").first()).toBeFocused();
  await page.keyboard.press("PageDown");
  const at = () =>
    all.evaluateAll((items) => items.findIndex((item) => item.contains(document.activeElement)));
  expect(await at(), "as many as are seen, but one").toBeGreaterThan(3);
  await page.keyboard.press("PageUp");
  await expect.poll(at).toBe(0);
});

test("the beginning of a name leads to it, with its spaces, from the same deed to the same", async ({
  page,
}) => {
  const browser = await browse(page);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.type("report b");
  await expect(file(browser, "report b.txt")).toBeFocused();
  await expect(page.getByRole("dialog"), "the space has opened nothing").toHaveCount(1);
  await page.waitForTimeout(1_100);
  await page.keyboard.type("an");
  await expect(file(browser, "Ångström.txt"), "whatever its accents").toBeFocused();
  await page.keyboard.press("Tab");
  await page.waitForTimeout(1_100);
  await page.keyboard.press("r");
  await page.keyboard.press("r");
  const letter = browser.getByRole("listitem").filter({ hasText: "report b.txt" }).getByRole("button").nth(1);
  await expect(letter, "one letter again and again goes to the next").toBeFocused();
});

test("what is said while a dialog is open stands in front of it, covers no button, and closes nothing", async ({
  page,
}) => {
  await page.setViewportSize({ width: 900, height: 600 });
  const browser = await browse(page);
  await browser.getByRole("button", { name: "Save report a.txt" }).click();
  const said = toast(page).getByRole("status").locator("> *");
  await expect(said).toBeVisible();
  const inFront = () =>
    said.evaluate((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    });
  await expect.poll(inFront, "it is seen").toBe(true);
  const [box, close] = [
    await said.boundingBox(),
    await browser.getByRole("button", { name: "Close", exact: true }).boundingBox(),
  ];
  if (box === null || close === null) throw new Error("they are not seen");
  expect(box.x + box.width, "beside the buttons").toBeLessThanOrEqual(close.x);
  await expectAccessible(page, "a sentence in front of a dialog");
  await page.screenshot({ path: `${SHOTS}/files-toast.png` });
  await said.click();
  await expect(browser, "a press on it closes no dialog").toBeVisible();
});

test("the window of a letter is called as its letters are", async ({ page }) => {
  await openWindow(page);
  // The newest letter, which is its row, is called "Re: Lighthouse: final drawings for the lamp room".
  await expect(row(page, /Re: Lighthouse: final/)).toBeVisible();
  await row(page, /Re: Lighthouse: final/).click();
  await expect(subject(page)).toHaveText("Lighthouse: final drawings for the lamp room");
  const opened = page.waitForEvent("popup");
  await page.keyboard.press("w");
  const own = await opened;
  await expect(subject(own)).toHaveText("Lighthouse: final drawings for the lamp room");
  await expect(own).toHaveTitle("Lighthouse: final drawings for the lamp room");
});
