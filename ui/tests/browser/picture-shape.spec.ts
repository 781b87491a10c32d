// Pictures in a frame that is narrower than they are: they get smaller as a whole, and what their sender says of a height counts.
// Documents come from the real sanitiser.
import type { Page } from "@playwright/test";
import { expect, test } from "./pace";
import { framed } from "./sanitiser";
import { SHOTS } from "./stage";

/** One dot, which has no shape of its own to go by. */
const DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=";

/** How large each picture of a letter is drawn in a frame of so many pixels, and in plain Chromium. */
async function drawn(page: Page, html: string, width: number): Promise<{ ours: string[]; plain: string[] }> {
  await page.setViewportSize({ width, height: 600 });
  const sizes = () =>
    page.locator("img").evaluateAll((all) =>
      all.map((each) => {
        const { width, height } = each.getBoundingClientRect();
        return `${Math.round(width)}×${Math.round(height)}`;
      }),
    );
  await page.setContent(framed(html));
  const ours = await sizes();
  await page.setContent(html);
  return { ours, plain: await sizes() };
}

test("a picture with a width and a height keeps its shape where there is no room for it", async ({
  page,
}) => {
  const letters: Record<string, { image: string; narrow: string }> = {
    "with attributes": { image: `<img width="600" height="300" src="${DOT}">`, narrow: "280×140" },
    "with a style beside them": {
      image: `<img width="600" height="300" style="display:block;border:0" src="${DOT}">`,
      narrow: "280×140",
    },
    "with a style alone, as a word processor writes it": {
      image: `<img style="width:6.25in;height:225pt" src="${DOT}">`,
      narrow: "280×140",
    },
    "as wide as there is room, by its own word": {
      image: `<img width="600" height="300" style="max-width:100%" src="${DOT}">`,
      narrow: "280×140",
    },
    blocked: {
      image: '<img width="600" height="300" alt="The harbour" src="https://img.example/1.png">',
      narrow: "280×140",
    },
    "blocked and without words": {
      image: '<img width="600" height="300" src="https://img.example/1.png">',
      narrow: "280×140",
    },
    "in a cell of a table": {
      image: `<table width="100%" cellpadding="0" cellspacing="0"><tr><td><img width="600" height="300" src="${DOT}"></td></tr></table>`,
      narrow: "280×140",
    },
    "as thin as a line": { image: `<img width="600" height="2" src="${DOT}">`, narrow: "280×2" },
    "with the places of a map": {
      image: `<img usemap="#m" width="600" height="300" src="${DOT}"><map name="m"><area shape="rect" coords="0,0,9,9" href="https://a.example/"></map>`,
      narrow: "600×300",
    },
  };
  for (const [what, { image, narrow }] of Object.entries(letters)) {
    // Without a style sheet its frame has no margins at its sides.
    const { ours } = await drawn(page, image, 280);
    expect(ours, `${what}: in a narrow frame`).toEqual([narrow]);
    const wide = await drawn(page, image, 900);
    expect(wide.ours, `${what}: where there is room`).toEqual([
      what === "as thin as a line" ? "600×2" : "600×300",
    ]);
  }
  await page.setViewportSize({ width: 280, height: 600 });
  await page.setContent(
    framed(
      Object.values(letters)
        .slice(0, 6)
        .map(({ image }) => image.replace(DOT, SQUARES))
        .join("<p>and</p>"),
    ),
  );
  await page.screenshot({ path: `${SHOTS}/picture-shape.png`, fullPage: true });
});

/** Squares, by which one sees whether it is drawn in its shape. */
const SQUARES =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAQAAAACCAIAAADwyuo0AAAAFUlEQVR4nGPgz0678/4NhGSAs4AkALkqDl0SXXfAAAAAAElFTkSuQmCC";

test("what a sender says of a height counts as in plain Chromium", async ({ page }) => {
  const pictures = [
    `<img width="200" height="100" style="height:40px" src="${DOT}">`,
    `<img width="200" height="100" style="width:50%" src="${DOT}">`,
    `<img width="200" height="100" style="width:100%;height:auto" src="${DOT}">`,
    `<img width="50%" height="100" src="${DOT}">`,
    `<img width="200" src="${DOT}">`,
    `<img height="100" src="${DOT}">`,
    `<img class="tall" width="200" height="100" src="${DOT}">`,
    `<img class="tall" width="200" src="${DOT}">`,
    `<img class="low" width="200" height="100" src="${DOT}">`,
    `<img class="shown" width="200" height="100" src="${DOT}">`,
    `<img id="one" width="200" height="100" src="${DOT}">`,
    `<img style="width:200px;height:100px" class="loud" src="${DOT}">`,
    `<img style="width:200px;height:100px;object-fit:cover" src="${DOT}">`,
    `<img width="200" height="100" style="padding:10px;border:1px solid" src="${DOT}">`,
    `<img width="200" height="100" style="padding:10px;box-sizing:border-box" src="${DOT}">`,
  ];
  const sheet =
    "<style>.tall{height:170px} .low{max-height:30px} .shown{width:90px;height:70px} #one{height:auto}" +
    " .loud{height:66px!important} img{height:100px}</style>";
  // With a sheet a letter has the margins of a browser, and so has this one without.
  const { ours, plain } = await drawn(
    page,
    `<!doctype html>${sheet}${pictures.map((picture) => `<p>${picture}</p>`).join("")}`,
    900,
  );
  expect(ours).toEqual(plain);
  const without = `<!doctype html><style>p{color:#222}</style>${pictures.map((picture) => `<p>${picture}</p>`).join("")}`;
  const again = await drawn(page, without, 900);
  expect(again.ours).toEqual(again.plain);
});
