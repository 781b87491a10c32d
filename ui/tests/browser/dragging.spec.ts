// Letters onto folders and folders into folders, with the mouse and with the keys, each with Undo.
import type { Page } from "@playwright/test";
import { expect, test } from "./pace";
import { drag, folder, list, openWindow, row, SHOTS, subject, toast } from "./stage";

test.beforeEach(async ({ page }) => openWindow(page));

test("a conversation is dragged onto a folder with the mouse, and the ghost says where it goes", async ({
  page,
}) => {
  await row(page, /Lighthouse: final/).click();
  await drag(page, row(page, /Mika/), folder(page, /^Lighthouse/), false);
  await expect(page.getByText("Move 1 conversation to Lighthouse")).toBeVisible();
  await page.screenshot({ path: `${SHOTS}/main-drag-light.png` });
  await page.mouse.up();
  await expect(toast(page)).toContainText("Moved 1 conversation to Lighthouse");
  await expect(row(page, /Mika/)).toHaveCount(0);
  await expect(subject(page), "what was open stays open").toHaveText(/Lighthouse/);
  await toast(page).getByRole("button", { name: "Undo" }).click();
  await expect(row(page, /Mika/)).toHaveCount(1);
});

test("after a drop the keys mean the list, and Delete no folder", async ({ page }) => {
  await row(page, /Lighthouse: final/).click();
  await drag(page, row(page, /Mika/), folder(page, /^Lighthouse/));
  await expect(toast(page)).toContainText("Moved 1 conversation to Lighthouse");
  await expect(list(page)).toBeFocused();
  await page.keyboard.press("Delete");
  await expect(toast(page)).toContainText("Deleted 1 conversation");
  await expect(folder(page, /^Lighthouse/)).toHaveCount(1);
});

test("after the last row was dropped the keys are on the empty list, and Delete deletes no folder", async ({
  page,
}) => {
  await drag(page, row(page, /Mika/), folder(page, /^Projects/));
  await folder(page, /^Projects/).click();
  await expect(row(page, /Mika/)).toHaveCount(1);
  await drag(page, row(page, /Mika/), folder(page, /^Lighthouse/));
  await expect(page.getByRole("group", { name: "Conversations in Projects" })).toBeFocused();
  await page.keyboard.press("Delete");
  await expect(folder(page, /^Lighthouse/)).toHaveCount(1);
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
});

test("who goes to the search right after a drop stays there", async ({ page }) => {
  await drag(page, row(page, /Mika/), folder(page, /^Lighthouse/));
  const search = page.getByRole("combobox", { name: "Search mail" });
  await search.focus();
  await page.waitForTimeout(400);
  await expect(search).toBeFocused();
});

test("with Ctrl held a conversation is copied, the ghost says so, and Undo takes the copy away", async ({
  page,
}) => {
  await drag(page, row(page, /Mika/), folder(page, /^Lighthouse/), false);
  await expect(page.getByText("Move 1 conversation to Lighthouse")).toBeVisible();
  await page.keyboard.down("Control");
  const { x, y } = (await folder(page, /^Lighthouse/).boundingBox()) ?? { x: 0, y: 0 };
  await page.mouse.move(x + 60, y + 12, { steps: 3 });
  await expect(page.getByText("Copy 1 conversation to Lighthouse")).toBeVisible();
  await page.screenshot({ path: `${SHOTS}/main-drag-copy-light.png` });
  await page.mouse.up();
  await page.keyboard.up("Control");
  await expect(toast(page)).toContainText("Copied 1 conversation to Lighthouse");
  await expect(row(page, /Mika/), "it stays where it was").toHaveCount(1);
  await folder(page, /^Lighthouse/).click();
  await expect(list(page)).toHaveAccessibleName("Conversations in Lighthouse");
  await expect(row(page, /Mika/)).toHaveCount(1);
  await toast(page).getByRole("button", { name: "Undo" }).click();
  await expect(row(page, /Mika/)).toHaveCount(0);
});

test("a conversation is copied by drag and drop with the keys alone", async ({ page }) => {
  await row(page, /Mika/).click();
  await list(page).focus();
  await page.keyboard.press("Shift+D");
  await expect(page.getByText(/^Copy 1 conversation/)).toBeVisible();
  const target = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
  for (let step = 0; step < 14 && (await target()) !== "Drop on Lighthouse"; step++)
    await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(toast(page)).toContainText("Copied 1 conversation to Lighthouse");
  await expect(row(page, /Mika/)).toHaveCount(1);
});

test("a conversation that is let go of on another is one with it, and is chosen; Undo takes them apart", async ({
  page,
}) => {
  const both = row(page, /Keys for the boathouse/).or(row(page, /Slipway free from Monday/));
  await expect(both).toHaveCount(2);
  await row(page, /Ferry Trust/).click();
  await drag(page, row(page, /Slipway free from Monday/), row(page, /Keys for the boathouse/), false);
  await expect(page.getByText(/^Join with “.*Keys for the boathouse”$/)).toBeVisible();
  await page.screenshot({ path: `${SHOTS}/main-drag-join-light.png` });
  await page.mouse.up();
  await expect(toast(page)).toContainText("Joined 2 conversations into one");
  await expect(both).toHaveCount(1);
  await expect(both).toHaveAttribute("aria-selected", "true");
  await toast(page).getByRole("button", { name: "Undo" }).click();
  await expect(both).toHaveCount(2);
  await expect(page.getByText("2 conversations selected")).toBeVisible();
});

test("conversations of two accounts are not joined, and the ghost says so", async ({ page }) => {
  const total = await list(page).getByRole("option").first().getAttribute("aria-setsize");
  await drag(page, row(page, /Slipway free from Monday/), row(page, /Your bill for October/), false);
  await expect(page.getByText("Conversations of two accounts cannot be joined")).toBeVisible();
  await page.mouse.up();
  await expect(page.getByText("Conversations of two accounts cannot be joined")).toHaveCount(0);
  await nothingWasDone(page);
  await expect(list(page).getByRole("option").first()).toHaveAttribute("aria-setsize", total ?? "");
});

test("the whole selection goes along when one of it is dragged", async ({ page }) => {
  await row(page, /Ferry Trust/).click();
  await row(page, /Mika/).click({ modifiers: ["Control"] });
  await drag(page, row(page, /Mika/), folder(page, /^Archive/));
  await expect(toast(page)).toContainText("Moved 2 conversations to Archive");
});

test("letters of one account are dropped on a folder of another", async ({ page }) => {
  await drag(page, row(page, /Mika/), tree2(page));
  await expect(toast(page)).toContainText("Moved 1 conversation to Sent");
  await expect(row(page, /Mika/)).toHaveCount(0);
});

test("a conversation is moved by drag and drop with the keys alone", async ({ page }) => {
  await row(page, /Mika/).click();
  await list(page).focus();
  await page.keyboard.press("d");
  await expect(page.getByText(/^Move 1 conversation/)).toBeVisible();
  const target = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
  for (let step = 0; step < 14 && (await target()) !== "Drop on Lighthouse"; step++)
    await page.keyboard.press("ArrowDown");
  expect(await target(), "the arrows reach every folder that may take it").toBe("Drop on Lighthouse");
  await expect(page.getByText("Move 1 conversation to Lighthouse")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(toast(page)).toContainText("Moved 1 conversation to Lighthouse");
  await expect(row(page, /Mika/)).toHaveCount(0);
});

test("Escape puts down what was taken up with the keys", async ({ page }) => {
  await row(page, /Mika/).click();
  await page.keyboard.press("d");
  await expect(page.getByText(/^Move 1 conversation/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText(/^Move 1 conversation/)).toHaveCount(0);
  await expect(row(page, /Mika/)).toHaveCount(1);
  await expect(list(page)).toBeFocused();
});

test("a folder is dragged into another with the mouse, and Undo brings it back", async ({ page }) => {
  await expect(folder(page, /^Ferry timetable/)).toHaveAttribute("aria-level", "3");
  await drag(page, folder(page, /^Ferry timetable/), folder(page, /^Archive/));
  await expect(toast(page)).toContainText("Moved Ferry timetable into Archive");
  await expect.poll(() => order(page)).toMatch(/Archive.*Ferry timetable.*Junk/);
  await toast(page).getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => order(page)).toMatch(/Projects.*Lighthouse.*Ferry timetable/);
});

test("a folder dropped on its account stands at the top of it", async ({ page }) => {
  await drag(page, folder(page, /^Ferry timetable/), folder(page, /^lena@nordlicht/));
  await expect(folder(page, /^Ferry timetable/)).toHaveAttribute("aria-level", "2");
});

test("a folder is moved with the keys alone", async ({ page }) => {
  await folder(page, /^Ferry timetable/).click();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("button", { name: /^Drag Ferry timetable/ })).toBeFocused();
  await page.keyboard.press("Enter");
  const target = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
  for (let step = 0; step < 14 && (await target()) !== "Drop on Archive"; step++)
    await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(toast(page)).toContainText("Moved Ferry timetable into Archive");
});

test("a folder cannot go into itself, nor Inbox anywhere", async ({ page }) => {
  await drag(page, folder(page, /^Projects/), folder(page, /^Lighthouse/));
  await drag(page, folder(page, /^Inbox, 9/), folder(page, /^Archive/));
  await nothingWasDone(page);
});

/** Its sentence would come behind those of what was done, and take that back. */
async function nothingWasDone(page: Page): Promise<void> {
  await page.keyboard.press("Control+z");
  await expect(toast(page)).toContainText("There is nothing to undo");
}

const tree2 = (page: Parameters<typeof folder>[0]) => folder(page, /^Sent/).last();

async function order(page: Parameters<typeof folder>[0]): Promise<string> {
  return (await folder(page, /./).allInnerTexts()).join(" ").replace(/\s+/g, " ");
}

const accounts = (page: Page) => page.locator("[role=row][data-key^='account:']");
const orderOf = (page: Page) => accounts(page).evaluateAll((rows) => rows.map((each) => each.dataset.key));

test("an account takes the place of another in the folder list with the mouse", async ({ page }) => {
  const [first, second] = await orderOf(page);
  await drag(page, accounts(page).nth(1), accounts(page).first(), false);
  await expect(page.getByText(/^Move lena.b@post.example to the place of /)).toBeVisible();
  await page.screenshot({ path: `${SHOTS}/main-drag-account-light.png` });
  await page.mouse.up();
  await expect(toast(page)).toContainText("lena.b@post.example is number 1 of 2");
  await expect.poll(() => orderOf(page)).toEqual([second, first]);
});

test("an account goes up and down with the keys, and by its menu", async ({ page }) => {
  const [first, second] = await orderOf(page);
  await accounts(page).first().focus();
  await page.keyboard.press("Alt+ArrowDown");
  await expect.poll(() => orderOf(page)).toEqual([second, first]);
  await page.keyboard.press("Alt+ArrowUp");
  await expect.poll(() => orderOf(page)).toEqual([first, second]);
  await accounts(page).nth(1).click({ button: "right" });
  await expect(page.getByRole("menuitem", { name: /Move down/ }), "it is the last").toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await page.getByRole("menuitem", { name: /Move up/ }).click();
  await expect.poll(() => orderOf(page)).toEqual([second, first]);
});
