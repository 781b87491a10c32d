// Letters within letters: an archive lists all that it has, page by page, and a letter within another tells what is odd about it and
// what it reports, is shown as text, and has its source.
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import type { Page } from "@playwright/test";
import { openWindow, reading, receive, row, toast, type InMemory } from "./stage";

/** By the menu of the letter that is in front. */
async function choose(page: Page, entry: string): Promise<void> {
  await page.getByRole("dialog").last().getByRole("button", { name: "More for this letter" }).click();
  await page
    .getByRole("menuitem", { name: entry })
    .or(page.getByRole("menuitemcheckbox", { name: entry }))
    .click();
}

test("all letters of a large archive are reached", async ({ page }) => {
  await openWindow(page);
  await receive(page, { subject: "Of old", files: [["large.mbox", "application/x-mbox", 9_000_000]] });
  await row(page, /Of old/).click();
  await reading(page)
    .getByRole("button", { name: /^Open large.mbox/ })
    .click();
  const archive = page.getByRole("dialog", { name: "large.mbox" });
  await expect(archive.getByText("1,203 letters, of which the first 500 are listed")).toBeVisible();
  await archive.getByRole("button", { name: "List more" }).click();
  await expect(archive.getByText("1,203 letters, of which the first 1,000 are listed")).toBeVisible();
  await archive.getByRole("button", { name: "List more" }).click();
  await expect(archive.getByText("1,203 letters", { exact: true })).toBeVisible();
  await expect(archive.getByRole("button", { name: "List more" })).toHaveCount(0);
  await archive.getByRole("button", { name: /Letter 1203 of the archive/ }).click();
  await expect(page.getByRole("dialog", { name: "Letter 1203 of the archive" })).toBeVisible();
});

test("the letters of an archive are gone through with the arrows", async ({ page }) => {
  await openWindow(page);
  await receive(page, { subject: "Of old", files: [["large.mbox", "application/x-mbox", 9_000_000]] });
  await row(page, /Of old/).click();
  await reading(page)
    .getByRole("button", { name: /^Open large.mbox/ })
    .click();
  const archive = page.getByRole("dialog", { name: "large.mbox" });
  const letters = archive.getByRole("listitem").getByRole("button");
  await expect(letters.first(), "the keys begin in the list").toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await expect(letters.nth(1)).toBeFocused();
  await page.keyboard.press("End");
  await expect(letters.nth(499)).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowUp");
  await expect(letters.first(), "before the first there is nothing").toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Letter 1 of the archive" })).toBeVisible();
});

test("a file that is no archive is told to be none, and is one letter", async ({ page }) => {
  await openWindow(page);
  await receive(page, { subject: "Of old", files: [["packed.mbox", "application/x-mbox", 9_000]] });
  await row(page, /Of old/).click();
  await reading(page)
    .getByRole("button", { name: /^Open packed.mbox/ })
    .click();
  const archive = page.getByRole("dialog", { name: "packed.mbox" });
  await expect(archive.getByText(/is not an archive of letters/)).toBeVisible();
  await archive.getByRole("button", { name: /Letter 1 of the archive/ }).click();
  const letter = page.getByRole("dialog", { name: "Letter 1 of the archive" });
  await expect(letter).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(letter).toHaveCount(0);
  await expect(archive, "one step back").toBeVisible();
});

test("a letter within a letter says what is odd, what it reports, and is shown as text and at its source", async ({
  page,
}) => {
  await openWindow(page);
  await receive(page, {
    subject: "Passed on",
    files: [["within.eml", "message/rfc822", 4_000]],
    oddities: ["Its text ends in the middle."],
  });
  await page.evaluate(() => {
    const { world } = (globalThis as unknown as InMemory).waxwing;
    const letter = [...world.letters.values()].find(({ subject }) => subject === "Passed on");
    if (letter !== undefined)
      letter.reports = [
        {
          recipient: "mika@perala.example",
          fate: "failed",
          words: "No such mailbox.",
          addressed: true,
          by: "server",
          other: null,
        },
      ];
  });
  await row(page, /Passed on/).click();
  await reading(page)
    .getByRole("button", { name: /^Open within.eml/ })
    .click();
  const within = page.getByRole("dialog", { name: "within.eml" });
  await expect(within.getByText("Its text ends in the middle.")).toBeVisible();
  await expect(within.getByText(/mika@perala.example/)).toBeVisible();
  const text = within.locator("iframe").contentFrame();
  await expect(text.getByText("The letter within the letter.")).toBeVisible();
  await choose(page, "Show as text");
  await expect(text.getByText("The letter within, in brief.")).toBeVisible();
  await expectAccessible(page, "a letter within a letter, as text", "[role=dialog]");
  await choose(page, "Show the source");
  const source = page.getByRole("dialog", { name: /source/i });
  await expect(source.getByText("The letter within", { exact: true })).toBeVisible();
  await source.getByRole("button", { name: "Save as a file" }).click();
  await expect(toast(page)).toContainText("The letter within.eml");
  await source.getByRole("button", { name: "Close" }).click();
  await expect(within.getByText("Its text ends in the middle.")).toBeVisible();
});
