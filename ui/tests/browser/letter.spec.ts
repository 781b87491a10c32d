// Looking at a letter: otherwise, at its source, on paper; words found in it; its files; letters within it; an invitation answered.
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import {
  folder,
  openWindow,
  reading,
  receive,
  row,
  settled,
  SHOTS,
  subject,
  toast,
  type InMemory,
} from "./stage";

const quotes = "<p>Yes, on Friday.</p><blockquote><p>Shall we meet at the slipway?</p></blockquote>";

async function menu(page: import("@playwright/test").Page, entry: string | RegExp): Promise<void> {
  await reading(page).getByRole("article").last().hover();
  await reading(page).getByRole("button", { name: "More for this letter" }).last().click();
  await page
    .getByRole("menuitem", { name: entry })
    .or(page.getByRole("menuitemcheckbox", { name: entry }))
    .click();
}

test("a letter is shown as text, larger and smaller, by menu and by key", async ({ page }) => {
  await openWindow(page);
  await receive(page, { subject: "Coloured", text: "In brief", html: '<p style="color:#c8102e">In red</p>' });
  await row(page, /Coloured/).click();
  await expect(page.frameLocator("iframe").getByText("In red")).toBeVisible();
  await menu(page, "Show as text");
  await expect(page.frameLocator("iframe").getByText("In brief")).toBeVisible();
  await page.keyboard.press("Shift+T");
  await expect(page.frameLocator("iframe").getByText("In red")).toBeVisible();
  const height = async () => (await reading(page).locator("iframe").boundingBox())?.height ?? 0;
  const usual = await settled(height);
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  await expect.poll(height).toBeGreaterThan(usual * 1.15);
  await page.keyboard.press("0");
  await expect.poll(height).toBeLessThan(usual * 1.05);
});

test("in the dark a letter's colours are changed, and shown as they are where the person says so", async ({
  page,
}) => {
  await openWindow(page, { theme: "dark" });
  await receive(page, { subject: "Coloured", html: '<p style="color:#c8102e">In red</p>' });
  await row(page, /Coloured/).click();
  const scheme = () =>
    page
      .frameLocator("iframe")
      .locator("html")
      .evaluate((root) => getComputedStyle(root).colorScheme);
  await expect.poll(scheme).toBe("dark");
  await menu(page, "In the sender’s colours");
  await expect.poll(scheme).toBe("light");
  await menu(page, "In the sender’s colours");
  await expect.poll(scheme).toBe("dark");
});

test("words are found in the letters that are open, and stepped through", async ({ page }) => {
  await openWindow(page);
  await receive(page, {
    subject: "Words to be found",
    html: `<p>The slip<b>way</b> is free.</p>${quotes}<details><summary>•••</summary><p>An old slipway.</p></details>`,
  });
  await row(page, /Words to be found/).click();
  await expect(page.frameLocator("iframe").getByText("is free.")).toBeVisible();
  await page.keyboard.press("Control+f");
  const bar = page.getByRole("search", { name: "Find in the conversation" });
  await bar.getByRole("textbox").fill("SLIPWAY");
  await expect(bar.getByRole("status"), "in the middle of elements too").toHaveText("1 of 3");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(bar.getByRole("status")).toHaveText("3 of 3");
  await expect(
    page.frameLocator("iframe").getByText("An old slipway."),
    "what is folded is unfolded",
  ).toBeVisible();
  await page.screenshot({ path: `${SHOTS}/letter-find.png` });
  await bar.getByRole("textbox").fill("lighthouse");
  await expect(bar.getByRole("status")).toHaveText("Not found");
  await page.keyboard.press("Escape");
  await expect(bar).toHaveCount(0);
});

test("the source explains the header and has every byte", async ({ page }) => {
  await openWindow(page);
  await row(page, /Ferry Trust/).click();
  await expect(subject(page)).toHaveText(/Winter timetable/);
  await page.keyboard.press("Control+u");
  const dialog = page.getByRole("dialog", { name: "Source of the letter" });
  await expect(dialog.getByText("A server that it came by; the newest stands first")).toBeVisible();
  await expectAccessible(page, "the header of a letter");
  await page.screenshot({ path: `${SHOTS}/letter-source.png` });
  await dialog.getByRole("button", { name: /What is shown/ }).click();
  await page.getByRole("option", { name: "Every byte" }).click();
  await expect(dialog.locator("pre")).toContainText("Subject:");
  await dialog.getByRole("button", { name: "Save as a file" }).click();
  await expect(toast(page)).toContainText(".eml");
});

test("a letter is read in another character set", async ({ page }) => {
  await openWindow(page);
  await row(page, /Ferry Trust/).click();
  await menu(page, "Character set…");
  const dialog = page.getByRole("dialog", { name: "Character set" });
  await dialog.getByRole("button", { name: /Read it in/ }).click();
  await page.getByRole("option", { name: "Cyrillic (KOI8-R)" }).click();
  await expect(dialog.getByRole("button", { name: /Cyrillic \(KOI8-R\)/ })).toBeVisible();
});

test("files are looked at here, and dangerous ones are asked about first", async ({ page }) => {
  await openWindow(page);
  await receive(page, {
    subject: "Five files",
    files: [
      ["pier.jpg", "image/jpeg", 40_000],
      ["notes.txt", "text/plain", 900],
      ["login.html", "text/html", 4_000],
      ["survey.pdf.exe", "application/octet-stream", 70_000],
      ["old letters.mbox", "application/mbox", 9_000],
    ],
  });
  await row(page, /Five files/).click();
  const file = (name: string) => reading(page).getByRole("button", { name: new RegExp(`^Open ${name}`) });
  await page.screenshot({ path: `${SHOTS}/letter-files.png` });
  await file("pier.jpg").click();
  await expect(page.getByRole("dialog", { name: "pier.jpg" }).getByRole("img")).toBeVisible();
  await page.getByRole("button", { name: "Next file" }).click();
  await expect(page.getByRole("dialog", { name: "notes.txt" }).locator("pre")).toContainText("The text of");
  await expectAccessible(page, "a file that is looked at");
  await page.getByRole("button", { name: "Close" }).click();
  await file("survey.pdf.exe").click();
  const danger = page.getByRole("alertdialog", { name: "This file may do harm" });
  await expect(danger.getByText("It is a program.")).toBeVisible();
  await expect(danger.getByRole("button", { name: "Open anyway" }), "a program is never started").toHaveCount(
    0,
  );
  await page.screenshot({ path: `${SHOTS}/letter-danger.png` });
  await danger.getByRole("button", { name: "Cancel" }).click();
  await file("old letters.mbox").click();
  const archive = page.getByRole("dialog", { name: "old letters.mbox" });
  await expect(archive.getByText("3 letters")).toBeVisible();
  await archive.getByRole("button", { name: /Letter 2 of the archive/ }).click();
  const within = page.getByRole("dialog", { name: "Letter 2 of the archive" });
  await expect(within.frameLocator("iframe").getByText("The letter within the letter.")).toBeVisible();
  await expectAccessible(page, "a letter within a letter");
  await within.getByRole("button", { name: "Back" }).click();
  await expect(archive.getByText("3 letters")).toBeVisible();
  await archive.getByRole("button", { name: "Close" }).click();
  await reading(page).getByRole("button", { name: "Save all 5 files" }).click();
  await expect(toast(page)).toContainText("Saved 5 files to /home/lena/Downloads");
});

test("a PDF is looked at page by page, larger and smaller, by button and by key", async ({ page }) => {
  await openWindow(page);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await receive(page, {
    subject: "Pages",
    files: [
      ["timetable.pdf", "application/pdf", 40_000],
      ["broken.pdf", "application/pdf", 900],
      ["bell.wav", "audio/wav", 8_000],
      ["pier.webm", "video/webm", 90_000],
      ["old.mp4", "video/mp4", 90_000],
    ],
  });
  await row(page, /Pages/).click();
  await expect(reading(page).getByRole("button", { name: /^Open timetable/ })).toBeVisible();
  expect(
    asked.filter((url) => url.includes("pdf")),
    "what draws pages comes when there are any to draw",
  ).toEqual([]);
  await reading(page)
    .getByRole("button", { name: /^Open timetable/ })
    .click();
  const dialog = page.getByRole("dialog", { name: "timetable.pdf" });
  const sheet = dialog.getByRole("img");
  await expect(dialog.getByText("Page 1 of timetable.pdf")).toBeAttached();
  const green = () =>
    sheet.evaluate((canvas: HTMLCanvasElement) =>
      [
        ...(canvas.getContext("2d")?.getImageData(canvas.width / 2, canvas.height * 0.4, 1, 1).data ?? []),
      ].join(),
    );
  await expect.poll(green, "it is drawn").toBe("15,107,102,255");
  await expectAccessible(page, "the pages of a PDF");
  await page.screenshot({ path: `${SHOTS}/letter-pdf.png` });
  const wide = async () => (await sheet.boundingBox())?.width ?? 0;
  const usual = await settled(wide);
  await expect(dialog.getByRole("document"), "one arrives at the page").toBeFocused();
  await page.keyboard.press("+");
  await expect.poll(wide).toBeGreaterThan(usual * 1.2);
  await page.keyboard.press("0");
  await expect.poll(wide).toBeLessThan(usual * 1.1);
  await page.keyboard.press("PageDown");
  await expect(dialog.getByText("Page 2 of timetable.pdf")).toBeAttached();
  await expect(dialog.getByRole("button", { name: "Next page" })).toBeDisabled();
  await page.keyboard.press("Home");
  await expect(dialog.getByText("Page 1 of 2")).toBeVisible();
  const fonts = () =>
    page.evaluate(() => [...document.fonts].map(({ family }) => family).filter((name) => /^g_/.test(name)));
  expect(await fonts(), "the page brought its own").not.toEqual([]);
  await page.getByRole("button", { name: "Next file" }).click();
  await expect(page.getByRole("dialog", { name: "broken.pdf" }).getByRole("alert")).toContainText(
    "is broken",
  );
  expect(await fonts(), "and they went with it").toEqual([]);
  await page.getByRole("button", { name: "Next file" }).click();
  const sound = page.getByRole("dialog", { name: "bell.wav" }).locator("audio");
  await expect.poll(() => sound.evaluate((audio: HTMLAudioElement) => audio.duration)).toBe(1);
  await page.evaluate(film);
  await page.getByRole("button", { name: "Next file" }).click();
  const shown = page.getByRole("dialog", { name: "pier.webm" }).locator("video");
  await expect.poll(() => shown.evaluate((video: HTMLVideoElement) => video.videoWidth)).toBe(64);
  await shown.evaluate((video: HTMLVideoElement) => video.play());
  await expect.poll(() => shown.evaluate((video: HTMLVideoElement) => video.currentTime)).toBeGreaterThan(0);
  await page.screenshot({ path: `${SHOTS}/letter-film.png` });
  await page.getByRole("button", { name: "Next file" }).click();
  await expect(page.getByRole("dialog", { name: "old.mp4" }).getByRole("alert")).toContainText(
    "cannot be played here",
  );
});

test("a page that is never drawn is given up, and its worker ended", async ({ page }) => {
  await page.clock.install();
  await openWindow(page);
  await receive(page, { subject: "Endless", files: [["endless.pdf", "application/pdf", 40_000]] });
  await row(page, /Endless/).click();
  await reading(page)
    .getByRole("button", { name: /^Open endless/ })
    .click();
  const dialog = page.getByRole("dialog", { name: "endless.pdf" });
  await expect(dialog.getByText("Page 1 of 1")).toBeAttached();
  expect(page.workers(), "one reads it").toHaveLength(1);
  // Its own clock starts a moment after that is said.
  await expect(async () => {
    await page.clock.fastForward(31_000);
    await expect(dialog.getByRole("alert")).toContainText("takes too long", { timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await expect.poll(() => page.workers().length, "and is ended from outside").toBe(0);
  await dialog.getByRole("button", { name: "Try again" }).click();
  await expect(dialog.getByText("Page 1 of 1"), "another one reads it anew").toBeAttached();
  expect(page.workers()).toHaveLength(1);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await page.clock.fastForward(1_000);
  await expect.poll(() => page.workers().length, "too busy to end by itself").toBe(0);
});

/** Files that are looked at from now on are a film that was made just now; what the browser cannot play is of another kind. */
async function film() {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [64, 48];
  const paper = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/webm;codecs=vp8" });
  const pieces: Blob[] = [];
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  const ended = new Promise((done) => (recorder.onstop = done));
  recorder.start();
  for (let at = 0; at < 12; at++) {
    if (paper !== null) paper.fillStyle = at % 2 === 0 ? "#0f6b66" : "#dcefec";
    paper?.fillRect(0, 0, 64, 48);
    await new Promise(requestAnimationFrame);
  }
  recorder.stop();
  await ended;
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
  const fileOf = (octets: Uint8Array<ArrayBuffer>) => ({
    pieces: [URL.createObjectURL(new Blob([octets]))],
    size: octets.length,
  });
  const { waxwing } = globalThis as unknown as InMemory;
  let asked = 0;
  waxwing.preview = () =>
    Promise.resolve(
      asked++ === 0
        ? { kind: "media", film: true, mediaType: "video/webm", file: fileOf(bytes) }
        : {
            kind: "media",
            film: true,
            mediaType: "video/mp4",
            file: fileOf(new TextEncoder().encode("no film at all")),
          },
    );
}

test("the files of a folder and of a person are found by name", async ({ page }) => {
  await openWindow(page);
  await folder(page, /^Lighthouse/).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Files of this folder" }).click();
  const dialog = page.getByRole("dialog", { name: "Files in Lighthouse" });
  await expect(dialog.getByRole("listitem").first()).toBeVisible();
  await dialog.getByRole("textbox").fill("gallery");
  await expect(dialog.getByRole("listitem")).toHaveCount(1);
  await page.screenshot({ path: `${SHOTS}/letter-files-of-folder.png` });
});

test("a letter is handed to the printer without its frame running anything", async ({ page }) => {
  await openWindow(page);
  await row(page, /Ferry Trust/).click();
  await expect(page.frameLocator("iframe").getByText("All other crossings")).toBeVisible();
  await page.evaluate(() => {
    const { waxwing } = globalThis as unknown as InMemory & { printed?: string };
    const printed = waxwing.printed.bind(waxwing);
    waxwing.printed = async (...asked) => {
      const page = await printed(...asked);
      Object.assign(globalThis, { printed: page });
      return page;
    };
  });
  await page.keyboard.press("Control+p");
  await expect(page.locator("iframe.on-paper")).toHaveAttribute("sandbox", "allow-same-origin allow-modals");
  await expect
    .poll(() => page.evaluate(() => (globalThis as unknown as { printed?: string }).printed))
    .toContain("Winter timetable");
  await expect(subject(page)).toBeVisible();
});

test("what is odd about a letter is told", async ({ page }) => {
  await openWindow(page);
  await receive(page, { subject: "Broken", oddities: ["The letter ends in the middle of a part."] });
  await row(page, /Broken/).click();
  await expect(reading(page).getByText("The letter ends in the middle of a part.")).toBeVisible();
});

test("that a letter is encrypted is said, and is nothing odd", async ({ page }) => {
  await openWindow(page);
  const sentence = "The letter is encrypted, and Waxwing cannot decrypt it.";
  await receive(page, { subject: "For nobody else", kinds: [sentence] });
  await row(page, /For nobody else/).click();
  await expect(reading(page).getByText(sentence)).toBeVisible();
  await expect(reading(page).getByText("Something is odd")).toBeHidden();
});
