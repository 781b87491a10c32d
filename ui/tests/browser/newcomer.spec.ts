// What somebody stumbles over who uses the window for the first time: where the focus goes, what a button says it will
// do, and that nothing lies over anything else.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { answeredUntil, expect, test } from "./pace";
import { folder, list, openWindow, reading, row, rows, subject, toast, type InMemory } from "./stage";

const field = (page: Page) => page.getByRole("combobox", { name: "Search mail" });
const current = (page: Page) => list(page).locator("[data-current]");

test("from the search the keys go to the first result, and Escape there goes back", async ({ page }) => {
  await openWindow(page);
  await field(page).pressSequentially("lamp");
  await expect(page.getByRole("listbox", { name: /Results for “lamp”/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(list(page)).toBeFocused();
  await expect(current(page), "one sees where the keys are").toHaveAttribute("aria-posinset", "1");
  await expect(subject(page), "and nothing is opened by only coming here").toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(subject(page), "Enter opens what the cursor waits on").toBeVisible();
  await expect(page.locator("#reading")).toBeFocused();
  const marks = page.getByRole("group", { name: "What was searched for" });
  await expect(marks, "what was searched for is marked").toBeVisible();
  await page.keyboard.press("Escape");
  await expect(marks, "Escape takes the marks away first").toBeHidden();
  await page.keyboard.press("Escape");
  await expect(list(page), "and then comes back from the letters").toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("listbox", { name: "Conversations in All inboxes" })).toBeFocused();
  await expect(field(page)).toHaveValue("");
});

test("the first arrow chooses the row on which the cursor waits", async ({ page }) => {
  await openWindow(page);
  await field(page).pressSequentially("is:unread ");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("listbox", { name: /Results for/ })).toBeFocused();
  await expect(current(page)).toHaveAttribute("aria-posinset", "1");
  await page.keyboard.press("ArrowDown");
  await expect(current(page)).toHaveAttribute("aria-selected", "true");
  await expect(current(page)).toHaveAttribute("aria-posinset", "1");
});

test("J takes the focus along from a button, and leaves it with whoever reads", async ({ page }) => {
  await openWindow(page);
  await page.getByRole("button", { name: "Compose" }).focus();
  await page.keyboard.press("j");
  await expect(list(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#reading")).toBeFocused();
  await page.keyboard.press("j");
  await expect(subject(page)).toHaveText(/Winter timetable/);
  await expect(page.locator("#reading"), "the page still scrolls with the keys").toBeFocused();
});

test("the menu says what it would do now", async ({ page }) => {
  await openWindow(page);
  await row(page, /Mika/).click({ button: "right" });
  const menu = page.getByRole("menu", { name: "Conversation menu" });
  await expect(menu.getByRole("menuitem", { name: /^Remove the star/ })).toBeVisible();
  await expect(menu.getByRole("menuitem", { name: /^Mark as unread/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(menu).toHaveCount(0);
  await row(page, /Stadtwerke/).click({ button: "right" });
  await expect(menu.getByRole("menuitem", { name: /^Star/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(menu).toHaveCount(0);
  await page.keyboard.press("p");
  await expect(page.getByRole("contentinfo", { name: "Status" })).toContainText("paused");
  await page.getByRole("button", { name: "Waxwing menu" }).click();
  await expect(page.getByRole("menuitem", { name: /^Resume fetching/ })).toBeVisible();
});

test("the web view's own menu comes for text only", async ({ page }) => {
  await openWindow(page);
  const comes = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((at) => at.dispatchEvent(new MouseEvent("contextmenu", { bubbles: true, cancelable: true })));
  expect(await comes("header"), "no Reload on the bar").toBe(false);
  expect(await comes("footer"), "nor at the foot").toBe(false);
  expect(await comes("input"), "but Paste in a field").toBe(true);
  await row(page, /Lighthouse: final/).click();
  await expect(subject(page)).toBeVisible();
  expect(await comes("#reading h1")).toBe(false);
  await page.locator("#reading h1").selectText();
  expect(await comes("#reading h1"), "and Copy on chosen words").toBe(true);
});

test("long names of folders and accounts stay on their lines in the folder picker", async ({ page }) => {
  await openWindow(page);
  await page.evaluate(() => {
    const { world } = (globalThis as unknown as InMemory).waxwing;
    for (const mailbox of world.mailboxes)
      if (mailbox.role === null) mailbox.name = "Grundstücksverkehrsgenehmigungszuständigkeitsübertragung";
    for (const account of world.accounts)
      account.email = `maximiliane.von-und-zu-oberammergau@donaudampfschifffahrt.${account.id}.example`;
    world.tell({ kind: "mailboxes", account: "lena" });
    world.tell({ kind: "accounts" });
  });
  await rows(page).first().click();
  await page.keyboard.press("v");
  const options = page.getByRole("dialog").getByRole("option");
  await expect(options.filter({ hasText: "Grundstück" }).first()).toBeVisible();
  for (const option of await options.all()) {
    const room = await option.evaluate((it) => [
      it.scrollHeight - it.clientHeight,
      it.scrollWidth - it.clientWidth,
    ]);
    expect(room, `nothing of ${(await option.textContent()) ?? ""} runs over its row`).toEqual([0, 0]);
  }
  await expectAccessible(page, "the folder picker with long names");
});

test("a dialog longer than the window keeps its buttons in view", async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 600 });
  await openWindow(page);
  await page.keyboard.press("?");
  const close = page.getByRole("dialog").getByRole("button", { name: "Close" });
  await expect(close).toBeInViewport({ ratio: 1 });
  await page.getByRole("dialog").getByText("one or the other").scrollIntoViewIfNeeded();
  await expect(close).toBeInViewport({ ratio: 1 });
});

test("a conversation that takes its time shows its shape, and the window does too", async ({ page }) => {
  await page.goto("/?delay=5000");
  await expect(page.getByText("Loading…")).toBeAttached();
  await answeredUntil(page, page.getByRole("navigation", { name: "Accounts and folders" }));
  await answeredUntil(page, row(page, /Ferry Trust/));
  await row(page, /Ferry Trust/).click();
  await expect(reading(page).getByText("Loading…")).toBeAttached();
  await answeredUntil(page, subject(page));
  await expect(subject(page)).toHaveText(/Winter timetable/);
});

test("without a network one sentence speaks for all accounts", async ({ page }) => {
  await openWindow(page, { scene: "offline" });
  const status = page.getByRole("contentinfo", { name: "Status" });
  await expect(status).toContainText("Offline since");
  await expect(status.getByRole("button")).toHaveText(["Try again"]);
});

test("a firm is called by its whole name, a person by the first", async ({ page }) => {
  await openWindow(page);
  await row(page, /Ferry Trust/).click();
  await expect(reading(page).getByRole("button", { name: "Always from Ferry Trust" })).toBeVisible();
  await expect(reading(page).getByRole("button", { name: "Reply to Ferry Trust…" })).toBeVisible();
  await row(page, /Mika/).click();
  await expect(reading(page).getByRole("button", { name: "Reply to Mika…" })).toBeVisible();
});

test("Tab goes from the recipients to the subject, and Cc has a key", async ({ page }) => {
  await openWindow(page);
  await page.keyboard.press("c");
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByRole("combobox", { name: "To", exact: true })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(sheet.getByRole("textbox", { name: "Subject" })).toBeFocused();
  await page.keyboard.press("Control+Shift+C");
  await expect(sheet.getByRole("combobox", { name: "Cc", exact: true })).toBeFocused();
  await page.keyboard.press("Control+Shift+B");
  await expect(sheet.getByRole("combobox", { name: "Bcc", exact: true })).toBeFocused();
});

test("a letter put aside says where it is, and opens again from there", async ({ page }) => {
  await openWindow(page);
  await page.keyboard.press("c");
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("textbox", { name: "Subject" }).fill("Later");
  await page.keyboard.press("Escape");
  await expect(toast(page)).toContainText("Kept in Drafts");
  await expect(folder(page, /^Drafts, 3 letters/)).toBeVisible();
  await toast(page).getByRole("button", { name: "Open" }).click();
  await expect(page.getByRole("dialog", { name: "Later" })).toBeVisible();
});
