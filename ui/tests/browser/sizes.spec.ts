// How large letters are shown, and everything in the window: two sizes, each of which is chosen by itself and remembered.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import { openWindow, reading, receive, row, setting, settled } from "./stage";

const text = (page: Page) => page.frameLocator("iframe").getByText("Good evening");

/** How high a line of the letter is, in the window's pixels. */
async function line(page: Page): Promise<number> {
  return settled(async () => (await text(page).boundingBox())?.height ?? 0);
}

test.beforeEach(async ({ page }) => {
  await openWindow(page);
  await receive(page, { subject: "The sizes", html: "<p>Good evening</p>" });
  await row(page, /The sizes/).click();
  await expect(text(page)).toBeVisible();
});

test("Ctrl with plus, minus and nought are the letter's, and the window stays as it is", async ({ page }) => {
  const usual = await line(page);
  const list = await page.getByRole("button", { name: "Compose" }).boundingBox();
  await page.keyboard.press("Control++");
  expect(await line(page)).toBeCloseTo(usual * 1.1, 0);
  await expect.poll(() => setting(page, "letterSize"), "it is remembered").toBe("110");
  expect(await page.getByRole("button", { name: "Compose" }).boundingBox()).toEqual(list);
  await page.keyboard.press("Control+-");
  await page.keyboard.press("Control+-");
  expect(await line(page)).toBeCloseTo(usual * 0.9, 0);
  await page.keyboard.press("Control+0");
  expect(await line(page)).toBeCloseTo(usual, 0);
});

test("the wheel with Ctrl makes letters larger, over their text and beside it", async ({ page }) => {
  const usual = await line(page);
  await text(page).hover();
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -120);
  await expect.poll(() => setting(page, "letterSize"), "over the text").toBe("110");
  await reading(page).getByRole("heading", { level: 1 }).hover();
  await page.mouse.wheel(0, -120);
  await expect.poll(() => setting(page, "letterSize"), "over the subject").toBe("125");
  await page.keyboard.up("Control");
  await page.mouse.wheel(0, -120);
  expect(await line(page), "without Ctrl it scrolls").toBeCloseTo(usual * 1.25, 0);
  expect(await page.evaluate(() => window.devicePixelRatio), "the window is as large as before").toBe(1);
});

test("a letter's menu has the sizes, with their keys", async ({ page }) => {
  const usual = await line(page);
  const choose = async (name: string) => {
    await reading(page).getByRole("article").hover();
    await reading(page).getByRole("button", { name: "More for this letter" }).click();
    await page.getByRole("menuitem", { name }).click();
  };
  await choose("Letters larger Ctrl +");
  expect(await line(page)).toBeCloseTo(usual * 1.1, 0);
  await choose("Letters smaller Ctrl -");
  await choose("Letters smaller Ctrl -");
  expect(await line(page)).toBeCloseTo(usual * 0.9, 0);
  await choose("Letters in their usual size Ctrl 0");
  expect(await line(page)).toBeCloseTo(usual, 0);
});

test("everything in the window is twice as large where the settings say so, and letters beside that", async ({
  page,
}) => {
  const usual = await line(page);
  const button = async () => (await page.getByRole("button", { name: "Compose" }).boundingBox())?.height ?? 0;
  const height = await button();
  await page.keyboard.press("Control+,");
  const sheet = page.getByRole("dialog", { name: "Settings" });
  await expectAccessible(page, "the choices of appearance", "[role=dialog]");
  const choose = async (what: string, choice: string) => {
    await sheet.getByRole("button", { name: what }).click();
    await page.getByRole("option", { name: choice, exact: true }).click();
  };
  await choose("Size of letters", "150 %");
  await expect.poll(() => setting(page, "letterSize")).toBe("150");
  await choose("Size of everything in the windows", "200 %");
  await expect.poll(() => setting(page, "windowSize")).toBe("200");
  await expect(sheet.getByRole("button", { name: "Size of everything in the windows" })).toContainText(
    "200 %",
  );
  await page.keyboard.press("Escape");
  expect(await settled(button)).toBeCloseTo(height * 2, 0);
  expect(await line(page), "told within the window, which is larger").toBeCloseTo(usual * 1.5, 0);
});

test("what is read stays where it is while letters get another size", async ({ page }) => {
  const chapters = Array.from(
    { length: 30 },
    (_, at) => `<h2>Chapter ${at + 1}</h2><p>${"Words that flow anew in every width. ".repeat(30)}</p>`,
  );
  await receive(page, { subject: "A book", html: chapters.join("") });
  await row(page, /A book/).click();
  const chapter = page.frameLocator("iframe").getByRole("heading", { name: "Chapter 12", exact: true });
  await expect(chapter).toBeAttached();
  const place = () =>
    settled(async () => {
      const [at, pane] = [await chapter.boundingBox(), await reading(page).boundingBox()];
      return (at?.y ?? 0) - (pane?.y ?? 0);
    });
  await chapter.evaluate((element) => element.scrollIntoView({ block: "start" }));
  const before = await place();
  for (const key of ["Control++", "Control++", "Control++"]) await page.keyboard.press(key);
  await expect.poll(() => setting(page, "letterSize")).toBe("150");
  expect(Math.abs((await place()) - before), "larger").toBeLessThan(40);
  await page.keyboard.press("Control+0");
  expect(Math.abs((await place()) - before), "and as large as before").toBeLessThan(40);
});
