// Files that are looked at: their keys where one arrives and where something else needs them.
import type { Page } from "@playwright/test";
import { expect, test } from "./pace";
import { openWindow, reading, receive, row } from "./stage";

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
