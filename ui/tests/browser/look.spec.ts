// How the window looks and whether everyone can use it: both themes, every state, the least size. Pictures are kept.
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import { folder, list, openWindow, reading, row, rows, settled, SHOTS, subject, toast } from "./stage";

/** What is seen when a scene has come. */
const SAYS = {
  empty: "New letters show here as they arrive.",
  failing: "The list could not be read from this computer's disk.",
  offline: /^Offline since/,
};

for (const theme of ["light", "dark"] as const) {
  test(`the window, ${theme}`, async ({ page }) => {
    await openWindow(page, { theme });
    await expectAccessible(page, "the window with nothing chosen");
    await row(page, /Lighthouse: final/).click();
    await expect(page.frameLocator("iframe").getByText("Good morning both")).toBeVisible();
    await page.mouse.move(1000, 760);
    await expectAccessible(page, "the window with an open conversation");
    await page.screenshot({ path: `${SHOTS}/main-${theme}.png` });
    await row(page, /Mika/).click({ modifiers: ["Control"] });
    await page.keyboard.press("e");
    await expect(toast(page)).toContainText("Archived 2 conversations");
    await expectAccessible(page, "the toast");
  });

  test(`dialogs and menus, ${theme}`, async ({ page }) => {
    await openWindow(page, { theme });
    await rows(page).nth(1).click();
    await page.keyboard.press("v");
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("combobox")).toBeFocused();
    await expect(dialog.getByRole("option").first()).toBeVisible();
    await expectAccessible(page, "the folder picker");
    await page.screenshot({ path: `${SHOTS}/move-${theme}.png` });
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
    await expectAccessible(page, "the list of keys");
    await page.screenshot({ path: `${SHOTS}/keys-${theme}.png` });
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await folder(page, /^Projects/).click({ button: "right" });
    await expect(page.getByRole("menuitem").first()).toBeVisible();
    await expectAccessible(page, "the context menu");
    await page.screenshot({ path: `${SHOTS}/menu-${theme}.png` });
  });

  for (const scene of ["empty", "failing", "offline"] as const) {
    test(`${scene}, ${theme}`, async ({ page }) => {
      await openWindow(page, { theme, scene });
      if (scene === "failing") await folder(page, /^Starred/).click();
      await expect(page.getByText(SAYS[scene]).first()).toBeVisible();
      await expectAccessible(page, scene);
      await page.screenshot({ path: `${SHOTS}/${scene}-${theme}.png` });
    });
  }
}

test("the theme can be chosen, and overrides the system's", async ({ page }) => {
  await openWindow(page, { theme: "light" });
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(await paper()).toBe("rgb(251, 250, 248)");
  await page.getByRole("button", { name: "Waxwing menu" }).click();
  await page.getByRole("menuitemradio", { name: "Dark theme" }).click();
  await expect.poll(paper).toBe("rgb(27, 26, 24)");
  await rows(page).first().click();
  await expect(page.frameLocator("iframe").locator("body")).toHaveCSS("color", "rgb(236, 232, 226)");
});

test("the measures are those of the drawing", async ({ page }) => {
  await openWindow(page);
  await row(page, /Lighthouse: final/).click();
  await expect(subject(page)).toHaveText(/Lighthouse: final/);
  await settled(() => rows(page).nth(5).boundingBox());
  const box = async (name: string, at: ReturnType<typeof row>) => ({ name, ...(await at.boundingBox()) });
  expect(await box("list", page.getByRole("region", { name: "All inboxes" }))).toMatchObject({
    x: 232,
    y: 52,
    width: 372,
  });
  expect(await box("second row", rows(page).nth(1))).toMatchObject({ x: 232, width: 371 });
  expect(
    Math.abs(((await rows(page).nth(5).boundingBox())?.y ?? 0) - 487.4),
    "the sixth row is where it is drawn",
  ).toBeLessThan(1);
  expect(await box("bar", page.getByRole("banner"))).toMatchObject({ x: 0, y: 0, height: 52 });
  expect(await box("status", page.getByRole("contentinfo"))).toMatchObject({ y: 832, height: 28 });
  expect(await box("compose", page.getByRole("button", { name: "Compose" }))).toMatchObject({
    y: 8.5,
    height: 34,
  });
  expect(await box("subject", subject(page))).toMatchObject({ x: 634 });
});

for (const [width, height] of [
  [640, 400],
  [450, 300],
] as const) {
  test(`with everything twice as large, in ${width} by ${height}, letters lie over the list`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await openWindow(page);
    await expect(page.getByRole("button", { name: "Compose" })).toBeInViewport({ ratio: 1 });
    await expect(reading(page), "no empty pane takes the room").toBeHidden();
    await row(page, /Lighthouse: final/).click();
    await expect(subject(page)).toBeInViewport();
    for (const name of ["Back to the list", "Archive", "Forward", "Reply all"])
      await expect(reading(page).getByRole("button", { name, exact: true })).toBeInViewport({ ratio: 1 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), "no sideways scroll").toBe(width);
    await expectAccessible(page, "a conversation over the list");
    await page.screenshot({ path: `${SHOTS}/narrow-${width}.png` });
    await reading(page).getByRole("button", { name: "Back to the list" }).click();
    await expect(list(page)).toBeFocused();
    await expect(reading(page)).toBeHidden();
    await page.keyboard.press("ArrowDown");
    await expect(subject(page), "the cursor had stayed where it was").toHaveText(/Lighthouse/);
    await page.keyboard.press("Escape");
    await expect(reading(page)).toBeHidden();
    await expectAccessible(page, "the list alone");
  });
}

test("in a window of 900 by 600 every pane is there and nothing runs over", async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 600 });
  await openWindow(page);
  await row(page, /Lighthouse: final/).click();
  await expect(subject(page)).toBeInViewport();
  await expect(reading(page).getByRole("button", { name: "Reply all" })).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole("button", { name: "Compose" })).toBeInViewport({ ratio: 1 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth), "no sideways scroll").toBe(900);
  const width = (await reading(page).boundingBox())?.width ?? 0;
  expect(width, "the letters keep room").toBeGreaterThanOrEqual(360);
  await expectAccessible(page, "the small window");
  await page.screenshot({ path: `${SHOTS}/small.png` });
  await expect(list(page)).toBeVisible();
});
