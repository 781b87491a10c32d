// The list: a million rows, mail that arrives while one reads, filters, order, and what stands there when it is empty.
import { expect, test } from "./pace";
import {
  chosen,
  folder,
  held,
  list,
  openWindow,
  reading,
  receive,
  row,
  rows,
  settled,
  subject,
} from "./stage";

test("a million rows scroll from end to end, and only what is seen is in the page", async ({ page }) => {
  await openWindow(page, { scene: "million" });
  await folder(page, /^Crowd/).click();
  await expect(rows(page).first()).toHaveAttribute("aria-setsize", "1000000");
  await list(page).focus();
  await page.keyboard.press("End");
  await expect(subject(page)).toHaveText("Letter number 1000000");
  await expect(row(page, /Letter number 1000000 /)).toBeInViewport();
  expect(await rows(page).count(), "the page holds a window of rows").toBeLessThan(60);
  await page.keyboard.press("ArrowUp");
  await expect(subject(page)).toHaveText("Letter number 999999");
  await page.keyboard.press("Home");
  await expect(subject(page)).toHaveText("Letter number 1");
  // The scrollbar in the middle is the middle of the list, although the box is lower than all rows.
  await list(page).evaluate((box) => (box.scrollTop = (box.scrollHeight - box.clientHeight) / 2));
  await expect(row(page, /Letter number (499|500)\d\d\d /).nth(7)).toBeInViewport();
  // From there the wheel moves by its own pixels.
  const index = async () => Number(await rows(page).first().getAttribute("aria-posinset"));
  await list(page).hover();
  const before = await settled(index);
  await page.mouse.wheel(0, 783);
  await expect.poll(index, "ten rows, not twenty-six").toBe(before + 10);
  expect(await settled(index), "it rests where it was left").toBe(before + 10);
});

test("the list keeps its place when mail arrives above", async ({ page }) => {
  await openWindow(page);
  await list(page).hover();
  await page.mouse.wheel(0, 500);
  const place = async () => (await row(page, /Kaja Nilsen/).boundingBox())?.y;
  await expect.poll(place).toBeLessThan(600);
  const before = await settled(place);
  const at = Number(await row(page, /Kaja Nilsen/).getAttribute("aria-posinset"));
  await receive(page, { subject: "Come quickly" });
  await expect(folder(page, /^Inbox, 10 unread/)).toBeVisible();
  await expect(row(page, /Kaja Nilsen/), "one more is above it").toHaveAttribute(
    "aria-posinset",
    String(at + 1),
  );
  expect(
    Math.abs(((await settled(place)) ?? 0) - (before ?? 0)),
    "what was looked at did not move",
  ).toBeLessThan(2);
  await list(page).evaluate((box) => (box.scrollTop = 0));
  await expect(row(page, /Come quickly/)).toBeVisible();
});

test("what is chosen and open stays so when mail arrives", async ({ page }) => {
  await openWindow(page);
  await row(page, /Mika/).click();
  await receive(page, { subject: "Come quickly" });
  await expect(rows(page).first()).toHaveAccessibleName(/Come quickly/);
  await expect(chosen(page)).toHaveAccessibleName(/Mika/);
  await expect(subject(page)).toHaveText(/Dinner/);
  await page.keyboard.press("j");
  await expect(subject(page)).toHaveText(/This fortnight/);
});

test("the unread filter and the order", async ({ page }) => {
  await openWindow(page);
  await page.getByRole("button", { name: "Unread", exact: true }).click();
  await expect(row(page, /Mika/)).toHaveCount(0);
  await expect(rows(page).first()).toBeVisible();
  await expect(rows(page).filter({ hasNotText: /^\s*Unread/ }), "only unread rows are left").toHaveCount(0);
  await page.getByRole("button", { name: "Unread", exact: true }).click();
  await page.getByRole("button", { name: /Sorted by date, newest first/ }).click();
  await expect(rows(page).first()).toHaveAccessibleName(/Lease for the studio/);
});

test("an empty inbox, an empty folder and an empty search each say what they are", async ({ page }) => {
  await openWindow(page, { scene: "empty" });
  await expect(page.getByText("New letters show here as they arrive.")).toBeVisible();
  await expect(reading(page).getByText("No conversation selected")).toBeVisible();
  await expect(reading(page).getByText(/press J/), "there is none to choose").toHaveCount(0);
  await folder(page, /^Starred/).click();
  await expect(page.getByText("No stars yet")).toBeVisible();
  await folder(page, /^Projects/).click();
  await expect(page.getByText("This folder is empty")).toBeVisible();
  await page.getByRole("combobox", { name: "Search mail" }).fill("nothing has this");
  await expect(page.getByText("Nothing found")).toBeVisible();
});

test("a letter that arrives in an empty list shows", async ({ page }) => {
  await openWindow(page, { scene: "empty" });
  await receive(page, { subject: "The first one" });
  await expect(row(page, /The first one/)).toBeVisible();
  await expect(reading(page).getByText(/press J/), "now there is one").toBeVisible();
});

test("a list that cannot be read says why, and the button tries again", async ({ page }) => {
  await openWindow(page, { scene: "failing" });
  await expect(
    page.getByText("lena@nordlicht.example: nordlicht.example does not accept the password any more."),
  ).toBeVisible();
  await folder(page, /^Starred/).click();
  await expect(page.getByRole("alert")).toContainText(
    "The list could not be read from this computer's disk.",
  );
  await page.getByRole("contentinfo").getByRole("button", { name: "Try again" }).click();
  await page.getByRole("alert").getByRole("button", { name: "Try again" }).click();
  await expect(row(page, /Mika/)).toBeVisible();
});

test("offline is said, with the promise that nothing is lost", async ({ page }) => {
  await openWindow(page, { scene: "offline" });
  await expect(page.getByText(/Offline since .* What you do is kept and goes out later\./)).toBeVisible();
});

test("while rows are fetched their shadows stand there", async ({ page }) => {
  await openWindow(page);
  const answer = await held(page, "page");
  await folder(page, /^Starred/).click();
  await expect(list(page)).toHaveAccessibleName("Conversations in Starred");
  await expect(list(page)).toHaveAttribute("aria-busy", "true");
  await answer();
  await expect(row(page, /Mika/)).toBeVisible();
  await expect(list(page)).not.toHaveAttribute("aria-busy", "true");
});
