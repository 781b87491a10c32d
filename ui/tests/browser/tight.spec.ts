// What has to fit into a window of 900 by 600: suggestions, menus, what a server says of a folder that it does not open, names of files.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import { fill, folder, openWindow, receive, rows, SHOTS, type InMemory } from "./stage";

test.use({ viewport: { width: 900, height: 600 } });

const field = (page: Page) => page.getByRole("combobox", { name: "Search mail" });
const hints = (page: Page) => page.getByRole("listbox", { name: "Suggestions" });
const cut = (page: Page) =>
  hints(page)
    .getByRole("option")
    .evaluateAll((all) =>
      all.flatMap((each) =>
        [...each.children].filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent),
      ),
    );

test("suggestions are seen whole, and the keys bring each of them into view", async ({ page }) => {
  await openWindow(page);
  await page.keyboard.press("Control+k");
  await expect(hints(page).getByRole("option")).toHaveCount(22);
  expect(await cut(page), "nothing is left out").toEqual([]);
  await expect(hints(page)).toBeInViewport({ ratio: 1 });
  await page.screenshot({ path: `${SHOTS}/tight-hints.png` });
  for (let number = 0; number < 24; number += 1)
    await receive(page, {
      from: `Anna Berg <anna${number}@crew${number}.example>`,
      subject: "A letter",
      text: "x",
      box: "lena-inbox",
    });
  await page.keyboard.type("from:ann");
  await expect(hints(page).getByRole("option")).toHaveCount(20);
  await expect(hints(page).getByRole("option").first()).toHaveText(
    /^from: Anna Berg · anna\d+@crew\d+\.example$/,
  );
  expect(await cut(page)).toEqual([]);
  await expect(
    page.getByText("There may be others, who are found as you type on."),
    "and nobody is left out silently",
  ).toBeVisible();
  await expect(field(page)).toHaveAccessibleDescription("There may be others, who are found as you type on.");
  await expectAccessible(page, "people of one name");
  for (let step = 0; step < 20; step += 1) await page.keyboard.press("ArrowDown");
  const last = hints(page).getByRole("option", { selected: true });
  await expect(last, "but for a part of a pixel").toBeInViewport({ ratio: 0.9 });
  await page.screenshot({ path: `${SHOTS}/tight-people.png` });
  const address = /anna\d+@\S+/.exec((await last.textContent()) ?? "")?.[0];
  await page.keyboard.press("Enter");
  await expect(page.getByRole("grid", { name: "What the letters must be" }).getByRole("row")).toHaveText(
    `from: ${address}`,
  );
});

test("NOT is offered, means a minus, and says when nothing follows it", async ({ page }) => {
  await openWindow(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("lamp NO");
  await expect(hints(page).getByRole("option")).toHaveText([/^NOT/]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(field(page)).toHaveValue("lamp NOT ");
  await expect(page.getByText("“NOT”: nothing follows it.")).toBeVisible();
  await page.keyboard.type("from:amara ");
  await expect(page.getByRole("grid", { name: "What the letters must be" }).getByRole("row")).toHaveText(
    "not from: amara",
  );
  await expect(page.getByText("“NOT”: nothing follows it.")).toHaveCount(0);
  await field(page).fill("lamp AND ");
  await expect(page.getByText(/^“AND”: there is nothing on one side of it/)).toBeVisible();
});

test("a row's menu goes up as far as it must, and scrolls only where the window is too low for it", async ({
  page,
}) => {
  await openWindow(page);
  const menu = page.getByRole("menu");
  const scrolls = () => menu.evaluate((each) => each.scrollHeight > each.clientHeight);
  for (const at of [0, 2, 4]) {
    await rows(page).nth(at).click({ button: "right" });
    await expect(menu).toBeInViewport({ ratio: 1 });
    expect(await scrolls(), `at row ${at}`).toBe(false);
    await page.keyboard.press("Escape");
    await expect(menu).toHaveCount(0);
  }
  await page.setViewportSize({ width: 900, height: 400 });
  await rows(page).nth(1).click({ button: "right" });
  await expect(menu).toBeInViewport({ ratio: 1 });
  expect(await scrolls()).toBe(true);
});

const REPLY = `[SERVERBUG] Internal error occurred. ${"Refer to the log of the server for more. ".repeat(6)}4711`;

/** The servers of the first accounts do not open their inboxes. */
async function shut(page: Page, count: number): Promise<void> {
  await page.evaluate(
    ([reply, number]) => {
      const { waxwing } = globalThis as unknown as InMemory;
      const usual = waxwing.accounts.bind(waxwing);
      waxwing.accounts = async () =>
        (await usual()).map((account, at) =>
          at < number
            ? {
                ...account,
                activity: {
                  kind: "upToDate",
                  checkedAt: 5,
                  shut: [{ mailbox: `${account.id}-inbox`, reply }],
                },
              }
            : account,
        );
    },
    [REPLY, count] as const,
  );
  await fill(page, "lena", 1_000);
}

for (const theme of ["light", "dark"] as const) {
  test(`what a server says takes two lines until one asks for more, ${theme}`, async ({ page }) => {
    await openWindow(page, { theme });
    await shut(page, 1);
    await folder(page, /^Inbox/)
      .first()
      .click();
    const strip = page.getByRole("status").filter({ hasText: "The server does not open this folder" });
    await expect(strip, "all of it is there to be read out").toContainText("4711");
    const said = strip.locator("p");
    const before = (await said.boundingBox())?.height ?? 0;
    expect(before).toBeLessThan(45);
    await expectAccessible(page, "a folder that is shut");
    await page.screenshot({ path: `${SHOTS}/tight-shut-${theme}.png` });
    await strip.getByRole("button", { name: "More", exact: true }).click();
    await expect.poll(async () => (await said.boundingBox())?.height).toBeGreaterThan(before);
    await strip.getByRole("button", { name: "Less", exact: true }).click();
    await expect.poll(async () => (await said.boundingBox())?.height).toBe(before);
  });
}

test("all inboxes say whose inbox is shut", async ({ page }) => {
  await openWindow(page);
  const strip = page.getByRole("status").filter({ hasText: "does not open its inbox" });
  await expect(strip).toHaveCount(0);
  await shut(page, 1);
  await expect(strip).toContainText("The server of lena@nordlicht.example does not open its inbox");
  await shut(page, 2);
  await expect(
    page.getByText(/The servers of lena@nordlicht.example and lena.b@post.example do not open their inboxes/),
  ).toBeVisible();
  await folder(page, /^Starred/).click();
  await expect(
    page.getByText(/do not open their inboxes/),
    "of what stands elsewhere nothing is missing",
  ).toHaveCount(0);
});

test("what a file's name ends in is seen however narrow the window is", async ({ page }) => {
  await openWindow(page);
  await receive(page, {
    from: "Amara Okafor <amara@kustwerk.example>",
    subject: "A file",
    text: "x",
    box: "lena-inbox",
    files: [
      [
        "quarterly-report-of-the-harbour-and-all-of-its-boats-2026-final.pdf.exe",
        "application/octet-stream",
        9,
      ],
    ],
  });
  await folder(page, /^Inbox/)
    .first()
    .click({ button: "right" });
  await page.getByRole("menuitem", { name: /files/i }).click();
  const name = page.getByTitle(/quarterly-report/);
  for (const width of [900, 640, 480]) {
    await page.setViewportSize({ width, height: 600 });
    await expect(name).toBeVisible();
    const [column, end] = await Promise.all([
      name.boundingBox(),
      name
        .locator("span")
        .filter({ hasText: /\.exe$/ })
        .last()
        .boundingBox(),
    ]);
    if (column === null || end === null) throw new Error("It is not seen.");
    expect(end.x, `at ${width}`).toBeGreaterThanOrEqual(column.x - 1);
    expect(end.x + end.width, `at ${width}`).toBeLessThanOrEqual(column.x + column.width + 1);
  }
  await page.screenshot({ path: `${SHOTS}/tight-files.png` });
});
