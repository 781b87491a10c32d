// Files whose look the window cannot show, and what it shows of them instead: what is in an archive, the words of a document, and that a
// picture is of a kind that is not drawn here. And where files went that were saved.
import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import { openWindow, reading, receive, row, toast, type InMemory } from "./stage";

const dialog = (page: Page, name: string | RegExp) => page.getByRole("dialog", { name });

/** Opens a letter with some files. */
async function receiveFiles(page: Page, ...files: [name: string, mediaType: string, size: number][]) {
  await openWindow(page);
  await receive(page, { subject: "Files to look at", files });
  await row(page, /Files to look at/).click();
}

const open = (page: Page, name: string) =>
  reading(page)
    .getByRole("button", { name: new RegExp(`^Open ${name}`) })
    .click();

const shown = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...(globalThis as unknown as InMemory).waxwing.world.shown]);

test("what is in an archive is listed, and what may do harm in it is named before it is opened", async ({
  page,
}) => {
  await receiveFiles(page, ["bills.zip", "application/zip", 400_000], ["notes.txt", "text/plain", 900]);
  await open(page, "bills.zip");
  const sheet = dialog(page, "bills.zip");
  await expect(sheet, "by its name, with the ending").toContainText(
    "In it is a file that may do harm: papers/invoice.pdf .exe",
  );
  const files = sheet.getByRole("list", { name: "What is in it" });
  await expect(files.getByRole("listitem")).toHaveCount(2);
  await expect(files).toContainText("a program, a disguised name");
  await expect(files).toBeFocused();
  await expectAccessible(page, "what is in an archive", "[role=dialog]");
  await sheet.getByRole("button", { name: "Open with a program" }).click();
  const question = page.getByRole("alertdialog", { name: "This file may do harm" });
  await expect(question).toContainText("papers/invoice.pdf .exe");
  await expect(question.getByRole("button", { name: "Cancel" }), "nothing is opened by Enter").toBeFocused();
  await question.getByRole("button", { name: "Open anyway" }).click();
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
});

test("an archive of harmless files is opened without a word", async ({ page }) => {
  await receiveFiles(page, ["photos.zip", "application/zip", 400_000]);
  await open(page, "photos.zip");
  const sheet = dialog(page, "photos.zip");
  await expect(sheet.getByRole("listitem")).toHaveCount(2);
  await expect(sheet).toContainText("2 files");
  await sheet.getByRole("button", { name: "Open with a program" }).click();
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
});

test("what is encrypted, and what cannot be looked into, says so", async ({ page }) => {
  await receiveFiles(
    page,
    ["locked.zip", "application/zip", 9_000],
    ["all.7z", "application/x-7z-compressed", 9_000],
  );
  await open(page, "locked.zip");
  await expect(dialog(page, "locked.zip")).toContainText("is encrypted, and cannot be looked into");
  await expect(dialog(page, "locked.zip").getByRole("listitem")).toContainText("encrypted");
  await page.keyboard.press("ArrowRight");
  const other = dialog(page, "all.7z");
  await expect(other).toContainText("It is an archive that Waxwing cannot look into");
  await other.getByRole("button", { name: "Open with a program" }).click();
  await expect(page.getByRole("alertdialog", { name: "Nobody knows what is in this file" })).toBeVisible();
});

test("an archive is asked about before it is dragged out, once it was looked into", async ({ page }) => {
  await receiveFiles(page, ["bills.zip", "application/zip", 400_000]);
  await dragOut(page, reading(page).getByText("bills.zip"));
  const question = page.getByRole("alertdialog", { name: "This file may do harm" });
  if (!(await question.isVisible())) await dragOut(page, reading(page).getByText("bills.zip"));
  await expect(question).toContainText("papers/invoice.pdf .exe");
  await expect(question.getByRole("button", { name: "Drag it anyway" })).toBeVisible();
});

async function dragOut(page: Page, file: Locator): Promise<void> {
  const box = await file.boundingBox();
  if (box === null) throw new Error("it is not seen");
  await page.mouse.move(box.x + 5, box.y + 5);
  await page.mouse.down();
  await page.waitForTimeout(400);
  for (const step of [4, 12, 60]) await page.mouse.move(box.x + 5 + step, box.y + 5);
  await page.mouse.up();
}

test("the words of a document are shown, and said to be that alone", async ({ page }) => {
  await receiveFiles(
    page,
    ["plan.docx", "application/octet-stream", 40_000],
    ["minutes.rtf", "text/rtf", 9_000],
  );
  await open(page, "plan.docx");
  const sheet = dialog(page, "plan.docx");
  await expect(sheet).toContainText("Text only: what this file looks like");
  await expect(sheet.locator("pre")).toContainText("The words of plan.docx");
  await expect(sheet.locator("pre"), "it is read with the keys at once").toBeFocused();
  await expectAccessible(page, "the words of a document", "[role=dialog]");
  await page.keyboard.press("ArrowRight");
  await expect(dialog(page, "minutes.rtf").locator("pre")).toContainText("The words of minutes.rtf");
});

test("a picture of a kind that is not drawn here says so, with the way to a program", async ({ page }) => {
  await receiveFiles(page, ["scan.tif", "image/tiff", 40_000], ["photo.heic", "image/heic", 9_000]);
  await open(page, "scan.tif");
  await expect(dialog(page, "scan.tif")).toContainText("Pictures of this kind cannot be shown here.");
  await page.keyboard.press("ArrowRight");
  await expect(dialog(page, "photo.heic")).toContainText("Pictures of this kind cannot be shown here.");
});

test("what was saved is shown in its folder, from the toast and from the file", async ({ page }) => {
  await receiveFiles(page, ["pier.jpg", "image/jpeg", 40_000], ["notes.txt", "text/plain", 900]);
  const show = reading(page).getByRole("button", { name: "Show pier.jpg in its folder" });
  await expect(show, "it was not saved yet").toHaveCount(0);
  await reading(page).getByRole("button", { name: "Save pier.jpg" }).click();
  await toast(page).getByRole("button", { name: "Show in folder" }).click();
  await expect.poll(() => shown(page)).toEqual(["/home/lena/Downloads/pier.jpg"]);
  await expectAccessible(page, "a file that was saved");
  await show.click();
  await expect.poll(() => shown(page)).toHaveLength(2);
  await reading(page).getByRole("button", { name: "Save all 2 files" }).click();
  await toast(page).getByRole("button", { name: "Show in folder" }).click();
  await expect.poll(async () => (await shown(page)).at(-1)).toBe("/home/lena/Downloads");
});

test("where no program shows folders it is said where the file is, and its path is copied", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await receiveFiles(page, ["pier.jpg", "image/jpeg", 40_000]);
  await page.evaluate(() => {
    Object.assign((globalThis as unknown as InMemory).waxwing.world, { showsFolders: false });
  });
  await reading(page).getByRole("button", { name: "Save pier.jpg" }).click();
  await toast(page).getByRole("button", { name: "Show in folder" }).click();
  await expect(toast(page)).toContainText(
    "No program that shows folders has answered. The file is here: /home/lena/Downloads/pier.jpg",
  );
  await expectAccessible(page, "no program for folders");
  await toast(page).getByRole("button", { name: "Copy path" }).click();
  await expect(toast(page)).toContainText("/home/lena/Downloads/pier.jpg is copied.");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("/home/lena/Downloads/pier.jpg");
});
