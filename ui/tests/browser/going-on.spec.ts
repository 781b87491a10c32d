// Going on in a list that changes: after rows have left it, the next key means what the person sees.
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./pace";
import { chosen, folder, list, openWindow, reading, row, rows, subject, toast, typeDay } from "./stage";

test.beforeEach(async ({ page }) => openWindow(page));

/** As the conversation has it at its head, without what an answer puts before it. */
const subjectIn = async (within: Locator) =>
  ((await within.locator("[dir=auto]").first().textContent()) ?? "").replace(/^(?:Re: )+/u, "");
const listed = async (page: Page, count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => subjectIn(rows(page).nth(index))));
const count = async (page: Page) => Number(await rows(page).first().getAttribute("aria-setsize"));

async function unreadOnly(page: Page): Promise<number> {
  const before = await count(page);
  await list(page).focus();
  await page.keyboard.press("1");
  await expect.poll(() => count(page)).toBeLessThan(before);
  return count(page);
}

for (const key of ["j", "ArrowDown", "n"])
  test(`among the unread, ${key} goes to the letter behind the one that was read`, async ({ page }) => {
    const total = await unreadOnly(page);
    const subjects = await listed(page, 3);
    await rows(page).first().click();
    await expect.poll(() => count(page), "it is read, and has left").toBe(total - 1);
    await expect(subject(page), "it stays open").toHaveText(subjects[0] ?? "");
    await page.keyboard.press(key);
    await expect(subject(page)).toHaveText(subjects[1] ?? "");
    await expect.poll(() => count(page)).toBe(total - 2);
    await page.keyboard.press(key);
    await expect(subject(page)).toHaveText(subjects[2] ?? "");
  });

test("among the unread, Enter goes into the letter that is open, though its row has left", async ({
  page,
}) => {
  const total = await unreadOnly(page);
  const [first = ""] = await listed(page, 1);
  await page.keyboard.press("ArrowDown");
  await expect(subject(page)).toHaveText(first);
  await expect.poll(() => count(page)).toBe(total - 1);
  await expect(list(page), "the cursor stands between two rows").not.toHaveAttribute(
    "aria-activedescendant",
    /./u,
  );
  await expect(rows(page).first(), "before the next one").toHaveAttribute("data-current", "before");
  await page.keyboard.press("Enter");
  await expect(page.locator("#reading")).toBeFocused();
  await expect(subject(page)).toHaveText(first);
});

test("a letter that loses its star is followed by the next one that has one", async ({ page }) => {
  for (const name of [/Ferry Trust/, /Stadtwerke/]) {
    await row(page, name).click();
    await page.keyboard.press("s");
    await expect(row(page, name)).toHaveAccessibleName(/starred/);
  }
  await folder(page, /^Starred/).click();
  await expect(page.getByRole("listbox", { name: "Conversations in Starred" })).toBeVisible();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  const total = await count(page);
  const subjects = await listed(page, 3);
  await rows(page).first().click();
  await page.keyboard.press("s");
  await expect.poll(() => count(page)).toBe(total - 1);
  await page.keyboard.press("j");
  await expect(subject(page)).toHaveText(subjects[1] ?? "");
});

test("with the unread first, what is read moves down and the next key goes on where it stood", async ({
  page,
}) => {
  await page.getByRole("button", { name: "How the list looks" }).click();
  await page.getByRole("menuitemradio", { name: "Sort by Unread" }).click();
  await expect(page.getByRole("button", { name: /^Sorted by unread/ })).toBeVisible();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  const subjects = await listed(page, 3);
  await rows(page).first().click();
  await expect.poll(() => subjectIn(rows(page).first())).toBe(subjects[1]);
  await page.keyboard.press("j");
  await expect(subject(page)).toHaveText(subjects[1] ?? "");
  await expect.poll(() => subjectIn(rows(page).first())).toBe(subjects[2]);
  await page.keyboard.press("n");
  await expect(subject(page)).toHaveText(subjects[2] ?? "");
});

test("after several were archived, what stood below them is opened", async ({ page }) => {
  const subjects = await listed(page, 7);
  const total = await count(page);
  await rows(page).first().click();
  for (let step = 0; step < 4; step++) await page.keyboard.press("Shift+ArrowDown");
  await expect(chosen(page)).toHaveCount(5);
  await page.keyboard.press("e");
  await expect(toast(page)).toContainText("Archived 5 conversations");
  await expect.poll(() => count(page)).toBe(total - 5);
  await expect(subject(page)).toHaveText(subjects[5] ?? "");
  await expect(chosen(page)).toHaveAttribute("aria-posinset", "1");
  await page.keyboard.press("j");
  await expect(subject(page)).toHaveText(subjects[6] ?? "");
});

test("after G, Enter goes into the letter that was found and the arrows begin there", async ({ page }) => {
  await row(page, /Mika/).click();
  await expect(subject(page)).toHaveText(/Dinner/);
  const go = async () => {
    await list(page).focus();
    await page.keyboard.press("g");
    // The page opens on the 20th, at the same hour each time.
    await typeDay(page, "16112026");
    await page.getByRole("button", { name: "Go there" }).click();
    await expect(list(page)).toBeFocused();
  };
  await go();
  const current = list(page).locator("[data-current=on]");
  const found = await subjectIn(current);
  expect(found).not.toMatch(/Dinner/);
  await expect(chosen(page), "no key means what was open before").toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(page.locator("#reading")).toBeFocused();
  await expect(subject(page)).toHaveText(found);
  await list(page).focus();
  await page.keyboard.press("Home");
  await row(page, /Mika/).click();
  await expect(subject(page)).toHaveText(/Dinner/);
  await go();
  await page.keyboard.press("ArrowDown");
  await expect(subject(page)).toHaveText(found);
});

test("Ctrl and Shift with a press add what lies between to what is chosen", async ({ page }) => {
  await rows(page).first().click();
  await rows(page)
    .nth(3)
    .click({ modifiers: ["Control"] });
  await rows(page)
    .nth(5)
    .click({ modifiers: ["Control", "Shift"] });
  await expect(chosen(page)).toHaveCount(4);
  await expect(rows(page).first()).toHaveAttribute("aria-selected", "true");
  await expect(reading(page).getByText("4 conversations selected")).toBeVisible();
  await rows(page)
    .nth(4)
    .click({ modifiers: ["Shift"] });
  await expect(chosen(page), "Shift alone begins anew").toHaveCount(2);
});
