// What is found is seen: rows of a search say why their letters were found and where they are, and so do the files of a letter.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import {
  folder,
  list,
  openWindow,
  reading,
  receive,
  row,
  rows,
  SHOTS,
  subject,
  type InMemory,
} from "./stage";

const FILLER = "The crossing was calm and nothing of note happened on board that day. ".repeat(12);
const field = (page: Page) => page.getByRole("combobox", { name: "Search mail" });

/** A letter with a word deep in its text and another one in a file. */
async function withLetter(page: Page, theme: "light" | "dark" = "light"): Promise<void> {
  await openWindow(page, { theme });
  await receive(page, {
    from: "Amara Okafor <amara@kustwerk.example>",
    subject: "Notes on the crossing, with the bill of the yard",
    text: `Dear Lena, here is all of it. ${FILLER}At noon the Kettles whistled twice. ${FILLER}`,
    box: "lena-archive",
    files: [
      ["stairs.dwg", "image/vnd.dwg", 640_000],
      ["invoice-of-the-yard.pdf", "application/pdf", 88_000, `${FILLER}Invoice no. 4711, due in May.`],
    ],
  });
}

const look = async (page: Page, role: "menuitemradio" | "menuitemcheckbox", name: string) => {
  await page.getByRole("button", { name: "How the list looks" }).click();
  await page.getByRole(role, { name }).click();
};
const crossing = (page: Page) => row(page, /Notes on the crossing/);

for (const theme of ["light", "dark"] as const) {
  test(`a row shows what was found deep in its letter, and stays as high, ${theme}`, async ({ page }) => {
    await withLetter(page, theme);
    await field(page).pressSequentially("kettle");
    const before = await crossing(page).boundingBox();
    await expect(crossing(page)).toContainText("… At noon the Kettles whistled twice.");
    await expect(crossing(page).locator("mark")).toHaveText(["Kettle"]);
    expect(await crossing(page).boundingBox(), "nothing jumps").toEqual(before);
    await expectAccessible(page, "an excerpt");
    await page.screenshot({ path: `${SHOTS}/found-text-${theme}.png` });
    await field(page).fill("4711 ");
    await expect(crossing(page)).toContainText("In invoice-o…yard.pdf: … no. 4711, due in May.");
    await expect(crossing(page).locator("mark")).toHaveText(["4711"]);
    await page.screenshot({ path: `${SHOTS}/found-file-${theme}.png` });
    await crossing(page).click();
    await expect(subject(page)).toHaveText(/Notes on the crossing/);
    const files = reading(page).getByRole("list", { name: "Attachments" });
    await expect(files.getByRole("listitem").nth(1)).toContainText("found in this file");
    await expect(files.getByText("found in this file")).toHaveCount(1);
    await expect(
      reading(page).getByRole("group", { name: "What was searched for" }),
      "its text has no such word, and none is counted",
    ).toHaveCount(0);
    await expectAccessible(page, "a file in which something was found");
    await page.screenshot({ path: `${SHOTS}/found-in-file-${theme}.png` });
  });
}

test("what is called so is marked in the name of the file", async ({ page }) => {
  await withLetter(page);
  await field(page).fill("stairs yard ");
  await expect(crossing(page)).toContainText("Attached: stairs.dwg");
  await expect(crossing(page).locator("mark").last()).toHaveText("stairs");
});

for (const theme of ["light", "dark"] as const) {
  test(`rows that stand closely, and those of a table, say it as far as they have room, ${theme}`, async ({
    page,
  }) => {
    await withLetter(page, theme);
    await field(page).fill("kettle ");
    await expect(crossing(page)).toBeVisible();
    await look(page, "menuitemradio", "Compact rows");
    const high = (await crossing(page).boundingBox())?.height;
    await expect(crossing(page)).toContainText("… At noon the Kettles whistled twice.");
    await expect(crossing(page).locator("mark")).toHaveText(["Kettle"]);
    const word = crossing(page).locator("mark");
    await expect(word, "behind a long subject").toBeInViewport({ ratio: 1 });
    const [shown, whole] = await Promise.all([word.boundingBox(), crossing(page).boundingBox()]);
    expect(whole?.height, "no line more").toBe(high);
    expect((shown?.x ?? 0) + (shown?.width ?? 0)).toBeLessThan((whole?.x ?? 0) + (whole?.width ?? 0));
    await expectAccessible(page, "an excerpt behind a subject");
    await page.screenshot({ path: `${SHOTS}/found-dense-${theme}.png` });
    await field(page).fill("crossing ");
    await expect(crossing(page).locator("mark").first()).toHaveText("crossing");
    await expect(crossing(page), "a row that shows it anyway says nothing more").not.toContainText("noon");
    await field(page).fill("all ");
    await expect(crossing(page), "how it begins is not in the row otherwise").toContainText(
      "… here is all of it.",
    );
    await expect(crossing(page).locator("mark")).toHaveText(["all"]);
    await expect(crossing(page).locator("mark")).toBeInViewport({ ratio: 1 });
    await page.screenshot({ path: `${SHOTS}/found-dense-beginning-${theme}.png` });
    await look(page, "menuitemcheckbox", "In columns, letters below");
    await field(page).fill("kettle ");
    await expect(crossing(page)).toContainText("… At noon the Kettles whistled twice.");
    await page.screenshot({ path: `${SHOTS}/found-table-${theme}.png` });
  });
}

test("letters of a search name their folder and their account, and a folder names neither", async ({
  page,
}) => {
  await withLetter(page);
  await field(page).fill("crossing ");
  await expect(crossing(page)).toContainText("Archive");
  await expect(crossing(page)).toContainText("lena@nordlicht.example");
  await expect(row(page, /Winter timetable/)).toContainText("Inbox");
  await field(page).fill("");
  await page.keyboard.press("Escape");
  await expect(list(page)).toHaveAccessibleName(/All inboxes/);
  await expect(rows(page).first(), "the account alone").toContainText("lena@nordlicht.example");
  await expect(rows(page).first()).not.toContainText("Inbox");
  await page.screenshot({ path: `${SHOTS}/found-all-inboxes.png` });
  await folder(page, /^Archive/)
    .first()
    .click();
  await expect(crossing(page)).toHaveCount(1);
  await expect(crossing(page)).not.toContainText("lena@nordlicht.example");
});

/** How wide the line of the subject is. */
const widthOf = (page: Page) =>
  crossing(page)
    .getByText("Notes on the crossing")
    .evaluate((line) => line.clientWidth);

for (const form of ["lines", "table"] as const) {
  test(`where a letter is takes no room from its subject in a small window, ${form}`, async ({ page }) => {
    await page.setViewportSize({ width: 900, height: 600 });
    await withLetter(page);
    await folder(page, /^Archive/)
      .first()
      .click();
    if (form === "table") await inColumns(page);
    const alone = await widthOf(page);
    await field(page).fill("whistled ");
    await expect(crossing(page)).toContainText("Archive");
    if (form === "table") {
      await inColumns(page);
      await expect(page.getByRole("group", { name: "Columns" })).toContainText("Folder");
    }
    await expect(crossing(page).locator("mark")).toHaveText(["whistled"]);
    await expectAccessible(page, "where letters are");
    await page.screenshot({ path: `${SHOTS}/found-small-${form}.png` });
    expect(await widthOf(page)).toBeGreaterThanOrEqual(alone);
  });
}

test("rows that stand closely say where their letters are beside the sender", async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 600 });
  await withLetter(page);
  await page.getByRole("button", { name: "How the list looks" }).click();
  await page.getByRole("menuitemradio", { name: "Compact rows" }).click();
  await field(page).fill("crossing ");
  await page.getByRole("button", { name: "How the list looks" }).click();
  await page.getByRole("menuitemradio", { name: "Compact rows" }).click();
  const height = (await crossing(page).boundingBox())?.height;
  expect(height, "in two lines").toBeCloseTo(54.15, 0);
  const where = crossing(page).getByTitle("Archive, lena@nordlicht.example");
  await expect(where).toBeVisible();
  await expect(where.getByText("Archive", { exact: true })).toHaveCSS("font-weight", "400");
  await page.screenshot({ path: `${SHOTS}/found-small-dense.png` });
});

async function inColumns(page: Page): Promise<void> {
  await crossing(page).click();
  await page.keyboard.press("Shift+C");
  await expect(page.getByRole("group", { name: "Columns" })).toBeVisible();
}

test("thousands of results leave the order its word, and the ring of a row cuts nothing of it", async ({
  page,
}) => {
  await openWindow(page);
  await page.evaluate(() => {
    const { waxwing } = globalThis as unknown as InMemory;
    const usual = waxwing.page.bind(waxwing);
    waxwing.page = async (listing, ...where) => {
      const found = await usual(listing, ...where);
      return listing.source.kind === "search" ? { ...found, total: 2_601 } : found;
    };
  });
  await page.keyboard.press("Control+k");
  await page.keyboard.type("e");
  await expect(page.getByRole("note", { name: "2,601 conversations were found" })).toHaveText("2,601");
  const order = page.getByRole("button", { name: "Sorted by date, newest first" });
  const word = await order.getByText("Newest", { exact: true }).boundingBox();
  const button = await order.boundingBox();
  if (word === null || button === null) throw new Error("The order is seen.");
  expect(word.y, "beside its sign, and not below").toBeLessThan(button.y + button.height);
  expect(word.x + word.width, "and whole").toBeLessThanOrEqual(button.x + button.width + 1);

  await rows(page).nth(1).click();
  await page.keyboard.press("ArrowUp");
  const air = await rows(page)
    .first()
    .evaluate((row) => {
      const ring = getComputedStyle(row, "::after");
      const inner =
        row.getBoundingClientRect().right - parseFloat(ring.right) - parseFloat(ring.borderRightWidth);
      const parts = [...row.querySelectorAll("time, [aria-hidden] > [data-colour]")];
      return parts.map((part) => inner - part.getBoundingClientRect().right);
    });
  expect(air.length, "a time and a dot").toBe(2);
  for (const room of air) expect(room).toBeGreaterThanOrEqual(2);
});

test("what is deleted from a search that shows Trash stays there, marked, and the next one is opened", async ({
  page,
}) => {
  await openWindow(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("ferry");
  await rows(page).first().click();
  await rows(page).nth(1).click();
  const next = await subject(page).textContent();
  await rows(page).first().click();
  await expect(subject(page)).not.toHaveText(next ?? "");
  await page.keyboard.press("Delete");
  await expect(rows(page).first()).toHaveAccessibleName(/Trash/);
  await expect(rows(page).first().locator("[data-trash]")).toHaveText(/Trash/);
  await expect(rows(page).nth(1)).toHaveAttribute("aria-selected", "true");
  await expect(subject(page)).toHaveText(next ?? "");
  await page.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Undo" }).click();
  await expect(rows(page).first().locator("[data-trash]")).toHaveCount(0);
});
