// Hostile letters in the real frame of the real window: nothing asks the network for anything, nothing opens a dialog or a
// window, nothing moves the app or lies over it. The same letters in a plain page do, or this would prove nothing.
import type { Page } from "@playwright/test";
import { expect, test } from "./pace";
import { framed, tricks, type Trick } from "./sanitiser";
import { openWindow, reading, receive, row, settled } from "./stage";

/** Every trick that is about what is seen, and a part of all others; all of them are tried without a browser. */
const shown = tricks().filter(
  ({ name }, index) =>
    /^(overlays|names|recent)/.test(name) || index % (name.startsWith("bulk") ? 4 : 9) === 0,
);
const parts: [string, Trick[]][] = [0, 1, 2, 3].map((part) => [
  `part ${part + 1}`,
  shown.filter((_, index) => index % 4 === part),
]);

/** What a page does that it should not. */
function watch(page: Page): string[] {
  const deeds: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("evil") || request.isNavigationRequest())
      deeds.push(`asked for ${request.url()}`);
  });
  page.on("dialog", (dialog) => {
    deeds.push(`said ${dialog.message()}`);
    void dialog.dismiss().catch(() => undefined);
  });
  page.on("popup", () => deeds.push("opened a window"));
  return deeds;
}

/** Where the app's own parts are, and what is on top of them. */
function places(page: Page): Promise<string> {
  return page.evaluate(() => {
    const parts = [
      ...document.querySelectorAll(
        "[role=toolbar] button, header > button, [role=treegrid], [role=listbox], main",
      ),
    ];
    return parts
      .map((part) => {
        const box = part.getBoundingClientRect();
        const middle = [box.x + box.width / 2, box.y + Math.min(12, box.height / 2)] as const;
        const top = document.elementFromPoint(...middle);
        const mine = top !== null && (part.contains(top) || top.contains(part));
        return `${part.tagName} ${[box.x, box.y, box.width, box.height].map(Math.round).join(",")} ${mine && top.tagName !== "IFRAME"}`;
      })
      .join("\n");
  });
}

for (const [part, letters] of parts) {
  test(`no hostile letter reaches out of its frame, ${part}`, async ({ page }) => {
    test.setTimeout(600_000);
    await openWindow(page);
    await receive(page, { subject: "A good letter", html: "<p>Good</p>" });
    await row(page, /A good letter/).click();
    await expect(page.frameLocator("iframe[data-letter]").getByText("Good")).toBeVisible();
    await page.mouse.move(5, 5);
    const before = await settled(() => places(page));
    const deeds = watch(page);
    for (const { name, html } of letters) {
      await receive(page, { subject: `Trick: ${name}.`, html: framed(html) });
      await row(page, new RegExp(`Trick: ${name}\\.`)).click();
      await expect(reading(page).getByRole("heading", { level: 1 }), name).toHaveText(`Trick: ${name}.`);
      await page.waitForFunction(
        () =>
          document.querySelector<HTMLIFrameElement>("iframe[data-letter]")?.contentDocument?.readyState ===
          "complete",
      );
      await page.mouse.move(5, 5);
      await expect.poll(() => places(page), `${name} moves or covers nothing of the app`).toBe(before);
      expect(deeds, `${name} does nothing`).toEqual([]);
      const height = await reading(page)
        .locator("iframe[data-letter]")
        .evaluate((frame) => frame.getBoundingClientRect().height);
      expect(height, `${name} is not endless`).toBeLessThanOrEqual(400_001);
      await page.keyboard.press("Delete");
    }
    expect(new URL(page.url()).pathname).toBe("/");
  });
}

/**
 * Tricks that do something by themselves in a plain page, by their family and line. Each of them must, or the test above
 * would prove nothing of it: whoever changes a line finds out here. Others wait for a press, or for another browser.
 */
const LOUD: Record<string, number[]> = {
  comments: [14, 23, 32],
  mutation: [1, 37, 64, 73],
  navigation: [6, 15],
  pictures: [3, 12, 39, 48, 66, 75, 84, 93, 102],
  rawtext: [3, 12, 21, 30, 39, 48, 66],
  recent: [5, 11, 14, 16, 18, 20, 28, 37, 46, 49, 52, 58, 61, 75, 83],
  sheets: [5, 14, 32, 41, 59, 68, 77, 149],
};

test("in a plain page the same letters do all of it", async ({ context }) => {
  test.setTimeout(600_000);
  await context.route(/evil/, (route) => route.abort());
  const all = new Map(tricks().map((trick) => [trick.name, trick]));
  for (const [family, lines] of Object.entries(LOUD)) {
    for (const line of lines) {
      const name = `${family} ${line}`;
      const trick = all.get(name);
      expect(trick, `${name} is in the collection`).toBeDefined();
      // One that has gone elsewhere is left behind with its page.
      const page = await context.newPage();
      const deeds = watch(page);
      await page
        .setContent(trick?.html.toString("utf8") ?? "", { waitUntil: "commit", timeout: 10_000 })
        .catch(() => undefined);
      await expect.poll(() => deeds.length, `${name} does something by itself`).toBeGreaterThan(0);
      await page.close();
    }
  }
});
