// Conversations put right by hand: muted, made one, taken apart; and letters in windows of their own.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import {
  chosen,
  folder,
  list,
  openWindow,
  reading,
  row,
  setting,
  settled,
  SHOTS,
  subject,
  toast,
  type InMemory,
} from "./stage";

const conversation = (page: Page, name: RegExp) => row(page, name).first();

test("a conversation is muted by a key, is shown so, and is heard of again by the same key", async ({
  page,
}) => {
  await openWindow(page);
  await conversation(page, /Lighthouse: final drawings/).click();
  await page.keyboard.press("m");
  await expect(conversation(page, /Lighthouse: final drawings/)).toContainText("Muted");
  await expect(reading(page).getByRole("banner").or(reading(page)).first()).toContainText("Muted");
  await expect(toast(page)).toContainText("What comes to it counts as read");
  await page.screenshot({ path: `${SHOTS}/conversation-muted.png` });
  await expectAccessible(page, "a muted conversation");
  await page.keyboard.press("m");
  await expect(conversation(page, /Lighthouse: final drawings/)).not.toContainText("Muted");
  await page.keyboard.press("Control+z");
  await expect(conversation(page, /Lighthouse: final drawings/)).toContainText("Muted");
});

test("two conversations become one, and come apart with Undo", async ({ page }) => {
  await openWindow(page);
  await conversation(page, /Slipway free from Monday/).click();
  await page.keyboard.press("Shift+J");
  await expect(toast(page), "one alone cannot be joined").toContainText(
    "Choose the conversations that you want to join",
  );
  await conversation(page, /Keys for the boathouse/).click({ modifiers: ["Control"] });
  await expect(chosen(page)).toHaveCount(2);
  await conversation(page, /Keys for the boathouse/).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Join into one conversation" }).click();
  await expect(row(page, /Keys for the boathouse/).or(row(page, /Slipway free/))).toHaveCount(1);
  await toast(page).getByRole("button", { name: "Undo" }).last().click();
  await expect(row(page, /Keys for the boathouse/).or(row(page, /Slipway free/))).toHaveCount(2);
});

test("a letter is taken out of its conversation from its menu", async ({ page }) => {
  await openWindow(page);
  await conversation(page, /Lighthouse: final drawings/).click();
  await expect(reading(page).getByRole("article")).not.toHaveCount(0);
  await reading(page).getByRole("button", { name: "More for this letter" }).last().click();
  await page.getByRole("menuitem", { name: "Take out of the conversation" }).click();
  await expect(row(page, /Lighthouse: final drawings/)).toHaveCount(2);
  await page.keyboard.press("Control+z");
  await expect(row(page, /Lighthouse: final drawings/)).toHaveCount(1);
});

test("a letter has a window of its own, with the keys of reading", async ({ page }) => {
  await openWindow(page);
  await conversation(page, /Winter timetable/).click();
  const opened = page.waitForEvent("popup");
  await page.keyboard.press("w");
  const own = await opened;
  await own.emulateMedia({ reducedMotion: "reduce" });
  await expect(subject(own)).toContainText("Winter timetable");
  await expect(own.getByRole("navigation", { name: "Accounts and folders" })).toHaveCount(0);
  await expect(own).toHaveTitle("Winter timetable from 1 December");
  await expectAccessible(own, "a letter's own window");
  await own.screenshot({ path: `${SHOTS}/letter-window.png` });
  // The next and the one before, by the list that it was opened from.
  const first = await subject(own).textContent();
  await own.keyboard.press("j");
  await expect(subject(own)).not.toHaveText(first ?? "");
  await own.keyboard.press("k");
  await expect(subject(own)).toHaveText(first ?? "");
  // The system asks it to close, and what can be taken back is left to the main window first.
  await own.keyboard.press("s");
  const left = await own.evaluate(async () => {
    const { waxwing } = globalThis as unknown as InMemory;
    const closed = new Promise<void>((done) => (waxwing.closeLetter = () => Promise.resolve(done())));
    waxwing.askToClose();
    await closed;
    waxwing.closeLetter = () => Promise.resolve(window.close());
    return waxwing.handedUndos.length;
  });
  expect(left).toBe(1);
  // Answering is left to the main window.
  await own.keyboard.press("r");
  await expect
    .poll(() =>
      own.evaluate(() => (globalThis as unknown as { waxwing: { handed: unknown[] } }).waxwing.handed.length),
    )
    .toBe(1);
  await own.keyboard.press("Control+f");
  await expect(own.getByRole("search").getByRole("textbox")).toBeFocused();
  await own.keyboard.press("Escape");
  // Keys of the list mean nothing here.
  await own.keyboard.press("g");
  // What is archived makes room for the next one.
  await own.locator("#reading").focus();
  await own.keyboard.press("e");
  await expect(subject(own)).not.toHaveText(first ?? "");
  await expect(own.getByRole("dialog"), "and have opened nothing").toHaveCount(0);
  const closed = own.waitForEvent("close");
  // The page is gone before the key is let go.
  await own.keyboard.press("Control+w").catch(() => undefined);
  await closed;
});

test("a press twice opens a window, and in Drafts it does not", async ({ page }) => {
  await openWindow(page);
  const opened = page.waitForEvent("popup");
  await conversation(page, /Dinner on Friday/).dblclick();
  const own = await opened;
  await expect(subject(own)).toContainText("Dinner on Friday");
  await expect(list(page).getByRole("option", { selected: true })).toHaveCount(1);
  await own.close();
});

/** Makes a group from the menu of all inboxes. */
async function makeGroup(page: Page, name: string, address: string) {
  await folder(page, /^All inboxes/).click({ button: "right" });
  await page.getByRole("menuitem", { name: "New group of accounts" }).click();
  const dialog = page.getByRole("dialog", { name: "A group of accounts" });
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await expect(dialog.getByRole("button", { name: "Make the group" }), "nobody is in it").toBeDisabled();
  await expect(dialog.getByRole("status"), "and why is said").toHaveText("Choose at least one account.");
  await dialog.getByText(address).click();
  return dialog;
}

const groupsInOrder = (page: Page) =>
  page
    .getByRole("row")
    .evaluateAll((rows) =>
      rows.map((each) => each.textContent).filter((text) => /^(?:Work|Home)/u.test(text)),
    );

test("inboxes of some accounts stand together as a group, under a name of its own", async ({ page }) => {
  await openWindow(page);
  const dialog = await makeGroup(page, "Work", "lena@nordlicht.example");
  await expectAccessible(page, "a group of accounts");
  await page.screenshot({ path: `${SHOTS}/account-group.png` });
  await dialog.getByRole("button", { name: "Make the group" }).click();
  await expect(page.getByRole("listbox", { name: "Conversations in Work" })).toBeVisible();
  await expect(folder(page, /^Work, \d+ unread/)).toHaveAttribute("aria-selected", "true");
  await expect(folder(page, /^Work, \d+ unread/), "one goes on at the group").toBeFocused();
  const again = await makeGroup(page, "work", "lena.b@post.example");
  await expect(again).toContainText("There is a group of this name already");
  await again.getByRole("textbox", { name: "Name" }).fill("Home");
  await again.getByRole("textbox", { name: "Name" }).press("Enter");
  await expect(page.getByRole("listbox", { name: "Conversations in Home" })).toBeVisible();
});

test("groups go up and down, have another name, and are dissolved, all with the keys", async ({ page }) => {
  await openWindow(page);
  await page.evaluate(async () => {
    const { waxwing } = globalThis as unknown as {
      waxwing: { putSetting: (key: string, value: string) => Promise<void> };
    };
    const groups = ["Work", "Home"].map((name, at) => ({ id: String(at), name, accounts: ["lena"] }));
    await waxwing.putSetting("account.groups", JSON.stringify(groups));
  });
  // Whoever makes one sees those that were there.
  const dialog = await makeGroup(page, "Third", "lena.b@post.example");
  await dialog.getByRole("textbox", { name: "Name" }).press("Enter");
  await expect.poll(async () => (await groupsInOrder(page))[0]).toMatch(/^Work/u);
  await folder(page, /^Home/).click();
  await page.keyboard.press("Alt+ArrowUp");
  await expect.poll(async () => (await groupsInOrder(page))[0]).toMatch(/^Home/u);
  await page.keyboard.press("F2");
  await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill("House");
  await page.keyboard.press("Enter");
  await expect(folder(page, /^House/)).toBeVisible();
  await folder(page, /^House/).click();
  await page.keyboard.press("Delete");
  await expect(folder(page, /^House/)).toHaveCount(0);
  await toast(page).getByRole("button", { name: "Undo" }).last().click();
  await expect(folder(page, /^House/)).toBeVisible();
});

test("searches that are kept take each other's place", async ({ page }) => {
  await openWindow(page);
  await page.evaluate(async () => {
    const { waxwing } = globalThis as unknown as {
      waxwing: { saveSearch: (name: string, query: string) => Promise<string> };
    };
    await waxwing.saveSearch("Stairs", "stairs");
    await waxwing.saveSearch("Ferries", "ferry");
  });
  const order = () =>
    page
      .getByRole("row")
      .evaluateAll((rows) =>
        rows.map((each) => each.textContent).filter((text) => /^(?:Stairs|Ferries)/u.test(text)),
      );
  await folder(page, /^Ferries/).click();
  await page.keyboard.press("Alt+ArrowUp");
  await expect.poll(async () => (await order())[0]).toMatch(/^Ferries/u);
  await expect(toast(page)).toContainText("Ferries is number 1 of 2");
  await folder(page, /^Ferries/).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Move down" }).click();
  await expect.poll(async () => (await order())[0]).toMatch(/^Stairs/u);
});

test("the line between a table and its letters is moved with the keys and the mouse, and remembered", async ({
  page,
}) => {
  await openWindow(page);
  await list(page).focus();
  await page.keyboard.press("Shift+C");
  const edge = page.getByRole("separator", { name: "Height of the list" });
  await expect(edge).toHaveAttribute("aria-orientation", "horizontal");
  const before = await settled(() => list(page).boundingBox());
  await edge.focus();
  for (let times = 0; times < 5; times++) await page.keyboard.press("ArrowDown");
  await expect(edge).toHaveAttribute("aria-valuenow", "50");
  await expect
    .poll(async () => (await list(page).boundingBox())?.height ?? 0)
    .toBeGreaterThan((before?.height ?? 0) + 40);
  await page.screenshot({ path: `${SHOTS}/table-edge.png` });
  const at = await edge.boundingBox();
  if (at === null) throw new Error("The line is there.");
  await page.mouse.move(at.x + 200, at.y + 3);
  await page.mouse.down();
  await page.mouse.move(at.x + 200, at.y - 100, { steps: 5 });
  await page.mouse.up();
  await expect.poll(async () => Number(await edge.getAttribute("aria-valuenow"))).toBeLessThan(40);
  await expect.poll(() => setting(page, "panes")).toMatch(/^\d+,\d+,\d+$/u);
  await edge.focus();
  await page.keyboard.press("Home");
  await expect(edge).toHaveAttribute("aria-valuenow", "20");
  await page.keyboard.press("End");
  await expect(edge).toHaveAttribute("aria-valuenow", "75");
  await page.keyboard.press("Enter");
  await expect(edge).toHaveAttribute("aria-valuenow", "40");
});
