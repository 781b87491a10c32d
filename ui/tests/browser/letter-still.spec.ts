// What is known late of a letter, or comes late above it, moves nothing that is read; what could not be fetched is told, and tried again.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import { held, openWindow, reading, receive, row, SHOTS, toast, type InMemory } from "./stage";

/** Where the letter that is read begins, in the window. */
const top = (page: Page) =>
  page.evaluate(
    () => document.querySelector("#reading iframe[data-letter]")?.getBoundingClientRect().top ?? -1,
  );

const shown = (page: Page, words: string) =>
  expect(page.frameLocator("#reading iframe[data-letter]").getByText(words)).toBeVisible();

const stranger = {
  from: "Harbour <thief@lucky.example>",
  subject: "Seen from above",
  html: "<p>Words of the harbour.</p>",
};
const first = { kind: "first" as const };

for (const size of [
  { width: 1360, height: 860 },
  { width: 900, height: 600 },
])
  for (const verdict of ["nobody", "vouched", "broken", "unknown"] as const)
    test(`a sender who is told of late moves no letter: ${verdict}, ${size.width} wide`, async ({ page }) => {
      await page.setViewportSize(size);
      await openWindow(page);
      const tell = await held(page, "who");
      await receive(page, {
        ...stranger,
        who: { open: true, verdict, notes: verdict === "vouched" ? [] : [first] },
      });
      await row(page, /Seen from above/).click();
      await shown(page, "Words of the harbour");
      const before = await top(page);
      await tell();
      const said = {
        nobody: /proves that it comes/,
        vouched: /which vouches for it/,
        broken: /it was changed/,
        unknown: /is not known/,
      };
      await expect(reading(page).locator("[data-who-line]").getByText(said[verdict])).toBeVisible();
      expect(await top(page), "the letter stands where it stood").toBe(before);
    });

test("what is known of a sender comes with the letter", async ({ page }) => {
  await openWindow(page);
  await held(page, "who");
  await receive(page, { ...stranger, who: { verdict: "nobody", notes: [first] } });
  await row(page, /Seen from above/).click();
  await shown(page, "Words of the harbour");
  await expect(
    reading(page).getByText(/Nothing in this letter proves that it comes from lucky.example/),
  ).toBeVisible();
});

test("what alarms is told while keys are still asked for", async ({ page }) => {
  await openWindow(page);
  await held(page, "who");
  const named = { kind: "nameOf" as const, person: { name: "Mika", email: "mika@nordlicht.example" } };
  await receive(page, { ...stranger, who: { open: true, verdict: "vouched", notes: [named] } });
  await row(page, /Seen from above/).click();
  const line = reading(page).locator("[data-who-line]");
  await expect(line).toContainText("is being looked into. You know Mika as mika@nordlicht.example.");
  await expectAccessible(page, "a sender who is being looked into");
  await page.screenshot({ path: `${SHOTS}/who-looking.png` });
});

test("pictures that are shown since their sender is vouched for after all leave the room of what was said before", async ({
  page,
}) => {
  await openWindow(page);
  const tell = await held(page, "who");
  await page.evaluate(() => {
    const { waxwing } = globalThis as unknown as InMemory;
    return waxwing.allowImages("", { kind: "sender", name: "thief@lucky.example" });
  });
  const who = { open: true, verdict: "vouched" as const };
  await receive(page, { ...stranger, remoteImages: 3, who });
  await row(page, /Seen from above/).click();
  await shown(page, "Words of the harbour");
  await expect(reading(page).getByText(/You have allowed these pictures/)).toBeVisible();
  const before = await top(page);
  await tell();
  await expect(page.frameLocator("#reading iframe[data-letter]").getByRole("img").first()).toBeVisible();
  expect(await top(page), "the letter stands where it stood").toBe(before);
});

test("pictures that could not be fetched are counted, named and asked for again", async ({ page }) => {
  await openWindow(page);
  const tell = await held(page, "missedPictures");
  await receive(page, {
    ...stranger,
    remoteImages: 3,
    missed: [
      { host: "img.lucky.example", why: "unreachable", count: 1 },
      { host: "cdn.pictures.example", why: "tooLarge", count: 1 },
    ],
  });
  await row(page, /Seen from above/).click();
  await reading(page).getByRole("button", { name: "Show images" }).click();
  await expect(page.frameLocator("#reading iframe[data-letter]").getByRole("img").first()).toBeVisible();
  await expect(reading(page).getByText("Images are shown this once.")).toBeVisible();
  const before = await top(page);
  await tell();
  await expect(
    reading(page).getByText(
      "Images are shown this once, but 2 of 3 could not be fetched: img.lucky.example (not reached, or it broke off), cdn.pictures.example (too large, or too many).",
    ),
  ).toBeVisible();
  expect(await top(page), "the letter stands where it stood").toBe(before);
  await expectAccessible(page, "pictures that could not be fetched");
  await page.screenshot({ path: `${SHOTS}/pictures-missed.png` });
  await reading(page).getByRole("button", { name: "Try again" }).click();
  await expect(reading(page).getByText("Images are shown this once.")).toBeVisible();
  await expect(reading(page).getByRole("button", { name: "Try again" })).toBeHidden();
});

test("of hosts whose pictures are missed those of most are named, each once, and such a picture keeps its size and its words", async ({
  page,
}) => {
  await openWindow(page);
  await receive(page, {
    ...stranger,
    remoteImages: 9,
    who: { verdict: "vouched" },
    missed: [
      { host: "a.lucky.example", why: "within", count: 1 },
      { host: "b.lucky.example", why: "unreachable", count: 1 },
      { host: "cdn.pictures.example", why: "refused", count: 3 },
      { host: "cdn.pictures.example", why: "tooLarge", count: 1 },
      { host: "cdn.pictures.example", why: "unreachable", count: 2 },
    ],
  });
  await row(page, /Seen from above/).click();
  const images = page.frameLocator("#reading iframe[data-letter]").getByRole("img");
  await reading(page).getByRole("button", { name: "Show images" }).click();
  await expect(
    reading(page).getByText(
      "Images are shown this once, but 8 of 9 could not be fetched: cdn.pictures.example (refused), a.lucky.example (an address that is never asked), one more host.",
    ),
  ).toBeVisible();
  await expect(images).toHaveCount(9);
  await expect(
    images.and(page.frameLocator("#reading iframe[data-letter]").locator(".waxwing-remote")),
  ).toHaveCount(8);
  for (const image of await images.all())
    expect(
      await image.evaluate(({ clientWidth, clientHeight }: HTMLImageElement) => [clientWidth, clientHeight]),
    ).toEqual([160, 90]);
});

test("whoever tries again stays in the letter with the keys", async ({ page }) => {
  await openWindow(page);
  const isInLetter = () =>
    page.evaluate(
      () =>
        document.activeElement?.closest("[data-email]") !== null && document.activeElement !== document.body,
    );
  await receive(page, {
    ...stranger,
    remoteImages: 3,
    who: { verdict: "vouched" },
    missed: [{ host: "img.lucky.example", why: "unreachable", count: 1 }],
  });
  await row(page, /Seen from above/).click();
  await reading(page).getByRole("button", { name: "Show images" }).click();
  const again = reading(page).getByRole("button", { name: "Try again" });
  await again.focus();
  await page.keyboard.press("Enter");
  await expect(again).toBeHidden();
  await expect.poll(isInLetter).toBe(true);
});

test("where no picture came it is not said that they are shown", async ({ page }) => {
  await openWindow(page);
  await receive(page, {
    ...stranger,
    remoteImages: 2,
    who: { verdict: "vouched" },
    missed: [{ host: "img.lucky.example", why: "within", count: 2 }],
  });
  await row(page, /Seen from above/).click();
  await reading(page).getByRole("button", { name: "Always from Harbour" }).click();
  await expect(
    reading(page).getByText(
      "None of the 2 pictures could be fetched: img.lucky.example (an address that is never asked).",
    ),
  ).toBeVisible();
  await expect(reading(page).getByText(/are always shown/)).toHaveCount(0);
});

test("a letter in another character set than it says has the way to the others beside that", async ({
  page,
}) => {
  await openWindow(page);
  await receive(page, {
    ...stranger,
    oddities: ["A text is not in the character set that it claims."],
    garbled: true,
  });
  await row(page, /Seen from above/).click();
  const note = reading(page).locator("[data-above] div", { hasText: "Something is odd about this letter" });
  await note.getByRole("button", { name: "Character set" }).click();
  const dialog = page.getByRole("dialog", { name: "Character set" });
  await dialog.getByRole("button", { name: /Read it in/ }).click();
  await page.getByRole("option", { name: /Hebrew.*1255/ }).click();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  const chosen = reading(page).locator("[data-above] div", { hasText: "as you chose: Hebrew" });
  const again = chosen.getByRole("button", { name: "Character set" });
  await expect(again, "whoever has chosen wrongly goes on from there").toBeFocused();
  await page.screenshot({ path: `${SHOTS}/charset-chosen.png` });
});

test("a file that no program opens says so and can be saved", async ({ page }) => {
  await openWindow(page);
  await receive(page, {
    ...stranger,
    files: [["plan.xyz", "application/x-unheard", 900]],
  });
  await row(page, /Seen from above/).click();
  await reading(page)
    .getByRole("button", { name: /^Open\s*plan.xyz/ })
    .click();
  await expect(toast(page)).toContainText("No program on this computer opens “plan.xyz”.");
  await toast(page).getByRole("button", { name: "Save it" }).click();
  await expect(toast(page).filter({ hasText: "plan.xyz" }).last()).toContainText("Saved");
});

const press = (page: Page, url: string) =>
  page.evaluate((link) => (globalThis as unknown as InMemory).waxwing.press(link), url);
const opened = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as InMemory).waxwing.browsers.opened);

test("a number is seen before it is called, and a code is warned of", async ({ page }) => {
  await openWindow(page);
  await press(page, "tel:+49-30-123456");
  const dialog = page.getByRole("dialog", { name: "Call this number?" });
  await expect(dialog.getByText("+4930123456")).toBeVisible();
  await expectAccessible(page, "a number");
  await page.screenshot({ path: `${SHOTS}/link-number.png` });
  await dialog.getByRole("button", { name: "Call", exact: true }).click();
  await expect.poll(() => opened(page)).toEqual(["tel:+4930123456"]);
  await press(page, "tel:*21*0900123456#");
  const code = page.getByRole("alertdialog", { name: "Look twice before you open this" });
  await expect(code.getByText("*21*0900123456#")).toBeVisible();
  await expect(code.getByText(/no number but a code/)).toBeVisible();
  await expect(code.getByRole("button", { name: "Cancel" }), "Enter calls nobody").toBeFocused();
  await page.keyboard.press("Enter");
  await press(page, "ftp://files.example/plans/");
  const files = page.getByRole("dialog", { name: "Open these files of a server?" });
  await expect(files.getByText("ftp://files.example/plans/")).toBeVisible();
  await page.keyboard.press("Escape");
  expect(await opened(page), "nothing else was opened").toEqual(["tel:+4930123456"]);
  for (const url of ["file:///etc/passwd", "data:text/html,x", "vscode://x"]) {
    await press(page, url);
    await expect(toast(page)).toContainText("Waxwing does not open links of this kind.");
  }
});
