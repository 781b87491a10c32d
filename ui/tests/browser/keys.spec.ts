// The window without a mouse: every key does what its tooltip says, and none fires while someone types.
import { expect, test } from "./pace";
import { chosen, folder, list, menu, openWindow, reading, row, rows, subject, toast } from "./stage";

test.beforeEach(async ({ page }) => openWindow(page));

test("j and k go through the conversations, arrows too", async ({ page }) => {
  await page.keyboard.press("j");
  await expect(subject(page)).toHaveText(/Lighthouse/);
  await page.keyboard.press("j");
  await expect(subject(page)).toHaveText(/Winter timetable/);
  await page.keyboard.press("k");
  await expect(subject(page)).toHaveText(/Lighthouse/);
  await list(page).focus();
  await page.keyboard.press("ArrowDown");
  await expect(subject(page)).toHaveText(/Winter timetable/);
});

test("e archives, the next conversation is chosen, and Ctrl+Z brings it back", async ({ page }) => {
  await row(page, /Ferry Trust/).click();
  await page.keyboard.press("e");
  await expect(toast(page)).toContainText("Archived 1 conversation");
  await expect(row(page, /Ferry Trust/)).toHaveCount(0);
  await expect(subject(page)).toHaveText(/Invoice 2291/);
  await page.keyboard.press("Control+z");
  await expect(row(page, /Ferry Trust/)).toHaveCount(1);
  await expect(toast(page), "and says what it was").toContainText("Undone: Archived 1 conversation");
});

test("the toast's Undo takes back its own action", async ({ page }) => {
  await row(page, /Mika/).click();
  await page.keyboard.press("#");
  await expect(row(page, /Mika/)).toHaveCount(0);
  await toast(page).getByRole("button", { name: "Undo" }).click();
  await expect(row(page, /Mika/)).toHaveCount(1);
  await expect(toast(page)).toContainText("Undone");
});

test("Delete, ! and s do theirs", async ({ page }) => {
  await row(page, /Mika/).click();
  await page.keyboard.press("s");
  await expect(row(page, /Mika Perälä.*starred.*Dinner/)).toHaveCount(0);
  await page.keyboard.press("s");
  await expect(row(page, /Mika Perälä.*starred.*Dinner/)).toHaveCount(1);
  await page.keyboard.press("!");
  await expect(toast(page)).toContainText("Moved 1 conversation to Junk");
  await expect(row(page, /Mika Perälä.*Dinner/)).toHaveCount(0);
  await row(page, /Stadtwerke/).click();
  await page.keyboard.press("Delete");
  await expect(toast(page)).toContainText("Deleted 1 conversation");
  await expect(row(page, /Stadtwerke/)).toHaveCount(0);
});

test("Shift and v copies to a folder that is found by typing, and the conversation stays", async ({
  page,
}) => {
  await row(page, /Ferry Trust/).click();
  await page.keyboard.press("Shift+V");
  const dialog = page.getByRole("dialog", { name: "Copy 1 conversation to" });
  await dialog.getByRole("combobox").fill("ferry");
  await expect(dialog.getByRole("option").first()).toHaveText(/Ferry timetable/);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(toast(page)).toContainText("Copied 1 conversation to Ferry timetable");
  await expect(row(page, /Ferry Trust/)).toHaveCount(1);
  await page.keyboard.press("Control+z");
  await expect(toast(page)).toContainText("Undone");
});

test("p pauses all accounts and resumes them", async ({ page }) => {
  const status = page.getByRole("contentinfo", { name: "Status" });
  await page.keyboard.press("p");
  await expect(status).toContainText("paused, 25,192 messages are still on the server");
  await page.keyboard.press("p");
  await expect(status).toContainText("All accounts up to date");
});

test("v moves to a folder that is found by typing", async ({ page }) => {
  await row(page, /Ferry Trust/).click();
  await page.keyboard.press("v");
  const dialog = page.getByRole("dialog", { name: "Move 1 conversation to" });
  await dialog.getByRole("combobox").fill("ferry");
  await expect(dialog.getByRole("option").first()).toHaveText(/Ferry timetable/);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(toast(page)).toContainText("Moved 1 conversation to Ferry timetable");
  await folder(page, /^Ferry timetable/).click();
  await expect(row(page, /Winter timetable/)).toBeVisible();
});

test("Ctrl+K and / search, Escape goes back", async ({ page }) => {
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: "Search mail" });
  await expect(field).toBeFocused();
  await field.pressSequentially("glazing");
  await expect(page.getByRole("listbox", { name: /Results for “glazing”/ })).toBeVisible();
  await expect(row(page, /Lighthouse/)).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("listbox", { name: "Conversations in All inboxes" })).toBeFocused();
  await page.keyboard.press("/");
  await expect(field, "the slash opens the field and does not stand in it").toHaveValue("");
  await expect(field).toBeFocused();
});

test("no key of the window fires while someone types", async ({ page }) => {
  await row(page, /Ferry Trust/).click();
  await page.getByRole("combobox", { name: "Search mail" }).focus();
  await page.keyboard.type("es#uv?c");
  await expect(page.getByRole("region", { name: "Results for “es#uv?c”" })).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  // Had any of them been done, this would take it back; and the sentence comes behind theirs.
  await page.keyboard.press("Escape");
  await expect(list(page)).toBeFocused();
  await page.keyboard.press("Control+z");
  await expect(toast(page)).toContainText("There is nothing to undo");
});

test("letters in the folder tree are keys of the window too, not a search for a name", async ({ page }) => {
  await folder(page, /^Starred/).click();
  await expect(page.getByRole("listbox", { name: "Conversations in Starred" })).toBeVisible();
  await expect(page.locator("[aria-busy=true]"), "its rows have come").toHaveCount(0);
  await page.keyboard.press("j");
  await expect(subject(page)).toHaveText(/Dinner on Friday/);
});

test("a selection is made as in a file manager", async ({ page }) => {
  await rows(page).first().click();
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(chosen(page)).toHaveCount(3);
  await page.keyboard.press("Shift+ArrowUp");
  await expect(chosen(page)).toHaveCount(2);
  await page.keyboard.press("Control+ArrowDown");
  await page.keyboard.press("Control+ArrowDown");
  await page.keyboard.press("Control+Space");
  await expect(chosen(page)).toHaveCount(3);
  await page.keyboard.press("Escape");
  await expect(chosen(page)).toHaveCount(1);
  await page.keyboard.press("Control+a");
  await expect(reading(page).getByText(/^\d+ conversations selected$/)).toBeVisible();
});

test("? shows the keys, and Escape closes them", async ({ page }) => {
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(dialog.getByText("Archive", { exact: true })).toBeVisible();
  await expect(dialog.getByText("Ctrl +", { exact: true }), "as all others are written").toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
});

test("c writes and r answers", async ({ page }) => {
  await row(page, /Mika/).click();
  await page.keyboard.press("r");
  await expect(page.getByRole("dialog")).toBeVisible();
});

test("the native menu says the same commands", async ({ page }) => {
  await row(page, /Ferry Trust/).click();
  await menu(page, "archive");
  await expect(toast(page)).toContainText("Archived 1 conversation");
  await expect(subject(page)).toHaveText(/Invoice 2291/);
  await menu(page, "no such command");
  await menu(page, "markUnread");
  await expect(chosen(page)).toHaveAccessibleName(/^Unread/);
  await menu(page, "keys");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
});

test("Enter goes into the conversation, where the page scrolls with the keys", async ({ page }) => {
  await rows(page).first().click();
  await page.keyboard.press("Enter");
  await expect(page.locator("#reading")).toBeFocused();
});

test("a tool's tooltip shows its key", async ({ page }) => {
  await rows(page).first().click();
  await page.getByRole("toolbar").getByRole("button", { name: "Junk" }).focus();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("tooltip")).toHaveText("Delete#");
});
