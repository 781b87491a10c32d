// Reading: a conversation opens, its letters unfold, pictures stay out until they are allowed, files can be saved.
import type { Page } from "@playwright/test";
import { expect, test } from "./pace";
import {
  chosen,
  folder,
  openWindow,
  reading,
  row,
  settled,
  SHOTS,
  subject,
  toast,
  type InMemory,
} from "./stage";

test.beforeEach(async ({ page }) => openWindow(page));

test("a press on a conversation shows it, older letters folded and the newest open", async ({ page }) => {
  await row(page, /Lighthouse: final drawings/).click();
  await expect(subject(page)).toHaveText("Lighthouse: final drawings for the lamp room");
  await expect(reading(page).getByRole("button", { name: /^Open the letter from/ })).toHaveCount(3);
  const frame = page.frameLocator("iframe");
  await expect(frame.getByText("I moved the stairs two steps north")).toBeVisible();
  await expect(reading(page).locator("iframe")).toHaveAttribute(
    "sandbox",
    "allow-same-origin allow-popups allow-popups-to-escape-sandbox",
  );
});

test("the frame is as high as its letter, and grows with the pictures that are allowed", async ({ page }) => {
  await row(page, /Lighthouse: final drawings/).click();
  const frame = reading(page).locator("iframe");
  const heightInside = () =>
    frame.evaluate((each: HTMLIFrameElement) => each.contentDocument?.documentElement.offsetHeight ?? 0);
  await expect(async () => {
    const outside = (await frame.boundingBox())?.height ?? 0;
    expect(
      Math.abs(outside - (await heightInside())),
      "no scrollbar inside and no gap below",
    ).toBeLessThanOrEqual(2);
  }).toPass();
  const before = await settled(async () => (await frame.boundingBox())?.height ?? 0);
  await expect(reading(page).getByText("3 remote images and 1 tracker blocked.")).toBeVisible();
  await reading(page).getByRole("button", { name: "Show images" }).click();
  await expect(
    reading(page).getByRole("button", { name: "Show images" }),
    "the offer goes when it was taken",
  ).toHaveCount(0);
  await expect.poll(async () => (await frame.boundingBox())?.height ?? 0).toBeGreaterThan(before + 50);
});

test("a trusted sender's next letter shows its pictures at once", async ({ page }) => {
  await row(page, /Ferry Trust/).click();
  await reading(page).getByRole("button", { name: "Always from Ferry" }).click();
  await expect(page.frameLocator("iframe").getByRole("img").first()).toBeVisible();
  await row(page, /Mika/).click();
  await expect(subject(page)).toHaveText(/Dinner/);
  await row(page, /Ferry Trust/).click();
  await expect(page.frameLocator("iframe").getByRole("img").first()).toBeVisible();
  await expect(reading(page).getByRole("button", { name: "Show images" })).toHaveCount(0);
});

test("folded letters open and fold again", async ({ page }) => {
  await row(page, /Lighthouse: final drawings/).click();
  await reading(page)
    .getByRole("button", { name: /^Open the letter from Jonas/ })
    .click();
  const letter = reading(page).getByRole("article", { name: "Letter from Jonas Halvorsen" });
  await expect(letter).toBeVisible();
  await letter.hover();
  await letter.getByRole("button", { name: "More for this letter" }).click();
  await page.getByRole("menuitem", { name: /^Fold the letter/ }).click();
  await expect(letter).toHaveCount(0);
});

test("a conversation becomes read after a moment, and the counts follow", async ({ page }) => {
  await expect(folder(page, /^Inbox, 9 unread/)).toBeVisible();
  await row(page, /Unread.*Winter timetable/).click();
  await expect(row(page, /^Ferry Trust .*Winter timetable/)).toBeVisible();
  await expect(folder(page, /^Inbox, 8 unread/)).toBeVisible();
});

test("a letter is not read while the window is behind another one", async ({ page }) => {
  await page.evaluate(() => {
    document.hasFocus = () => false;
    window.dispatchEvent(new Event("blur"));
  });
  await row(page, /Unread.*Winter timetable/).click();
  await expect(subject(page)).toHaveText("Winter timetable from 1 December");
  await page.waitForTimeout(1200);
  await expect(row(page, /Unread.*Winter timetable/)).toBeVisible();
  await page.evaluate(() => {
    document.hasFocus = () => true;
    window.dispatchEvent(new Event("focus"));
  });
  await expect(row(page, /^Ferry Trust .*Winter timetable/)).toBeVisible();
});

test("a letter that is marked unread again while it is open stays unread", async ({ page }) => {
  await row(page, /Unread.*Winter timetable/).click();
  await expect(row(page, /^Ferry Trust .*Winter timetable/)).toBeVisible();
  await page.keyboard.press("u");
  await expect(row(page, /Unread.*Winter timetable/)).toBeVisible();
  await page.waitForTimeout(1200);
  await expect(row(page, /Unread.*Winter timetable/)).toBeVisible();
});

test("a letter that was read long ago stays unread as well when it is marked so while it is open", async ({
  page,
}) => {
  await row(page, /Mika/).click();
  await expect(subject(page)).toHaveText(/Dinner/);
  await page.keyboard.press("u");
  await expect(row(page, /Unread.*Mika/)).toBeVisible();
  await page.waitForTimeout(1200);
  await expect(row(page, /Unread.*Mika/)).toBeVisible();
});

test("in the unread list the open letter stays, though its row leaves", async ({ page }) => {
  await page.getByRole("button", { name: "Unread", exact: true }).click();
  await row(page, /Winter timetable/).click();
  await expect(row(page, /Winter timetable/)).toHaveCount(0);
  await expect(subject(page)).toHaveText("Winter timetable from 1 December");
  await page.waitForTimeout(900);
  await expect(row(page, /Slipway free from Monday/), "the next one was not opened in its place").toHaveCount(
    1,
  );
});

test("attachments are saved, and where is said", async ({ page }) => {
  await row(page, /Lighthouse: final drawings/).click();
  await reading(page).getByText("stairs.dwg").hover();
  await reading(page).getByRole("button", { name: "Save stairs.dwg" }).click();
  await expect(toast(page)).toContainText("Saved to /home/lena/Downloads/stairs.dwg");
});

test("several chosen conversations are counted, not shown", async ({ page }) => {
  await row(page, /Ferry Trust/).click();
  await row(page, /Mika/).click({ modifiers: ["Shift"] });
  await expect(chosen(page)).toHaveCount(3);
  await expect(reading(page).getByText("3 conversations selected")).toBeVisible();
});

test("the focus comes back from a letter's frame, so that the keys go on working", async ({ page }) => {
  await row(page, /Ferry Trust/).click();
  await page.frameLocator("iframe").getByText("All other crossings").click();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe("IFRAME");
  await page.keyboard.press("j");
  await expect(subject(page)).toHaveText(/Invoice 2291/);
  await expect(page.locator("#reading"), "the letter that had it is gone, and its pane has it").toBeFocused();
});

test("a file of a large letter is on the server until it is opened", async ({ page }) => {
  await page.evaluate(async () => {
    const { waxwing } = globalThis as unknown as InMemory;
    await waxwing.setKeeping("lena", { keep: { kind: "all" }, large: 5 });
    await waxwing.dropBodies("lena");
  });
  await folder(page, /^Lighthouse/).click();
  await row(page, /Site visit, photographs/).click();
  const file = reading(page).getByRole("listitem").filter({ hasText: "gallery.zip" });
  await expect(file).toContainText("about 18.4 MB, on the server");
  await page.screenshot({ path: `${SHOTS}/main-large-light.png` });
  await file.getByRole("button", { name: /^Open/ }).click();
  await expect(file).not.toContainText("on the server");
  await expect(file).toContainText("18.4 MB");
});

/** So many unread letters of a bug tracker, in one conversation. */
async function tracker(page: Page, count: number, long = 40): Promise<void> {
  await page.evaluate(
    ([many, sentences]) => {
      const { waxwing } = globalThis as unknown as InMemory;
      for (let number = 1; number <= many; number++)
        waxwing.receive({
          box: "lena-inbox",
          thread: "tracker",
          from: `Tracker <bugs@tracker.example>`,
          subject: number === many - 1 ? "Your invoice" : `${number === 1 ? "" : "Re: "}Bug 4711`,
          text: `Comment ${number}. ${"It happened again. ".repeat(sentences)}`,
          unread: true,
          when: [0, `0${Math.floor(number / 60)}:${String(number % 60).padStart(2, "0")}`],
        });
    },
    [count, long] as const,
  );
}

test("a conversation of hundreds of unread letters opens some, and the others when they are wanted", async ({
  page,
}) => {
  await tracker(page, 240);
  await row(page, /Bug 4711/).click();
  await expect(subject(page)).toHaveText("Bug 4711");
  await expect(page.locator("iframe").first().contentFrame().getByText("Comment 1.")).toBeVisible();
  expect(await reading(page).locator("iframe").count(), "of two hundred and forty").toBeLessThanOrEqual(10);
  const hidden = reading(page).getByRole("button", { name: "210 more letters" });
  await expect(hidden, "the middle has a number").toBeVisible();
  await expect(
    reading(page).getByRole("button", { name: /Your invoice.*, unread$/ }),
    "a folded letter says that it was not read, and a subject of its own",
  ).toBeVisible();
  await hidden.scrollIntoViewIfNeeded();
  await page.screenshot({ path: `${SHOTS}/reading-many.png` });
  // What stands below the uppermost line is held, so that letters come above what is seen.
  await hidden.evaluate((line) => line.scrollIntoView({ block: "start", behavior: "instant" }));
  await hidden.click();
  await expect(reading(page).getByRole("button", { name: "10 more letters" })).toHaveCount(1);
  const first = reading(page).locator("button[data-email]:focus");
  await expect(first, "the keys go on at the first that has come").toHaveCount(1);
  await expect(first, "which is seen").toBeInViewport();
  await page.keyboard.press(";");
  await expect(reading(page).getByRole("button", { name: /more letters$/ })).toHaveCount(0);
  await expect(
    reading(page).locator("[data-far]").first(),
    "all are open, and those far off wait",
  ).toBeAttached();
  expect(await reading(page).locator("iframe").count(), "undrawn").toBeLessThan(60);
});

test("letters that are open and far off are stepped through, searched, and not read before they come", async ({
  page,
}) => {
  await tracker(page, 30, 400);
  await row(page, /Bug 4711/).click();
  await expect(page.locator("iframe").first().contentFrame().getByText("Comment 1.")).toBeVisible();
  await page.keyboard.press(";");
  await expect(reading(page).locator("[data-email]"), "all have a place").toHaveCount(30);
  const unread = () =>
    page.evaluate(async () => {
      const { waxwing } = globalThis as unknown as InMemory;
      return (await waxwing.conversation("tracker")).map((letter) => letter.unread);
    });
  await expect.poll(async () => (await unread())[0], "the first is seen").toBe(false);
  expect((await unread())[12], "nobody has seen it").toBe(true);
  expect((await unread()).at(-1), "nor the newest, which is there far below").toBe(true);
  await page.evaluate(() => document.querySelector("#reading [data-email]:last-of-type")?.scrollIntoView());
  await expect.poll(async () => (await unread()).at(-1), "now it is seen").toBe(false);
  const at = await page.evaluate(() => {
    // Faster than anything is drawn.
    for (const key of [".", ",", ",", ",", ","])
      document.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    const letters = [...document.querySelectorAll("#reading [data-email]")];
    return [letters.length, letters.findIndex((each) => each === document.activeElement)];
  });
  expect(at, "the fourth before the newest").toEqual([30, 25]);
  await expect(reading(page).getByRole("article").and(page.locator(":focus")), "it has come").toHaveCount(1);
  await page.keyboard.press("Control+f");
  await page.getByRole("textbox", { name: "Find in the conversation" }).fill("comment 13.");
  await expect(page.getByRole("search").getByRole("status"), "in one that was never near").toHaveText(
    "1 of 1",
  );
});

test("what is read stands still while letters above it become higher or lower", async ({ page }) => {
  await tracker(page, 12);
  await row(page, /Bug 4711/).click();
  await expect(page.locator("iframe").first().contentFrame().getByText("Comment 1.")).toBeVisible();
  const moved = await page.evaluate(async () => {
    const pane = document.getElementById("reading");
    const [first, , , read] = document.querySelectorAll<HTMLElement>("#reading article");
    if (pane === null || first === undefined || read === undefined) throw new Error("There are letters.");
    const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    read.scrollIntoView({ block: "start", behavior: "instant" });
    pane.scrollBy({ top: 5, behavior: "instant" });
    await drawn();
    const top = () => Math.round(read.getBoundingClientRect().top);
    const before = top();
    const moved = [];
    for (const height of ["900px", "60px", ""]) {
      // As a picture does that comes.
      first.style.height = height;
      await drawn();
      moved.push(top() - before);
    }
    return moved;
  });
  // What scrolls does so by whole pixels.
  for (const by of moved) expect(Math.abs(by)).toBeLessThanOrEqual(1);
});

test("Space waits for a letter that is on its way", async ({ page }) => {
  await page.evaluate(() => {
    const { waxwing } = globalThis as unknown as InMemory;
    const usual = waxwing.body.bind(waxwing);
    const until = new Promise<void>((answer) => Object.assign(globalThis, { answer }));
    waxwing.body = async (...given) => {
      await until;
      return usual(...given);
    };
  });
  await row(page, /Ferry Trust/).click();
  await expect(reading(page).getByText("Fetching the letter…")).toBeVisible();
  await page.locator("#reading").focus();
  await page.keyboard.press(" ");
  await page.evaluate(() => (globalThis as unknown as { answer: () => void }).answer());
  await expect(page.frameLocator("iframe").getByText("All other crossings")).toBeVisible();
  await expect(subject(page)).not.toHaveText(/Invoice 2291/);
});

test("a folded letter's files are gone to, and the tools answer the letter that has the focus", async ({
  page,
}) => {
  await page.evaluate(() => {
    const { waxwing } = globalThis as unknown as InMemory;
    const of = { box: "lena-inbox", thread: "buoy", unread: false, subject: "The new buoy" };
    waxwing.receive({
      ...of,
      from: "Amara Okafor <amara@kustwerk.example>",
      text: "The drawing.",
      files: [["buoy.pdf", "application/pdf", 2000]],
      when: [0, "01:00"],
    });
    waxwing.receive({ ...of, from: "Mika <mika@kustwerk.example>", text: "Thanks.", when: [0, "02:00"] });
  });
  await row(page, /The new buoy/).click();
  await expect(page.frameLocator("iframe").getByText("Thanks.")).toBeVisible();
  await page.keyboard.press(",");
  await page.keyboard.press(",");
  await expect(reading(page).getByRole("button", { name: /^Open the letter from Amara/ })).toBeFocused();
  await page.keyboard.press("y");
  await expect(reading(page).locator("[data-files] button").first()).toBeFocused();
  await expect(toast(page).getByText("This letter has no attachments.")).toHaveCount(0);
  await reading(page).getByRole("button", { name: "Reply", exact: true }).click();
  const recipients = page.getByRole("grid", { name: "Recipients in To" }).getByRole("row");
  await expect(recipients).toHaveText(/Amara Okafor/);
});

test("the head of a letter tells everybody who stands in it", async ({ page }) => {
  await page.evaluate(() => {
    const { waxwing } = globalThis as unknown as InMemory;
    waxwing.receive({
      box: "lena-inbox",
      from: "Jonas Halvorsen <jonas@kustwerk.example>; Amara Okafor <amara@kustwerk.example>",
      sentBy: "Office <office@kustwerk.example>",
      to: Array.from({ length: 40 }, (_, number) => `Guest ${number} <guest${number}@kustwerk.example>`),
      bcc: ["Mika <mika@kustwerk.example>"],
      subject: "The opening of the lighthouse",
      text: "You are welcome.",
      when: [0, "23:10"],
    });
  });
  await row(page, /The opening of the lighthouse/).click();
  const letter = reading(page).getByRole("article");
  await expect(letter).toContainText("and 1 more sender");
  await expect(letter).toContainText("sent by office@kustwerk.example");
  await expect(letter).toContainText("Guest 11 and 28 others, hidden copy to Mika");
  await letter.getByRole("button", { name: "All addresses" }).click();
  for (const text of ["amara@kustwerk.example", "guest39@kustwerk.example", "mika@kustwerk.example"])
    await expect(letter.getByText(text)).toBeVisible();
  await page.screenshot({ path: `${SHOTS}/reading-head.png` });
  await letter.getByRole("button", { name: /guest7@/ }).click();
  await expect(page.getByRole("menuitem", { name: "Write to guest7@kustwerk.example" })).toBeVisible();
  await page.getByRole("menuitem", { name: "Copy the address" }).click();
});

test("keys go on by screens, to what is unread, through a conversation, and show pictures", async ({
  page,
}) => {
  await row(page, /Lighthouse: final drawings/).click();
  await expect(reading(page).getByText("3 remote images and 1 tracker blocked.")).toBeVisible();
  await page.keyboard.press("Shift+I");
  await expect(reading(page).getByText("Images are shown this once.")).toBeVisible();
  await page.keyboard.press("Shift+I");
  await expect(reading(page).getByText("3 remote images and 1 tracker blocked.")).toBeVisible();
  await page.keyboard.press("y");
  await expect(reading(page).locator("[data-files] button").first()).toBeFocused();
  await page.keyboard.press(",");
  const older = reading(page)
    .getByRole("button", { name: /^Open the letter from/ })
    .last();
  await expect(older, "the letter before").toBeFocused();
  await page.keyboard.press("Enter");
  await expect(reading(page).getByRole("article")).toHaveCount(2);
  await expect(
    reading(page).getByRole("article").first(),
    "it is open, and has the focus still",
  ).toBeFocused();
  await page.keyboard.press(",");
  await expect(older, "the one before that").toBeFocused();
  await page.keyboard.press("n");
  await expect(subject(page)).not.toHaveText("Lighthouse: final drawings for the lamp room");
});
