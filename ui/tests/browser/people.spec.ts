// A row names all who take part in its conversation, wherever their letters lie, and counts the letters that opening it shows. What
// is done with it is done with the folder's own letters.
import type { Page } from "@playwright/test";
import { expect, test } from "./pace";
import { folder, list, openWindow, reading, receive, row, SHOTS, type InMemory } from "./stage";

const LENA = "Lena Brandt <lena@nordlicht.example>";
const AMARA = "Amara Okafor <amara@kustwerk.example>";
const JONAS = "Jonas Halvorsen <jonas@kustwerk.example>";
const pier = { thread: "pier", subject: "The pier", unread: false };

/** Where the letters of the conversation are, the first that came first. */
const folders = (page: Page) =>
  page.evaluate(() => {
    const { world } = (globalThis as unknown as InMemory).waxwing;
    return world.thread("pier").map(({ mailboxes }) => mailboxes.join());
  });

test("who wrote elsewhere is named and counted as soon as they have, and moved with nobody", async ({
  page,
}) => {
  await openWindow(page);
  await receive(page, { ...pier, from: AMARA });
  await expect(row(page, /^Amara Okafor .*The pier/)).toBeVisible();
  await receive(page, { ...pier, from: LENA, box: "lena-sent" });
  await expect(row(page, /^Amara Okafor, Lena\s+2\s+letters .*The pier/)).toBeVisible();
  await receive(page, { ...pier, from: JONAS, box: "lena-archive" });
  await expect(row(page, /^Amara Okafor, Lena, Jonas\s+3\s+letters .*The pier/)).toBeVisible();
  await receive(page, { ...pier, from: "Mika <mika@example.org>", box: "lena-trash" });
  await row(page, /The pier/).click();
  await expect(reading(page).locator("[data-email]"), "as many as were said").toHaveCount(3);
  await expect(row(page, /^Amara Okafor, Lena, Jonas\s+3\s+letters /)).toBeVisible();
  const before = await folders(page);
  await page.keyboard.press("Delete");
  await expect(row(page, /The pier/)).toBeHidden();
  const after = await folders(page);
  const moved = before.filter((place, at) => place !== after[at]);
  expect(moved, "only what the folder has was deleted").toEqual(["lena-inbox"]);
  // There it is told with those that it was deleted from, and one that was deleted before.
  await folder(page, /^Trash/)
    .first()
    .click();
  await expect(row(page, /^Amara Okafor, Lena, Jonas, Mika\s+4\s+letters .*The pier/)).toBeVisible();
});

test("in Sent it is told to whom one wrote", async ({ page }) => {
  await openWindow(page);
  await receive(page, { ...pier, from: AMARA });
  await receive(page, { ...pier, from: LENA, to: [JONAS], box: "lena-sent" });
  await folder(page, /^Sent/).first().click();
  await expect(row(page, /^Jonas Halvorsen\s+2\s+letters .*The pier/)).toBeVisible();
});

for (const form of ["lines", "table"] as const) {
  test(`whoever wrote the newest unread letter is seen where names are cut, in ${form}`, async ({ page }) => {
    await openWindow(page);
    if (form === "table") {
      await list(page).focus();
      await page.keyboard.press("Shift+C");
      await expect(page.getByRole("group", { name: "Columns" })).toBeVisible();
    }
    const names = [
      "Bartholomew Adeyemi",
      "Constantina Papadopoulou",
      "Dominique Fontaine",
      "Esther Lindqvist",
    ];
    for (const name of names)
      await receive(page, { ...pier, from: `${name} <${name.split(" ")[0]}@kustwerk.example>` });
    await receive(page, { ...pier, unread: true, from: "Grete Baumann <grete@kustwerk.example>" });
    for (const name of names)
      await receive(page, { ...pier, from: `${name} <${name.split(" ")[0]}@kustwerk.example>` });
    await page.setViewportSize({ width: 900, height: 600 });
    const pierRow = row(page, /The pier/);
    await expect(pierRow).toHaveAccessibleName(
      /^Unread Bartholomew Adeyemi, Constantina, Dominique, Esther, Grete\s+9\s+letters /,
    );
    const kept = pierRow.getByText("Grete", { exact: true });
    const room = await kept.evaluate((name) => name.scrollWidth - name.clientWidth);
    expect(room, "the name is whole").toBeLessThanOrEqual(0);
    const edges = await pierRow.evaluate((whole) => {
      const box = (text: string) => {
        const found = [...whole.querySelectorAll("span")].find((each) => each.textContent.startsWith(text));
        return found?.getBoundingClientRect() ?? new DOMRect();
      };
      return { name: box("Grete").right, number: box("9").left, end: box("9").right, row: whole.clientWidth };
    });
    expect(edges.name).toBeLessThanOrEqual(edges.number);
    const left = (await list(page).boundingBox())?.x ?? 0;
    expect(edges.end - left, "and the number is within the row").toBeLessThan(edges.row);
  });
}

for (const theme of ["light", "dark"] as const) {
  test(`the list beside its design, ${theme}`, async ({ page }) => {
    await openWindow(page, { theme });
    await expect(row(page, /^Unread Amara Okafor, Lena, Jonas\s+\d\s+letters /)).toBeVisible();
    await page.screenshot({ path: `${SHOTS}/people-${theme}.png` });
  });
}
