// The folder tree: going places, making, renaming and deleting folders, accounts, what is remembered.
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import { folder, list, openWindow, row, setting, SHOTS, toast, tree } from "./stage";

test.beforeEach(async ({ page }) => openWindow(page));

test("the arrows go through the places and the list follows", async ({ page }) => {
  await folder(page, /^All inboxes/).click();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("listbox", { name: "Conversations in Starred" })).toBeVisible();
  await expect(folder(page, /^Starred/)).toHaveAttribute("aria-selected", "true");
});

test("a folder is made from the context menu, in the folder it was opened on", async ({ page }) => {
  await folder(page, /^Projects/).click({ button: "right" });
  await page.getByRole("menuitem", { name: "New folder inside" }).click();
  const dialog = page.getByRole("dialog", { name: "New folder in Projects" });
  await dialog.getByRole("textbox", { name: "Name" }).fill("Harbour wall");
  await page.keyboard.press("Enter");
  await expect(folder(page, /^Harbour wall/)).toHaveAttribute("aria-level", "3");
  await toast(page).getByRole("button", { name: "Undo" }).click();
  await expect(folder(page, /^Harbour wall/)).toHaveCount(0);
});

test("a name that is taken is refused in words, in the question that asked for it", async ({ page }) => {
  await folder(page, /^Projects/).click({ button: "right" });
  await page.getByRole("menuitem", { name: "New folder inside" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("lighthouse");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "New folder in Projects" });
  await expect(dialog).toContainText("There is already a folder called “lighthouse” here.");
  await expectAccessible(page, "a name that is refused");
  const name = dialog.getByRole("textbox", { name: "Name" });
  await expect(name).toHaveAttribute("aria-invalid", "true");
  await name.fill("Lighthouse/Lamp room");
  await expect(dialog, "what is typed anew is not refused yet").not.toContainText("There is already");
  await page.keyboard.press("Enter");
  await expect(dialog).toContainText("A folder's name cannot hold “/” on this server.");
  await name.fill("Lamp room");
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(folder(page, /^Lamp room/)).toHaveAttribute("aria-level", "3");
});

test("F2 renames, and Ctrl+Z undoes it", async ({ page }) => {
  await folder(page, /^Ferry timetable/).click();
  await page.keyboard.press("F2");
  await page.getByRole("textbox", { name: "Name" }).fill("Boats");
  await page.keyboard.press("Enter");
  await expect(folder(page, /^Boats/)).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await expect(folder(page, /^Ferry timetable/)).toBeVisible();
});

test("a deleted folder goes into Trash with its letters, and comes back", async ({ page }) => {
  await folder(page, /^Lighthouse/).click();
  await expect(row(page, /Loan of the old lens/)).toBeVisible();
  await page.keyboard.press("Delete");
  await expect(toast(page)).toContainText("Deleted the folder Lighthouse");
  await expect.poll(() => tree(page).innerText()).toMatch(/Trash\s+Lighthouse/);
  await toast(page).getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => tree(page).innerText()).toMatch(/Projects\s+Lighthouse/);
});

test("folders with a role keep their name and place", async ({ page }) => {
  await folder(page, /^Archive/).click({ button: "right" });
  await expect(page.getByRole("menuitem", { name: /^Rename/ })).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByRole("menuitem", { name: /^Delete folder/ })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
});

test("the context menu opens with the keys too", async ({ page }) => {
  await folder(page, /^Projects/).click();
  await page.keyboard.press("Shift+F10");
  await expect(page.getByRole("menuitem", { name: "New folder inside" })).toBeFocused();
});

test("an account is folded away with the keys, and opened again", async ({ page }) => {
  await folder(page, /^All inboxes/).click();
  await folder(page, /^lena.b@post/)
    .locator("button[slot=chevron]")
    .click({ force: true });
  await expect(folder(page, /^Inbox, 3/)).toHaveCount(0);
  await folder(page, /^lena.b@post/)
    .locator("button[slot=chevron]")
    .click({ force: true });
  await expect(folder(page, /^Inbox, 3/)).toHaveCount(1);
});

test("the panes are resized with the keys and with the mouse", async ({ page }) => {
  const edge = page.getByRole("separator", { name: "Width of the list" });
  await edge.focus();
  await page.keyboard.press("ArrowRight");
  await expect(edge).toHaveAttribute("aria-valuenow", "388");
  const box = await edge.boundingBox();
  if (box === null) throw new Error("The edge must be in view.");
  await page.mouse.move(box.x + 3, box.y + 200);
  await page.mouse.down();
  await page.mouse.move(box.x + 53, box.y + 200, { steps: 4 });
  await page.mouse.up();
  await expect(edge).toHaveAttribute("aria-valuenow", "438");
  await edge.dblclick();
  await expect(edge).toHaveAttribute("aria-valuenow", "372");
  await expect
    .poll(() => setting(page, "panes"), "the engine remembers the widths, and the height of a table")
    .toBe("232,372,40");
});

test("the outbox takes the place of list and letters", async ({ page }) => {
  await folder(page, /^Outbox/).click();
  await expect(list(page)).toHaveCount(0);
});

test("an account is paused from its menu, the line at the foot says so, and Resume goes on", async ({
  page,
}) => {
  const status = page.getByRole("contentinfo", { name: "Status" });
  await folder(page, /^lena@nordlicht/).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Pause fetching" }).click();
  await expect(status).toContainText(
    "lena@nordlicht.example: paused, 25,192 messages are still on the server",
  );
  await expect(folder(page, /^lena@nordlicht.*, paused$/), "the tree says so too").toBeVisible();
  await expectAccessible(page, "a paused account");
  await page.screenshot({ path: `${SHOTS}/main-paused-light.png` });
  await folder(page, /^lena@nordlicht/).click({ button: "right" });
  await expect(page.getByRole("menuitem", { name: "Resume fetching" })).toBeVisible();
  await page.keyboard.press("Escape");
  await status.getByRole("button", { name: "Resume" }).click();
  await expect(status).toContainText("All accounts up to date");
});

test("with several accounts at work the others stand behind a button", async ({ page }) => {
  const status = page.getByRole("contentinfo", { name: "Status" });
  await folder(page, /^lena\.b@post/).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Pause fetching" }).click();
  await status.getByRole("button", { name: "1 more account" }).click();
  const each = page.getByRole("dialog", { name: "What each account is doing" });
  await expect(each.getByRole("listitem")).toHaveCount(2);
  await expect(each).toContainText("41,208 of 66,400 messages");
  await expect(each).toContainText("lena.b@post.example: paused");
  await expectAccessible(page, "each account");
  await page.screenshot({ path: `${SHOTS}/main-busy-light.png` });
  await each.getByRole("button", { name: "Resume" }).click();
  await expect(each, "one that is left needs no list").toHaveCount(0);
  await expect(status).toContainText("41,208 of 66,400 messages");
});

test("all letters of a folder are marked as read at once, and that is taken back at once", async ({
  page,
}) => {
  await folder(page, /^Inbox, 9 unread/).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Mark all as read" }).click();
  await expect(toast(page)).toContainText(/^Marked \d+ letters as read/);
  await expect(folder(page, /^Inbox$/)).toHaveCount(1);
  await page.keyboard.press("Control+z");
  await expect(folder(page, /^Inbox, 9 unread/)).toBeVisible();
  await folder(page, /^Projects/).click({ button: "right" });
  await expect(page.getByRole("menuitem", { name: "Mark all as read" }), "nothing is unread").toBeDisabled();
});

test("a folder is hidden, waits at the foot of its account, and comes back", async ({ page }) => {
  await folder(page, /^Projects/).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Hide from this list" }).click();
  await expect(toast(page)).toContainText("Projects is hidden");
  await expect(folder(page, /^Projects/)).toHaveCount(0);
  const foot = folder(page, /^3 hidden folders/);
  await expect(foot, "with what it holds").toHaveAttribute("aria-expanded", "false");
  await foot.click();
  await expect(folder(page, /^Lighthouse/)).toBeVisible();
  await expectAccessible(page, "hidden folders");
  await page.screenshot({ path: `${SHOTS}/main-hidden-light.png` });
  await folder(page, /^Projects/).click();
  await expect(page.getByRole("heading", { name: "Projects" }), "it is read as ever").toBeVisible();
  await folder(page, /^Projects/).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Show in this list" }).click();
  await expect(folder(page, /hidden folders/)).toHaveCount(0);
  await expect(folder(page, /^Projects/)).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(folder(page, /^3 hidden folders/), "each way is taken back").toBeVisible();
  await folder(page, /^Sent/).first().click({ button: "right" });
  await expect(page.getByRole("menuitem", { name: "Hide from this list" })).toBeDisabled();
});

test("the keys open the hidden folders", async ({ page }) => {
  await folder(page, /^Projects/).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Hide from this list" }).click();
  await folder(page, /^Trash/)
    .first()
    .click();
  await page.keyboard.press("ArrowDown");
  await expect(folder(page, /^3 hidden folders/)).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(folder(page, /^Lighthouse/)).toBeVisible();
});

test("Trash is emptied after a question that says how much goes, where, and that it is for good", async ({
  page,
}) => {
  await folder(page, /^Lighthouse/).click();
  await page.keyboard.press("Delete");
  await expect.poll(() => tree(page).innerText()).toMatch(/Trash\s+Lighthouse/);
  await folder(page, /^Trash/)
    .first()
    .click({ button: "right" });
  await page.getByRole("menuitem", { name: /^Empty Trash/ }).click();
  const question = page.getByRole("alertdialog", { name: /^Empty Trash of / });
  await expect(question.getByRole("button", { name: "Keep them" }), "the safe answer").toBeFocused();
  await expect(question).toContainText(
    "3 letters and 1 folder that was thrown away will be deleted for good, here and on imap.nordlicht.example.",
  );
  await expect(question).toContainText("This cannot be undone.");
  await expectAccessible(page, "the question before Trash is emptied");
  await page.screenshot({ path: `${SHOTS}/empty-trash.png` });
  await question.getByRole("button", { name: "Delete for good" }).click();
  await expect(toast(page)).toContainText("What was in Trash is deleted. That cannot be undone.");
  await expect(toast(page).getByRole("button", { name: "Undo" })).toHaveCount(0);
  await expect(folder(page, /^Lighthouse/)).toHaveCount(0);
  await folder(page, /^Trash/)
    .first()
    .click();
  await page.keyboard.press("Control+Delete");
  await expect(toast(page)).toContainText("Trash is empty.");
});
