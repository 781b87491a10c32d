// Newsletters of tests/newsletters as their frame shows them, against plain Chromium showing the same file with its network
// cut off, at three widths. Both are photographed whole and compared dot by dot; what differs is told in hundredths.
import type { Page } from "@playwright/test";
import { readdirSync, readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "./pace";
import { framed } from "./sanitiser";
import { SHOTS } from "./stage";

const folder = fileURLToPath(new URL("../../../tests/newsletters/", import.meta.url));
const WIDTHS = [360, 600, 900];
/** The edges of letters are drawn a shade differently where they stand a part of a dot aside. */
const SHADE = 40;

/**
 * Hundredths of a picture that may differ. Where one may differ by more, it has no doctype, and was made for a browser's old
 * way of reading ("quirks"), in which tables forget the type around them. Frames with a document in an attribute are never
 * read so (WHATWG HTML, section 4.8.5). And a letter without a sheet stands on the app's own measures.
 */
const TOLERANCE: Record<string, number> = { "old-school.html": 14, "receipt.html": 5 };
const USUAL = 2;

async function photograph(page: Page, html: string, width: number): Promise<string> {
  await page.setViewportSize({ width, height: 900 });
  await page.setContent(html, { waitUntil: "domcontentloaded" });
  return (await page.screenshot({ fullPage: true })).toString("base64");
}

/** The part of the dots of the larger picture that differ, by the best of a few places one upon the other. */
function difference(page: Page, one: string, other: string): Promise<number> {
  return page.evaluate(
    async ([first, second, shade]) => {
      const dots = async (base64: string) => {
        const picture = await createImageBitmap(
          await (await fetch(`data:image/png;base64,${base64}`)).blob(),
        );
        const canvas = new OffscreenCanvas(picture.width, picture.height);
        const paper = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
        paper.drawImage(picture, 0, 0);
        return paper.getImageData(0, 0, picture.width, picture.height);
      };
      const [a, b] = [await dots(first), await dots(second)];
      const all = Math.max(a.width * a.height, b.width * b.height);
      let least = 1;
      for (const down of [-8, -4, 0, 4, 8]) {
        let different = 0;
        for (let y = 0; y < Math.max(a.height, b.height + down); y++)
          for (let x = 0; x < a.width; x++) {
            const other = y - down;
            if (y >= a.height || other < 0 || other >= b.height) {
              if (y >= a.height ? other >= 0 : y > 8) different += 1;
              continue;
            }
            const [i, j] = [4 * (y * a.width + x), 4 * (other * b.width + x)];
            const far = [0, 1, 2].some((c) => Math.abs((a.data[i + c] ?? 0) - (b.data[j + c] ?? 0)) > shade);
            if (far) different += 1;
          }
        least = Math.min(least, different / all);
      }
      return least;
    },
    [one, other, SHADE] as const,
  );
}

for (const name of readdirSync(folder)) {
  test(`${name} looks as its sender meant it`, async ({ browser, page }) => {
    test.setTimeout(300_000);
    const html = readFileSync(folder + name, "utf8");
    // As a frame without scripts on white paper.
    const context = await browser.newContext({
      javaScriptEnabled: false,
      colorScheme: "light",
      deviceScaleFactor: 1,
    });
    await context.route(/^https?:/, (route) => route.abort());
    const plain = await context.newPage();
    const ours = await context.newPage();
    await page.goto("about:blank");
    const found: string[] = [];
    for (const width of WIDTHS) {
      const meant = await photograph(plain, html, width);
      const shown = await photograph(ours, framed(html), width);
      const hundredths = 100 * (await difference(page, meant, shown));
      mkdirSync(SHOTS, { recursive: true });
      writeFileSync(`${SHOTS}/fidelity-${name}-${width}-meant.png`, Buffer.from(meant, "base64"));
      writeFileSync(`${SHOTS}/fidelity-${name}-${width}-shown.png`, Buffer.from(shown, "base64"));
      if (hundredths > (TOLERANCE[name] ?? USUAL)) found.push(`${hundredths.toFixed(2)} % at ${width}`);
    }
    await context.close();
    expect(found, `${name} differs`).toEqual([]);
  });
}
