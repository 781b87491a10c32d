// The keys of the window while a letter has the focus: a link was followed, text was chosen, or somebody goes from link to link.
import type { Page } from "@playwright/test";
import { expect, test } from "./pace";
import { list, openWindow, receive, row, setting, subject, toast } from "./stage";

const links = [1, 2, 3].map(
  (number) =>
    `<p><a href="https://harbour.example/${number}" title="harbour.example/${number}">Berth ${number}</a></p>`,
);
const letter = (page: Page) => page.locator("#reading iframe").last().contentFrame();
const link = (page: Page, number: number) => letter(page).getByRole("link", { name: `Berth ${number}` });
/** What has the focus within the letter's page. */
const within = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement;
    return at instanceof HTMLIFrameElement ? (at.contentDocument?.activeElement?.textContent ?? "") : null;
  });
const chosenText = (page: Page) =>
  page.evaluate(() => {
    const frame = document.querySelector<HTMLIFrameElement>("#reading iframe");
    return frame?.contentDocument?.getSelection()?.toString() ?? "";
  });

test.beforeEach(async ({ page }) => {
  await openWindow(page);
  await receive(page, {
    subject: "Berths",
    from: "Amara Okafor <amara@kustwerk.example>",
    html: `<p>Choose a word here.</p>${links.join("")}<p style="height:1500px">A long quay.</p>`,
  });
  await row(page, /Berths/).click();
  await expect(link(page, 1)).toBeVisible();
});

test("from a link that has the focus, the keys of the window go on", async ({ page }) => {
  await link(page, 1).focus();
  await page.keyboard.press("s");
  await expect(row(page, /starred.*Berths/)).toHaveCount(1);
  expect(await within(page), "one is still at the link").toBe("Berth 1");
  await page.keyboard.press("Tab");
  expect(await within(page), "and goes on to the next").toBe("Berth 2");
  await page.keyboard.press("Control++");
  await expect.poll(() => setting(page, "letterSize")).toBe("110");
  await page.keyboard.press("#");
  await expect(toast(page)).toContainText("Deleted 1 conversation");
  await page.keyboard.press("Control+z");
  await expect(row(page, /Berths/)).toHaveCount(1);
});

test("where a link leads stands at the foot for whoever is on it with the keys or the pointer", async ({
  page,
}) => {
  const goal = page.locator("[data-link-goal]");
  await expect(goal).toHaveCount(0);
  await link(page, 1).focus();
  await page.keyboard.press("Tab");
  await expect(goal, "with the keys").toHaveText("harbour.example/2");
  await page.keyboard.press("Shift+Tab");
  await expect(goal).toHaveText("harbour.example/1");
  await link(page, 3).hover();
  await expect(goal, "the pointer is where one looks").toHaveText("harbour.example/3");
  await letter(page).getByText("Choose a word here.").hover();
  await expect(goal, "the keys are still there").toHaveText("harbour.example/1");
  await page.keyboard.press("Escape");
  await expect(list(page)).toBeFocused();
  await expect(goal).toHaveCount(0);
  await link(page, 2).hover();
  await expect(goal).toHaveText("harbour.example/2");
  await list(page).hover();
  await expect(goal).toHaveCount(0);
});

test("Escape leads out of a letter with many links, back to the list", async ({ page }) => {
  await link(page, 2).focus();
  await page.keyboard.press("Escape");
  await expect(list(page)).toBeFocused();
});

test("with text chosen, J goes on, and what copies and scrolls stays the letter's", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await letter(page)
    .getByText("Choose a word here.")
    .dblclick({ position: { x: 20, y: 8 } });
  await expect.poll(() => chosenText(page)).toBe("Choose");
  await page.keyboard.press("Control+c");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("Choose");
  await page.keyboard.press("Control+a");
  expect(await chosenText(page), "all of this letter, and not of the list").toContain("A long quay.");
  await expect(page.getByText(/conversations selected/)).toHaveCount(0);
  const top = () => page.evaluate(() => document.getElementById("reading")?.scrollTop ?? 0);
  await page.keyboard.press("PageDown");
  await expect.poll(top).toBeGreaterThan(100);
  await page.keyboard.press("j");
  await expect(subject(page)).not.toHaveText("Berths");
});

test("a key that somebody holds with Alt is not the window's", async ({ page }) => {
  await link(page, 1).focus();
  await page.keyboard.press("Alt+e");
  await page.keyboard.press("Tab");
  expect(await within(page)).toBe("Berth 2");
  await expect(toast(page)).not.toContainText("Archived");
});
