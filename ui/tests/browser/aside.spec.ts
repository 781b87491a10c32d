// Letters of a conversation that lie in Trash or Junk: they stand aside until they are asked for, are marked where they are
// shown, and nothing deletes them for good that does not say so.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import {
  folder,
  openWindow,
  reading,
  receive,
  row,
  rows,
  SHOTS,
  subject,
  toast,
  type InMemory,
} from "./stage";

const letter = (page: Page, name: string) =>
  reading(page).getByRole("article", { name: `Letter from ${name}` });
const folded = (page: Page, name: RegExp) => reading(page).getByRole("button", { name });
const line = (page: Page, name: string) => reading(page).getByRole("button", { name, exact: true });

async function fromMenu(page: Page, name: string, entry: string) {
  await letter(page, name).getByRole("button", { name: "More for this letter" }).click();
  await page.getByRole("menuitem", { name: entry, exact: true }).click();
}

/** The roles of the folders in which the letters of a conversation are, oldest first. */
const places = (page: Page, thread: string) =>
  page.evaluate((name) => {
    const { world } = (globalThis as unknown as InMemory).waxwing;
    return world.thread(name).map(({ mailboxes }) => mailboxes.map((id) => world.mailbox(id).role).join());
  }, thread);

test("a letter that is deleted from its menu leaves the conversation, which says where it is", async ({
  page,
}) => {
  await openWindow(page);
  await row(page, /Lighthouse: final drawings/).click();
  await folded(page, /^Open the letter from Jonas/).click();
  await fromMenu(page, "Jonas Halvorsen", "Delete");
  await expect(toast(page)).toContainText("Deleted the letter");
  await expect(letter(page, "Jonas Halvorsen")).toHaveCount(0);
  await expect(folded(page, /^Open the letter from Jonas/)).toHaveCount(0);
  await expect(line(page, "1 letter of this conversation is in Trash")).toBeVisible();
  await expectAccessible(page, "a conversation with a letter in Trash");
  await page.screenshot({ path: `${SHOTS}/conversation-aside.png` });
  await line(page, "1 letter of this conversation is in Trash").click();
  await expect(letter(page, "Jonas Halvorsen"), "it is open as it was, and has the keys").toBeFocused();
  await expect(letter(page, "Jonas Halvorsen"), "marked where it lies").toContainText("in Trash");
  await expect(line(page, "1 letter of this conversation is in Trash")).toHaveCount(0);
  await fromMenu(page, "Jonas Halvorsen", "Delete for good");
  await expect(toast(page)).toContainText("Deleted the letter for good");
  await expect(letter(page, "Jonas Halvorsen")).toHaveCount(0);
  expect(await places(page, "lighthouse")).toEqual(["inbox", "inbox", "inbox"]);
});

test("a second press on Delete before the letter has gone deletes nothing for good", async ({ page }) => {
  await openWindow(page, { delay: 400 });
  await row(page, /Lighthouse: final drawings/).click();
  await folded(page, /^Open the letter from Jonas/).click();
  await fromMenu(page, "Jonas Halvorsen", "Delete");
  await fromMenu(page, "Jonas Halvorsen", "Delete");
  await expect(letter(page, "Jonas Halvorsen")).toHaveCount(0);
  expect(await places(page, "lighthouse")).toEqual(["inbox", "inbox", "trash", "inbox"]);
  await page.keyboard.press("Control+z");
  await expect
    .poll(() => places(page, "lighthouse"), "one deed is taken back by one Undo")
    .toEqual(["inbox", "inbox", "inbox", "inbox"]);
  // What was taken back can be deleted again.
  await expect(letter(page, "Jonas Halvorsen").or(folded(page, /letter from Jonas/))).toHaveCount(1);
});

test("with the newest letter deleted, the one before it is answered", async ({ page }) => {
  await openWindow(page);
  await row(page, /Lighthouse: final drawings/).click();
  await expect(letter(page, "Amara Okafor")).toBeVisible();
  await fromMenu(page, "Amara Okafor", "Delete");
  await expect(letter(page, "Jonas Halvorsen"), "which is open now").toBeVisible();
  await page.locator("#reading").focus();
  await page.keyboard.press("r");
  const answered = () =>
    page.evaluate(() => {
      const { world } = (globalThis as unknown as InMemory).waxwing;
      return [...world.draftOrigins.values()].map(({ email }) => world.letter(email).from[0]?.email);
    });
  await expect.poll(answered).toEqual(["jonas@kustwerk.example"]);
});

test("the last letter that a folder has of a conversation goes as its row does", async ({ page }) => {
  await openWindow(page);
  await row(page, /Winter timetable/).click();
  await expect(subject(page)).toHaveText(/Winter timetable/);
  await fromMenu(page, "Ferry Trust", "Delete");
  await expect(row(page, /Winter timetable/)).toHaveCount(0);
  await expect(subject(page), "and the next one is read").toHaveText(/Invoice 2291/);
});

test("junk in a conversation is neither shown nor read with it, and is where one looks for it", async ({
  page,
}) => {
  await openWindow(page);
  await receive(page, {
    thread: "lighthouse",
    from: "Lamp Bargains <win@bargains.example>",
    subject: "Re: Lighthouse: final drawings for the lamp room",
    box: "lena-junk",
    unread: true,
    text: "You have won a lamp.",
  });
  await row(page, /Lighthouse: final drawings/).click();
  await expect(letter(page, "Amara Okafor"), "the newest of the others is open").toBeVisible();
  await expect(line(page, "1 letter of this conversation is in Junk")).toBeVisible();
  await expect(letter(page, "Lamp Bargains")).toHaveCount(0);
  const unread = () =>
    page.evaluate(async () => {
      const letters = await (globalThis as unknown as InMemory).waxwing.conversation("lighthouse");
      return letters.filter((each) => each.unread).map(({ from }) => from[0]?.name);
    });
  await expect.poll(unread, "what is seen is read, and nothing else").toEqual(["Lamp Bargains"]);
  await line(page, "1 letter of this conversation is in Junk").click();
  await expect(
    folded(page, /^Open the letter from Lamp Bargains in Junk/),
    "it comes on a line, marked, and the keys go on there",
  ).toBeFocused();
  await page.waitForTimeout(900);
  expect(await unread(), "nobody has opened it").toEqual(["Lamp Bargains"]);
  await folder(page, /^Junk/).first().click();
  await row(page, /Lighthouse: final drawings/).click();
  await expect(letter(page, "Lamp Bargains"), "in its own place it stands among the others").toContainText(
    "in Junk",
  );
  await expect(folded(page, /of this conversation is in Junk/)).toHaveCount(0);
  await expect.poll(unread).toEqual([]);
});

test("a letter in Trash that a search has found is shown, marked", async ({ page }) => {
  await openWindow(page);
  await row(page, /Lighthouse: final drawings/).click();
  await folded(page, /^Open the letter from Jonas/).click();
  await fromMenu(page, "Jonas Halvorsen", "Delete");
  await expect(line(page, "1 letter of this conversation is in Trash")).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("in:trash rail");
  await expect(rows(page)).toHaveCount(1);
  await row(page, /Lighthouse: final drawings/).click();
  await expect(letter(page, "Jonas Halvorsen")).toContainText("in Trash");
});

test("Delete in Trash asks before it is for good, and the safe answer has the focus", async ({ page }) => {
  await openWindow(page);
  await rows(page).first().click();
  const name = await subject(page).innerText();
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  await page.keyboard.press("Delete");
  await expect(toast(page)).toContainText("Deleted 1 conversation");
  await folder(page, /^Trash/)
    .first()
    .click();
  await row(page, new RegExp(escaped)).click();
  await page.keyboard.press("Delete");
  const question = page.getByRole("alertdialog", { name: "Delete 1 conversation for good?" });
  await expect(question.getByRole("button", { name: "Keep it" })).toBeFocused();
  await expectAccessible(page, "the question before something is deleted from Trash");
  await page.screenshot({ path: `${SHOTS}/delete-for-good.png` });
  await page.keyboard.press("Escape");
  await expect(row(page, new RegExp(escaped))).toBeVisible();
  await page.keyboard.press("Delete");
  await question.getByRole("button", { name: "Delete for good" }).click();
  await expect(toast(page)).toContainText("Deleted 1 conversation for good");
  await expect(row(page, new RegExp(escaped))).toHaveCount(0);
});
