// The frames of letters: put elsewhere in the page, given another document while somebody is in them, and grown by what is unfolded.
import { expect, test, type Page } from "@playwright/test";
import { openWindow, receive, row, settled, type InMemory } from "./stage";

/** How far below the top of the pane that scrolls the place stands that the letter calls "far". */
const below = (page: Page) =>
  page.evaluate(() => {
    const frame = document.querySelector<HTMLIFrameElement>("#reading iframe");
    const place = frame?.contentDocument?.getElementById("far");
    const pane = document.getElementById("reading");
    if (frame == null || place == null || pane == null) return null;
    const top = frame.getBoundingClientRect().top + place.getBoundingClientRect().top;
    return Math.round(top - pane.getBoundingClientRect().top);
  });

/** A letter with a long quote that is folded, and in that a place far down. */
async function withQuote(page: Page): Promise<void> {
  await openWindow(page);
  const lines = (word: string) => `<p>${word}</p>`.repeat(60);
  await receive(page, {
    subject: "A place far down",
    html: `${lines("Before")}<details><summary>•••</summary>${lines("Folded")}<p id="far">Here</p>${lines("Behind")}</details>`,
  });
  await row(page, /A place far down/).click();
  await expect(page.frameLocator("#reading iframe").getByText("Before").first()).toBeVisible();
}

test("letters keep their text when they change places", async ({ page }) => {
  await openWindow(page);
  const of = { thread: "places", unread: true };
  await receive(page, { ...of, subject: "Two places", html: "<p>The first word.</p>" });
  await receive(page, { ...of, subject: "Re: Two places", html: "<p>The second word.</p>" });
  await row(page, /Two places/).click();
  const word = (at: number, what: string) =>
    expect(page.frameLocator(`#reading iframe >> nth=${at}`).getByText(`The ${what} word.`)).toBeVisible();
  await word(0, "first");
  await word(1, "second");
  const pages = () => [...document.querySelectorAll("iframe")].map(({ contentDocument: each }) => each);
  const before = await page.evaluateHandle(pages);
  await page.evaluate(() => {
    const { waxwing } = globalThis as unknown as InMemory;
    const usual = waxwing.conversation.bind(waxwing);
    waxwing.conversation = async (...asked) => (await usual(...asked)).reverse();
  });
  // Any change has the conversation asked for again. A third letter that is not the last one now stays folded.
  await receive(page, { ...of, subject: "Re: Two places", html: "<p>The third word.</p>" });
  await word(0, "second");
  await word(1, "first");
  const after = await page.evaluateHandle(pages);
  const kept = await page.evaluate(
    ([before, after]) => after.filter((each) => before.includes(each)).length,
    [before, after] as const,
  );
  expect(kept, "one of them was moved, and the web view has given it another page").toBe(1);
});

test("whoever is in the text of a letter stays in the letter when it turns dark", async ({ page }) => {
  await openWindow(page);
  await receive(page, {
    subject: "With a link",
    html: '<p><a href="https://harbour.example">Harbour</a></p>',
  });
  await row(page, /With a link/).click();
  await page.frameLocator("#reading iframe").getByRole("link").focus();
  await expect(page.locator("#reading iframe")).toBeFocused();
  await page.emulateMedia({ colorScheme: "dark" });
  const scheme = () =>
    page
      .frameLocator("#reading iframe")
      .locator("html")
      .evaluate((root) => getComputedStyle(root).colorScheme);
  await expect.poll(scheme).toBe("dark");
  await expect(page.locator("#reading article")).toBeFocused();
});

test("a place in a folded quote is gone to where it stands when that is unfolded", async ({ page }) => {
  await withQuote(page);
  await page.evaluate(() => (globalThis as unknown as InMemory).waxwing.press("letter://localhost/here#far"));
  await expect.poll(() => below(page), "at the top of the pane").toBe(0);
  expect(await settled(() => below(page)), "and there it stays").toBe(0);
});

test("a word in a folded quote is seen when it is found", async ({ page }) => {
  await withQuote(page);
  await page.keyboard.press("Control+f");
  const bar = page.getByRole("search", { name: "Find in the conversation" });
  await bar.getByRole("textbox").fill("Here");
  await expect(bar.getByRole("status")).toHaveText("1 of 1");
  const height = await page.evaluate(() => document.getElementById("reading")?.clientHeight ?? 0);
  await expect.poll(() => below(page), "with some lines above it").toBeLessThan(height / 2);
  expect(await below(page)).toBeGreaterThan(0);
});
