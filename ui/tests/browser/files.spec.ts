// Files that are looked at: their keys where one arrives and where something else needs them. The browser of all files of some
// folders: as it was when one comes back to it, its words, and the way to a letter.
import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import { openWindow, reading, receive, row, subject, type InMemory } from "./stage";

const dialog = (page: Page, name: string) => page.getByRole("dialog", { name });

/** Opens the first of some files of a letter. */
async function lookAt(page: Page, ...files: [name: string, mediaType: string, size: number][]) {
  await openWindow(page);
  await receive(page, { subject: "Files to look at", files });
  await row(page, /Files to look at/).click();
  await reading(page)
    .getByRole("button", { name: new RegExp(`^Open ${files[0]?.[0] ?? ""}`) })
    .click();
}

test("the arrows go from file to file from where one arrives", async ({ page }) => {
  await lookAt(page, ["pier.jpg", "image/jpeg", 40_000], ["notes.txt", "text/plain", 900]);
  await expect(dialog(page, "pier.jpg").getByRole("img")).toBeVisible();
  await page.keyboard.press("ArrowRight");
  const text = dialog(page, "notes.txt").locator("pre");
  await expect(text, "a text is read with the keys at once").toBeFocused();
  const place = () => text.evaluate((element) => element.scrollTop);
  await page.keyboard.press("End");
  await expect.poll(place).toBeGreaterThan(0);
  await page.keyboard.press("ArrowLeft");
  await expect(dialog(page, "pier.jpg").getByRole("img")).toBeVisible();
  await page.keyboard.press("ArrowLeft");
  await expect(text, "round to the last").toBeFocused();
  await page.keyboard.press("Shift+ArrowRight");
  await expect(text, "that is another key").toBeVisible();
  await dialog(page, "notes.txt").getByRole("button", { name: "Close" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(dialog(page, "pier.jpg"), "wherever the focus is").toBeVisible();
});

test("the keys of a PDF work where one arrives and at each button, and move a page that is wide", async ({
  page,
}) => {
  await lookAt(page, ["timetable.pdf", "application/pdf", 40_000], ["pier.jpg", "image/jpeg", 40_000]);
  const pages = dialog(page, "timetable.pdf");
  await expect(pages.getByText("Page 1 of timetable.pdf")).toBeAttached();
  await page.keyboard.press("PageDown");
  await expect(pages.getByText("Page 2 of 2")).toBeVisible();
  await pages.getByRole("button", { name: "Close" }).focus();
  await page.keyboard.press("Home");
  await expect(pages.getByText("Page 1 of 2")).toBeVisible();
  for (let times = 0; times < 3; times++) await page.keyboard.press("+");
  await expect(pages.getByText("200 %")).toBeVisible();
  const stage = pages.getByRole("document");
  await expect.poll(() => stage.evaluate((at) => at.scrollWidth > at.clientWidth)).toBe(true);
  await stage.focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => stage.evaluate((at) => at.scrollLeft), "the page moves").toBeGreaterThan(0);
  await expect(pages, "and no other file comes").toBeVisible();
  await page.keyboard.press("0");
  await expect.poll(() => stage.evaluate((at) => at.scrollWidth > at.clientWidth)).toBe(false);
  await page.keyboard.press("ArrowRight");
  await expect(dialog(page, "pier.jpg")).toBeVisible();
});

test("a PDF is shown where the web view cannot walk through a stream", async ({ page }) => {
  // As that of Linux, which has no asynchronous iterator of streams.
  await page.addInitScript(() => {
    Reflect.deleteProperty(ReadableStream.prototype, Symbol.asyncIterator);
    Reflect.deleteProperty(ReadableStream.prototype, "values");
  });
  await lookAt(page, ["timetable.pdf", "application/pdf", 40_000]);
  const pages = dialog(page, "timetable.pdf");
  await expect(
    pages.getByText("Page 1 of timetable.pdf"),
    "its words, for those who hear them",
  ).toBeAttached();
  await expect(pages.getByRole("alert")).toHaveCount(0);
  await page.keyboard.press("End");
  await expect(pages.getByText("Page 2 of timetable.pdf")).toBeAttached();
});

test("a picture is made larger with the keys, and moved then", async ({ page }) => {
  await lookAt(page, ["pier.jpg", "image/jpeg", 40_000], ["notes.txt", "text/plain", 900]);
  const sheet = dialog(page, "pier.jpg");
  const width = () => sheet.getByRole("img").evaluate((image) => image.clientWidth);
  await expect(sheet.getByRole("status")).toHaveText("Fits");
  await expect.poll(width, "no larger than it is").toBe(640);
  for (let times = 0; times < 3; times++) await page.keyboard.press("+");
  await expect(sheet.getByRole("status")).toHaveText("300 %");
  await expect.poll(width).toBe(1920);
  await expectAccessible(page, "a picture that is larger than its place", "[role=dialog]");
  const stage = sheet.getByRole("document");
  const middle = () => stage.evaluate((at) => (at.scrollLeft + at.clientWidth / 2) / at.scrollWidth);
  await expect.poll(middle, "what was in the middle stays there").toBeCloseTo(0.5, 2);
  const left = await stage.evaluate((at) => at.scrollLeft);
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => stage.evaluate((at) => at.scrollLeft), "the picture moves").toBeGreaterThan(left);
  await expect(sheet, "and no other file comes").toBeVisible();
  await page.keyboard.press("-");
  await expect(sheet.getByRole("status")).toHaveText("200 %");
  await page.keyboard.press("0");
  await expect(sheet.getByRole("status")).toHaveText("Fits");
  const close = () => sheet.getByRole("button", { name: "Close" }).boundingBox();
  const before = await close();
  await page.keyboard.press("ArrowRight");
  const after = await dialog(page, "notes.txt").getByRole("button", { name: "Close" }).boundingBox();
  expect(after, "the buttons stay where they are").toEqual(before);
});

test("a long caution takes its room from the picture, and the sheet does not scroll", async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 600 });
  await lookAt(page, ["pier.jpg", "image/jpeg", 40_000], ["notes.txt", "text/plain", 900]);
  const sheet = dialog(page, "pier.jpg");
  await expect(sheet.getByRole("img")).toBeVisible();
  await sheet.getByRole("heading").evaluate((title) => {
    const caution = document.createElement("p");
    caution.textContent = "This file is not what its name says. ".repeat(12);
    title.after(caution);
  });
  await expect
    .poll(() => sheet.evaluate((at) => at.scrollHeight - at.clientHeight), "nothing to scroll")
    .toBe(0);
  await expect(sheet.getByRole("img")).toBeInViewport({ ratio: 1 });
});

test("a picture that is broken says so", async ({ page }) => {
  await lookAt(page, ["broken.png", "image/png", 900]);
  await expect(dialog(page, "broken.png").getByRole("alert")).toContainText("This picture is broken");
});

test("what may do harm says so beside what is shown of it", async ({ page }) => {
  await lookAt(page, ["sign in.html", "text/html", 900], ["notes.txt", "text/plain", 900]);
  const sheet = dialog(page, "sign in.html");
  await expect(sheet).toContainText("It is a page that opens in the browser");
  const buttons = (name: string) => dialog(page, name).getByRole("button", { name: "Close" }).boundingBox();
  await expect(sheet.locator("pre")).toBeVisible();
  const before = await buttons("sign in.html");
  await page.keyboard.press("ArrowRight");
  await expect(dialog(page, "notes.txt")).not.toContainText("It is a page");
  await expect(dialog(page, "notes.txt").locator("pre")).toBeVisible();
  expect(await buttons("notes.txt"), "what is said above moves no button").toEqual(before);
});

test("a name that is too long for its place keeps its ending, and saving covers none", async ({ page }) => {
  await openWindow(page);
  const long = `${"a name that goes on and on ".repeat(7)}.pdf.exe`;
  await receive(page, {
    subject: "Long names",
    files: [
      [long, "application/octet-stream", 900],
      ["pier.jpg", "image/jpeg", 40_000],
    ],
  });
  await row(page, /Long names/).click();
  const file = reading(page).getByRole("button", { name: /^Open a name that goes on/ });
  const ending = file.getByText("d on .pdf.exe", { exact: true });
  const [outer, inner] = [await file.boundingBox(), await ending.boundingBox()];
  if (outer === null || inner === null) throw new Error("they are not seen");
  expect(inner.x + inner.width, "it ends within its button").toBeLessThan(outer.x + outer.width);
  const box = await reading(page).getByText("pier.jpg").boundingBox();
  const save = await reading(page).getByRole("button", { name: "Save pier.jpg" }).boundingBox();
  if (box === null || save === null) throw new Error("they are not seen");
  expect(save.x, "saving stands beside the name").toBeGreaterThanOrEqual(box.x + box.width);
});

test("a sound is sought with the arrows once it has the focus", async ({ page }) => {
  await lookAt(page, ["bell.wav", "audio/wav", 8_000], ["pier.jpg", "image/jpeg", 40_000]);
  const sound = dialog(page, "bell.wav").locator("audio");
  await expect.poll(() => sound.evaluate((audio: HTMLAudioElement) => audio.duration)).toBe(1);
  await sound.focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => sound.evaluate((audio: HTMLAudioElement) => audio.currentTime)).toBeGreaterThan(0);
  await expect(dialog(page, "bell.wav")).toBeVisible();
  await dialog(page, "bell.wav").getByRole("button", { name: "Close" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(dialog(page, "pier.jpg")).toBeVisible();
});

/** Reports come in, one a letter; then the browser of all inboxes is opened. */
async function browse(page: Page): Promise<Locator> {
  await openWindow(page);
  for (let number = 1; number <= 7; number++)
    await receive(page, {
      subject: `Report ${number}`,
      files: [
        number === 7
          ? ["report-7.exe", "application/octet-stream", 900]
          : [`report-${number}.txt`, "text/plain", 900],
      ],
    });
  await page.keyboard.press("Shift+B");
  const browser = dialog(page, "Files in All inboxes");
  await expect(browser.getByRole("listitem").first()).toBeVisible();
  return browser;
}

test("the list of files scrolls between the words and the buttons, in straight columns", async ({ page }) => {
  await openWindow(page);
  const names = Array.from({ length: 60 }, (_, number) => `scan-${number}.${number % 2 ? "txt" : "html"}`);
  await receive(page, {
    subject: "Many scans",
    files: names.map((name, number) => [name, "text/plain", 9 ** (1 + (number % 6))]),
  });
  await page.keyboard.press("Shift+B");
  const browser = dialog(page, "Files in All inboxes");
  await expect(browser.getByRole("listitem").first()).toBeVisible();
  const list = await browser.getByRole("list").boundingBox();
  const older = await browser.getByRole("button", { name: "Show more files" }).boundingBox();
  const close = await browser.getByRole("button", { name: "Close" }).boundingBox();
  if (list === null || older === null || close === null) throw new Error("they are not seen");
  expect(older.y, "what is below the list is below it").toBeGreaterThanOrEqual(list.y + list.height);
  expect(close.y).toBeGreaterThanOrEqual(older.y + older.height);
  const last = browser.getByRole("listitem").last();
  // Near the end more of them come, until there are no more.
  const beyond = async () => {
    await browser.getByRole("list").evaluate((all) => all.scrollTo({ top: all.scrollHeight }));
    return last.evaluate((item) => {
      const end = item.closest("ul")?.getBoundingClientRect().bottom ?? 0;
      return item.getBoundingClientRect().bottom - end;
    });
  };
  await expect.poll(beyond, "and the last file is reached above what is below").toBeLessThanOrEqual(0);
  const starts = await browser
    .getByRole("listitem")
    .getByText("Many scans")
    .evaluateAll((cells) => cells.map((cell) => Math.round(cell.getBoundingClientRect().left)));
  expect(new Set(starts).size, "each begins below the one above").toBe(1);
  await expectAccessible(page, "a long list of files", "[role=dialog]");
});

test("up and down go through the files, to what does the same in the next", async ({ page }) => {
  const browser = await browse(page);
  await expect(browser.getByRole("textbox")).toBeFocused();
  const files = browser.getByRole("listitem");
  await page.keyboard.press("ArrowDown");
  await expect(files.nth(0).getByRole("button").first()).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(files.nth(1).getByRole("button").first()).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowUp");
  await expect(files.nth(0).getByRole("button").nth(1), "the way to its letter").toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(browser.getByRole("textbox"), "above the first are the words").toBeFocused();
  await page.keyboard.press("Control+ArrowDown");
  await expect(browser.getByRole("textbox"), "that is another key").toBeFocused();
  await files.last().getByRole("button").first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(browser.getByRole("button", { name: "Show more files" })).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(files.last().getByRole("button").first()).toBeFocused();
});

test("a file is dragged out of the list of files, as out of its letter", async ({ page }) => {
  const browser = await browse(page);
  const box = await browser.getByText("report-6.txt").boundingBox();
  if (box === null) throw new Error("it is not seen");
  await page.evaluate(() => {
    window.addEventListener("dragstart", (event) =>
      Object.assign(globalThis, { handedOut: event.dataTransfer?.getData("text/uri-list") }),
    );
  });
  await page.mouse.move(box.x + 5, box.y + 5);
  await page.mouse.down();
  await page.waitForTimeout(250);
  for (const step of [4, 12, 60]) await page.mouse.move(box.x + 5 + step, box.y + 5);
  await page.mouse.up();
  const handedOut = () => page.evaluate(() => (globalThis as unknown as { handedOut?: string }).handedOut);
  await expect.poll(handedOut).toMatch(/^file:\/\/\/.*\/report-6\.txt$/);
});

test("the list of files stays as large while one types", async ({ page }) => {
  const browser = await browse(page);
  const close = () => browser.getByRole("button", { name: "Close" }).boundingBox();
  const before = await close();
  await browser.getByRole("textbox").fill("report-6");
  await expect(browser.getByRole("listitem")).toHaveCount(1);
  await expect(browser.getByRole("button", { name: "Show more files" })).toHaveCount(0);
  expect(await close(), "the button stays where it is").toEqual(before);
});

test("closing a file leads back into the browser of files, which is as it was", async ({ page }) => {
  const browser = await browse(page);
  const older = browser.getByRole("button", { name: "Show more files" });
  await older.click();
  await expect(browser.getByRole("button", { name: /^report-4/ })).toBeVisible();
  await older.click();
  const third = browser.getByRole("button", { name: /^report-3\.txt/ });
  await expect(third).toBeVisible();
  await browser.getByRole("textbox").fill("report jonas");
  await expect(browser.getByRole("listitem")).toHaveCount(7);
  await third.click();
  await expect(dialog(page, "report-3.txt").getByText("4 of 6")).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await expect(dialog(page, "report-2.txt").locator("pre"), "of the next letter").toContainText("report-2");
  await expectAccessible(page, "a file in front of the browser");
  await dialog(page, "report-2.txt").getByRole("button", { name: "Close" }).click();
  await expect(browser.getByRole("textbox")).toHaveValue("report jonas");
  await expect(browser.getByRole("listitem")).toHaveCount(7);
  await expect(third, "where it was left").toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog(page, "report-3.txt")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(third).toBeFocused();
  await browser.getByRole("button", { name: /^report-7/ }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel" }).click();
  await expect(browser.getByRole("listitem"), "after a warning too").toHaveCount(7);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("words are looked for in all files, and each file leads to its letter", async ({ page }) => {
  const browser = await browse(page);
  await expect(browser.getByRole("button", { name: /^report-1\.txt/ }), "not listed yet").toHaveCount(0);
  await browser.getByRole("textbox").fill("ＲEPORT-1");
  await expect(browser.getByRole("listitem")).toHaveCount(1);
  await browser.getByRole("textbox").fill("bill october");
  await expect(browser.getByRole("listitem")).toHaveCount(1);
  const opened = page.waitForEvent("popup");
  await browser.getByRole("button", { name: /^Open the letter that brought / }).click();
  const own = await opened;
  await expect(subject(own)).toHaveText("Your bill for October");
  await own.close();
  await browser.getByRole("textbox").fill("no such words");
  await expect(browser.getByRole("status")).toContainText("No file has these words.");
  await expect(browser.getByRole("button", { name: "Show more files" }), "there is none").toHaveCount(0);
  await expectAccessible(page, "no file by these words", "[role=dialog]");
});

test("a list that is not whole says so, and how many files there are", async ({ page }) => {
  await openWindow(page);
  await receive(page, { subject: "A map", files: [["map.txt", "text/plain", 900]] });
  const unlisted = (count: number) =>
    page.evaluate((unlisted) => {
      Object.assign((globalThis as unknown as InMemory).waxwing.world, { unlisted });
    }, count);
  await unlisted(41);
  await page.keyboard.press("Shift+B");
  const browser = dialog(page, "Files in All inboxes");
  await expect(browser.getByRole("status")).toContainText("41 older letters are still being looked into");
  await expectAccessible(page, "a list of files that is not whole", "[role=dialog]");
  await browser.getByRole("textbox").fill("map.txt");
  await expect(browser.getByRole("status")).toContainText("1 file. 41 older letters");
  await unlisted(0);
  await expect(browser.getByRole("status"), "it is asked for again").toHaveText("1 file.");
});

test("nothing in a row moves when its file is saved", async ({ page }) => {
  const browser = await browse(page);
  const first = browser.getByRole("listitem").first();
  const places = () =>
    first
      .locator("button:not([aria-label^=Show]), small, time")
      .evaluateAll((all) => all.map((each) => Math.round(each.getBoundingClientRect().right)));
  const before = await places();
  await first.getByRole("button", { name: /^Save / }).click();
  await expect(first.getByRole("button", { name: /in its folder$/ })).toBeVisible();
  expect(await places()).toEqual(before);
});

test("nothing in a letter moves when one of its files is saved", async ({ page }) => {
  await openWindow(page);
  await receive(page, {
    subject: "Two maps",
    files: [
      ["north.txt", "text/plain", 900],
      ["south.txt", "text/plain", 900],
    ],
  });
  await row(page, /Two maps/).click();
  const files = reading(page).getByRole("list", { name: "Attachments" }).getByRole("listitem");
  const places = () =>
    files.evaluateAll((all) =>
      all.map((each) => {
        const { left, right } = each.getBoundingClientRect();
        const save = each.querySelector("[aria-label^=Save]")?.getBoundingClientRect().left;
        return [left, right, save].map((at) => Math.round(at ?? -1));
      }),
    );
  await expect(files).toHaveCount(2);
  const before = await places();
  await reading(page).getByRole("button", { name: "Save north.txt" }).click();
  await expect(reading(page).getByRole("button", { name: "Show north.txt in its folder" })).toBeVisible();
  expect(await places()).toEqual(before);
});
