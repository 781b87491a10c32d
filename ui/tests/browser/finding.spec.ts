// Words are looked for in all of a conversation: in letters that are folded, and in its subject.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import { openWindow, reading, row, SHOTS, type InMemory } from "./stage";

const bar = (page: Page) => page.getByRole("search", { name: "Find in the conversation" });
const status = (page: Page) => bar(page).getByRole("status");
const folded = (page: Page) => reading(page).getByRole("button", { name: /^Open the letter from/ });

async function look(page: Page, words: string) {
  await page.keyboard.press("Control+f");
  await bar(page).getByRole("textbox").fill(words);
}

/** A conversation of so many letters that were read. */
async function logbook(page: Page, letters: number) {
  await page.evaluate((count) => {
    const { waxwing } = globalThis as unknown as InMemory;
    for (let number = 1; number <= count; number++)
      waxwing.receive({ thread: "logbook", subject: "Logbook", text: `Entry ${number}.`, unread: false });
  }, letters);
  await row(page, /Logbook/).click();
  await expect(reading(page).locator("iframe").contentFrame().getByText(`Entry ${letters}.`)).toBeVisible();
}

test("a word that stands only in a folded letter is found, and seen", async ({ page }) => {
  await openWindow(page);
  await row(page, /Lighthouse: final drawings/).click();
  await expect(folded(page)).toHaveCount(3);
  await page.keyboard.press("Control+f");
  await expect(bar(page).getByRole("textbox")).toBeFocused();
  await expect(folded(page), "as long as nothing is typed nothing is opened").toHaveCount(3);
  await bar(page).getByRole("textbox").fill("lintel");
  await expect(status(page)).toHaveText("1 of 1");
  const found = reading(page).getByTitle("Letter from Lena Brandt").contentFrame().getByText("The lintel is");
  await expect(found).toBeInViewport();
  await page.screenshot({ path: `${SHOTS}/find-folded.png` });
  await page.keyboard.press("Escape");
  await expect(bar(page)).toHaveCount(0);
  await expect(
    reading(page).getByRole("article", { name: "Letter from Lena Brandt" }),
    "whoever has found it reads on there",
  ).toBeVisible();
});

test("places are counted over all letters and the subject, where they are gone to as well", async ({
  page,
}) => {
  await openWindow(page);
  await row(page, /Lighthouse: final drawings/).click();
  await expect(folded(page)).toHaveCount(3);
  await look(page, "drawings for the LAMP room");
  await expect(status(page)).toHaveText("1 of 1");
  const inSubject = () =>
    page.evaluate(() => {
      const { highlights } = CSS as unknown as { highlights: Map<string, Iterable<Range>> };
      return [...(highlights.get("waxwing-found-here") ?? [])].map(
        ({ startContainer: at }) => at.parentElement?.closest("h1")?.textContent ?? null,
      );
    });
  await expect.poll(inSubject).toEqual(["Lighthouse: final drawings for the lamp room"]);
  await bar(page).getByRole("textbox").fill("glazing bars");
  await expect(status(page), "in the first letter and in the last").toHaveText("1 of 2");
  expect(await inSubject(), "and nothing is marked in the subject any more").toEqual([]);
  await bar(page).getByRole("textbox").fill("mizzen");
  await expect(status(page)).toHaveText("Not found");
});

test("nobody is told that nothing was found while letters are on their way", async ({ page }) => {
  await openWindow(page, { delay: 500 });
  await row(page, /Lighthouse: final drawings/).click();
  await expect(folded(page)).toHaveCount(3);
  await expect(page.frameLocator("iframe").getByText("I moved the stairs")).toBeVisible();
  await page.evaluate(() => {
    const said = ((globalThis as unknown as { said: string[] }).said = []) as string[];
    const hear = () => {
      const text = document.querySelector("[role=search] [role=status]")?.textContent ?? "";
      if (text !== "" && said.at(-1) !== text) said.push(text);
    };
    new MutationObserver(hear).observe(document.body, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  });
  await look(page, "lintel");
  await expect(status(page)).toHaveText("1 of 1");
  const said = await page.evaluate(() => (globalThis as unknown as { said: string[] }).said);
  expect(said).toEqual(["Looking…", "1 of 1"]);
});

test("of very many letters the newest are looked through, and what is left is said and looked through when asked", async ({
  page,
}) => {
  await openWindow(page);
  await logbook(page, 64);
  await look(page, "entry");
  await expect(status(page), "the newest, which was open, and 30 more").toHaveText(/of 31$/);
  const further = bar(page).getByRole("button", { name: "33 letters not looked through: look further" });
  await expect(further).toBeVisible();
  await expectAccessible(page, "the line in which words are looked for");
  await page.screenshot({ path: `${SHOTS}/find-further.png` });
  await further.click();
  await expect(status(page)).toHaveText(/of 61$/);
  await bar(page).getByRole("button", { name: "3 letters not looked through: look further" }).click();
  await expect(status(page)).toHaveText(/of 64$/);
  await expect(bar(page).getByRole("button", { name: /not looked through/ })).toHaveCount(0);
});

test("unread letters that are opened to look through them are not read before they come near", async ({
  page,
}) => {
  await openWindow(page);
  await page.evaluate(() => {
    const { waxwing } = globalThis as unknown as InMemory;
    const html = `<p>Entry.</p>${"<p>&nbsp;</p>".repeat(60)}`;
    for (let number = 1; number <= 14; number++)
      waxwing.receive({ thread: "logbook", subject: "Logbook", html, unread: true });
  });
  await row(page, /Logbook/).click();
  await expect(folded(page), "ten are open").toHaveCount(4);
  await look(page, "entry");
  await expect(status(page)).toHaveText("1 of 14");
  await expect(folded(page)).toHaveCount(0);
  const read = () =>
    page.evaluate(async () => {
      const letters = await (globalThis as unknown as InMemory).waxwing.conversation("logbook");
      return letters.map(({ unread }) => !unread);
    });
  await expect.poll(async () => (await read())[0], "the first is seen").toBe(true);
  await page.waitForTimeout(900);
  expect((await read()).slice(10, 13), "those far off are not").toEqual([false, false, false]);
});
