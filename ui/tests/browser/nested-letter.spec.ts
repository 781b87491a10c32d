// A letter within a letter is read with the keys and the menu of any letter: what is looked at, found, printed and saved is that one,
// and what is asked meanwhile goes away without it.
import type { Locator, Page } from "@playwright/test";
import type { Sample } from "../../src/ipc/memory/post";
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import { openWindow, reading, receive, row, settled, SHOTS, toast, type InMemory } from "./stage";

/** Opens the letter within a letter that has just come, and gives its sheet. */
async function openWithin(page: Page, inner: Partial<Sample>): Promise<Locator> {
  await receive(page, {
    subject: "Passed on",
    html: "<p>The letter around it: <b>slipway</b>.</p>",
    files: [["within.eml", "message/rfc822", 4_000]],
    within: {
      "2": { from: "Amara Okafor <amara@kustwerk.example>", subject: "Within", text: "In brief", ...inner },
    },
  });
  await row(page, /Passed on/).click();
  await reading(page)
    .getByRole("button", { name: /^Open within.eml/ })
    .click();
  const sheet = page.getByRole("dialog", { name: "within.eml" });
  await expect(sheet.locator("iframe")).toBeVisible();
  return sheet;
}

const textOf = (sheet: Locator) => sheet.locator("iframe").contentFrame();

test("it is made larger, shown as text and in its own colours, and read in another character set, by key", async ({
  page,
}) => {
  await openWindow(page, { theme: "dark" });
  const sheet = await openWithin(page, { html: '<p style="color:#c8102e">In red</p>' });
  const scheme = () =>
    textOf(sheet)
      .locator("html")
      .evaluate((root) => getComputedStyle(root).colorScheme);
  await expect.poll(scheme).toBe("dark");
  await page.keyboard.press("Shift+O");
  await expect.poll(scheme, "in its sender's colours").toBe("light");
  await page.keyboard.press("Shift+T");
  await expect(textOf(sheet).getByText("In brief")).toBeVisible();
  await page.keyboard.press("Shift+T");
  await expect(textOf(sheet).getByText("In red")).toBeVisible();
  const height = async () => (await sheet.locator("iframe").boundingBox())?.height ?? 0;
  const usual = await settled(height);
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  await expect.poll(height).toBeGreaterThan(usual * 1.15);
  await page.keyboard.press("0");
  await expect.poll(height).toBeLessThan(usual * 1.05);
  await page.keyboard.press("Control+Shift+U");
  const sets = page.getByRole("dialog", { name: "Character set" });
  await sets.getByRole("button", { name: /Read it in/ }).click();
  await page.getByRole("option", { name: "Cyrillic (KOI8-R)" }).click();
  await sets.getByRole("button", { name: "Close" }).click();
  await expect(sets).toHaveCount(0);
  await expect(textOf(sheet).getByText("In red"), "only what was asked goes away").toBeVisible();
  await page.screenshot({ path: `${SHOTS}/nested-letter.png` });
  await expectAccessible(page, "a letter within a letter", "[role=dialog]");
});

test("words are found in it and not in the letter around it, and Escape leads back one step at a time", async ({
  page,
}) => {
  await openWindow(page);
  const sheet = await openWithin(page, { html: "<p>A slipway, and a second slipway.</p>" });
  await page.keyboard.press("Control+f");
  const bar = sheet.getByRole("search", { name: "Find in the conversation" });
  await bar.getByRole("textbox").fill("slipway");
  await expect(bar.getByRole("status")).toHaveText("1 of 2");
  await page.keyboard.press("Enter");
  await expect(bar.getByRole("status")).toHaveText("2 of 2");
  await page.keyboard.press("Escape");
  await expect(bar).toHaveCount(0);
  await expect(textOf(sheet).getByText("A slipway")).toBeVisible();
  await page.keyboard.press("Control+u");
  const source = page.getByRole("dialog", { name: "Source of the letter" });
  await expect(source.getByText("Within", { exact: true }), "its own, by its key").toBeVisible();
  await page.keyboard.press("Escape");
  await expect(source).toHaveCount(0);
  await expect(sheet).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
  await page.keyboard.press("Control+f");
  const outer = reading(page).getByRole("search", { name: "Find in the conversation" });
  await expect(
    outer.getByRole("status"),
    "what is looked for next is looked for in the conversation",
  ).toHaveText("1 of 1");
});

/** Searches for a word, and opens the letter within the letter that it finds, in which it is marked. */
async function openFound(page: Page, before: () => Promise<void> = () => Promise.resolve()) {
  await openWindow(page);
  await receive(page, {
    subject: "Passed on",
    html: "<p>The letter around it: <b>slipway</b>.</p>",
    files: [["within.eml", "message/rfc822", 4_000]],
    within: { "2": { from: "Amara Okafor <amara@kustwerk.example>", html: "<p>A slipway.</p>" } },
  });
  await page.keyboard.press("Control+k");
  await page.keyboard.type("slipway");
  await row(page, /Passed on/).click();
  await expect(reading(page).getByRole("group", { name: "What was searched for" })).toBeVisible();
  await before();
  await reading(page)
    .getByRole("button", { name: /^Open within.eml/ })
    .click();
  const sheet = page.getByRole("dialog", { name: "within.eml" });
  return { sheet, marked: sheet.getByRole("group", { name: "What was searched for" }) };
}

test("Escape takes the marks of a search away before it leads one step back", async ({ page }) => {
  const { sheet, marked } = await openFound(page);
  await expect(marked).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(marked).toHaveCount(0);
  await expect(sheet, "the letter stays").toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
  await expect(
    reading(page).getByRole("group", { name: "What was searched for" }),
    "in the letter around it nobody has taken them away",
  ).toBeVisible();
});

test("marks go from their own bar too, and stay away in the conversation where they were taken away", async ({
  page,
}) => {
  const around = reading(page).getByRole("group", { name: "What was searched for" });
  const { sheet, marked } = await openFound(page, async () => {
    await around.getByRole("button", { name: "Remove the marks" }).click();
    await expect(around).toHaveCount(0);
  });
  await marked.getByRole("button", { name: "Next place" }).click();
  await expect(marked.getByRole("button", { name: "Next place" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(marked).toHaveCount(0);
  await expect(sheet).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
  await page.waitForTimeout(300);
  await expect(around).toHaveCount(0);
});

test("the files of who wrote it open in front of it, however it was come to, and lead back to it", async ({
  page,
}) => {
  await openWindow(page);
  await receive(page, {
    from: "Amara Okafor <amara@kustwerk.example>",
    subject: "The tides",
    files: [["tides.csv", "text/csv", 900]],
  });
  await receive(page, {
    subject: "Passed on",
    files: [["within.eml", "message/rfc822", 4_000]],
    within: { "2": { from: "Amara Okafor <amara@kustwerk.example>", subject: "Within" } },
  });
  await page.keyboard.press("Shift+B");
  const browser = page.getByRole("dialog", { name: "Files in All inboxes" });
  await browser.getByRole("button", { name: /^within.eml/ }).click();
  const sheet = page.getByRole("dialog", { name: "within.eml" });
  await sheet.getByRole("button", { name: "More for this letter" }).click();
  await page.getByRole("menuitem", { name: "Files from Amara Okafor" }).click();
  const ofWriter = page.getByRole("dialog", { name: "Files from Amara Okafor" });
  await expect(ofWriter.getByRole("button", { name: /^tides.csv/ })).toBeVisible();
  await expect(ofWriter.getByRole("button", { name: /^within.eml/ })).toHaveCount(0);
  await ofWriter.getByRole("button", { name: "Close" }).click();
  await expect(ofWriter).toHaveCount(0);
  await expect(textOf(sheet).locator("body"), "the letter is where it was").toBeVisible();
  await sheet.getByRole("button", { name: "Close" }).click();
  await expect(sheet).toHaveCount(0);
  await expect(browser).toBeVisible();
});

test("it is printed and saved by itself, and keys that are about a conversation rest", async ({ page }) => {
  await openWindow(page);
  const sheet = await openWithin(page, {
    html: "<p>Inner words</p>",
    files: [["tides.csv", "text/csv", 900]],
  });
  await page.evaluate(() => {
    const { waxwing } = globalThis as unknown as InMemory;
    const printed = waxwing.printed.bind(waxwing);
    waxwing.printed = async (...asked) => {
      const paper = await printed(...asked);
      Object.assign(globalThis, { paper });
      return paper;
    };
    window.print = () => undefined;
  });
  await page.keyboard.press("Control+p");
  await expect
    .poll(() => page.evaluate(() => (globalThis as unknown as { paper?: string }).paper))
    .toContain("Inner words");
  await sheet.getByRole("button", { name: "More for this letter" }).click();
  await page.getByRole("menuitem", { name: "Save the letter as a file" }).click();
  await expect(toast(page)).toContainText("Within.eml");
  await page.keyboard.press("y");
  await expect(sheet.getByRole("button", { name: /^Open tides.csv/ })).toBeFocused();
  await page.keyboard.press("Enter");
  const preview = page.getByRole("dialog", { name: "tides.csv" });
  await expect(preview.getByText("The text of tides.csv").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(preview).toHaveCount(0);
  await page.keyboard.press("Control+s");
  await expect(toast(page)).toContainText("tides.csv");
  await page.keyboard.press("e");
  await page.keyboard.press("#");
  await expect(sheet).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(row(page, /Passed on/), "nothing was archived or deleted").toBeVisible();
});

test("its files are dragged out of the window", async ({ page }) => {
  await openWindow(page);
  const sheet = await openWithin(page, { files: [["tides.csv", "text/csv", 900]] });
  const file = sheet.getByRole("button", { name: /^Open tides.csv/ });
  await file.hover();
  await page.mouse.down();
  const begun = () =>
    file.evaluate((button) => {
      const dataTransfer = new DataTransfer();
      button.dispatchEvent(new DragEvent("dragstart", { dataTransfer, bubbles: true, cancelable: true }));
      return dataTransfer.getData("text/uri-list");
    });
  await expect.poll(begun, "a copy is ready when it is taken up").toMatch(/^file:.*tides\.csv$/);
  await page.mouse.up();
});

test("it is answered by itself: to its sender, about its subject, with its words", async ({ page }) => {
  await openWindow(page);
  await openWithin(page, { html: "<p>Inner words</p>" });
  await page.keyboard.press("r");
  const composer = page.getByRole("dialog").filter({ has: page.getByRole("textbox", { name: "Subject" }) });
  await expect(composer.getByRole("textbox", { name: "Subject" })).toHaveValue("Re: Within");
  await expect(composer).toContainText("Amara Okafor");
  await expect(composer).toContainText("Inner words");
  await expect(
    page.getByRole("dialog", { name: "within.eml" }),
    "it makes room for what is written",
  ).toHaveCount(0);
});

test("a link in it that is asked about goes away without it", async ({ page }) => {
  await openWindow(page);
  const sheet = await openWithin(page, { html: '<p>See <a href="https://evil.example/">your bank</a>.</p>' });
  await textOf(sheet).getByText("your bank").focus();
  await page.evaluate(() => (globalThis as unknown as InMemory).waxwing.press("https://evil.example/"));
  const link = page.getByRole("alertdialog");
  await expect(link.getByText("evil.example", { exact: true })).toBeVisible();
  await link.getByRole("button", { name: "Cancel" }).click();
  await expect(link).toHaveCount(0);
  await expect(sheet, "the letter stays").toBeVisible();
  await expect
    .poll(() =>
      page.evaluate(
        () => document.activeElement?.closest("[role=dialog]")?.querySelector("[data-pane]") != null,
      ),
    )
    .toBe(true);
  await page.keyboard.press("Shift+T");
  await expect(textOf(sheet).getByText("In brief"), "and the keys are its own again").toBeVisible();
});
