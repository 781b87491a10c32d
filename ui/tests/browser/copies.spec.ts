// One's own letter that came as well, by a list or since one wrote to oneself: the conversation shows it once, in the place that is
// looked at, and what is done to it there is done to the letter.
import type { Page } from "@playwright/test";
import { expect, test } from "./pace";
import { folder, openWindow, reading, receive, row, toast, type InMemory } from "./stage";

const LENA = "Lena Brandt <lena@nordlicht.example>";
const own = (page: Page) => reading(page).getByRole("article", { name: "Letter from Lena Brandt" });

/** Where the letters of the conversation are, and whether they were read and have a star, the first that came first. */
const letters = (page: Page) =>
  page.evaluate(() => {
    const { world } = (globalThis as unknown as InMemory).waxwing;
    return world.thread("note").map(({ mailboxes, unread, starred }) => {
      const role = mailboxes.map((id) => world.mailbox(id).role).join();
      return [role, ...(unread ? ["unread"] : []), ...(starred ? ["starred"] : [])].join(" ");
    });
  });

const roles = async (page: Page) => (await letters(page)).map((each) => each.split(" ")[0]);

test.beforeEach(async ({ page }) => {
  await openWindow(page);
  const note = { thread: "note", name: "note@nordlicht.example", from: LENA, subject: "Buy glass" };
  await receive(page, { ...note, box: "lena-sent", unread: false, text: "Five panes." });
  await receive(page, { ...note, box: "lena-inbox", unread: true, text: "Five panes. -- the list" });
});

test("a letter to oneself stands once in its conversation, as it came, and in Sent as it was sent", async ({
  page,
}) => {
  await row(page, /Buy glass/).click();
  await expect(
    reading(page).locator("iframe").contentFrame().getByText("Five panes. -- the list"),
  ).toBeVisible();
  await expect(reading(page).locator("[data-email]"), "and no line of the other").toHaveCount(1);
  await expect.poll(() => letters(page), "it is read").toEqual(["sent", "inbox"]);
  await folder(page, /^Sent/).first().click();
  await row(page, /Buy glass/).click();
  await expect(
    reading(page).locator("iframe").contentFrame().getByText("Five panes.", { exact: true }),
  ).toBeVisible();
  await expect(reading(page).locator("[data-email]")).toHaveCount(1);
});

test("read where it was sent, it is read where it came", async ({ page }) => {
  await folder(page, /^Sent/).first().click();
  await row(page, /Buy glass/).click();
  await expect(own(page)).toBeVisible();
  await expect.poll(() => letters(page)).toEqual(["sent", "inbox"]);
});

test("deleted from its menu it is in Trash with its copy, and one Undo brings both back", async ({
  page,
}) => {
  await receive(page, { thread: "note", subject: "Re: Buy glass", text: "How thick?" });
  await row(page, /Buy glass/).click();
  await expect(reading(page).locator("[data-email]"), "two letters, not three").toHaveCount(2);
  await own(page).getByRole("button", { name: "More for this letter" }).click();
  await page.getByRole("menuitem", { name: "Delete", exact: true }).click();
  await expect(toast(page)).toContainText("Deleted the letter");
  await expect(own(page)).toHaveCount(0);
  await expect(reading(page).getByRole("button", { name: /^Open the letter from Lena/ })).toHaveCount(0);
  expect(await roles(page)).toEqual(["trash", "trash", "inbox"]);
  await page.keyboard.press("Control+z");
  await expect.poll(() => roles(page)).toEqual(["sent", "inbox", "inbox"]);
  await expect(reading(page).locator("[data-email]")).toHaveCount(2);
});

test("where its row was deleted in the inbox, what was sent still stands in its conversation", async ({
  page,
}) => {
  await receive(page, { thread: "note", subject: "Re: Buy glass", text: "How thick?", box: "lena-archive" });
  await row(page, /Buy glass/).click();
  await expect(reading(page).locator("[data-email]")).toHaveCount(2);
  await page.keyboard.press("Delete");
  await expect.poll(() => roles(page)).toEqual(["sent", "trash", "archive"]);
  await folder(page, /^Archive/)
    .first()
    .click();
  await row(page, /Buy glass/).click();
  await expect(reading(page).locator("[data-email]")).toHaveCount(2);
  await expect(
    reading(page).getByRole("button", { name: /^Open the letter from Lena Brandt/ }),
  ).toBeVisible();
});

test("a star that is taken from it is on neither copy", async ({ page }) => {
  await page.evaluate(() => {
    const { world } = (globalThis as unknown as InMemory).waxwing;
    for (const letter of world.thread("note")) letter.starred = true;
  });
  await row(page, /Buy glass/).click();
  await own(page).getByRole("button", { name: "More for this letter" }).click();
  await page.getByRole("menuitem", { name: "Remove the star" }).click();
  await expect.poll(() => letters(page)).toEqual(["sent", "inbox"]);
});
