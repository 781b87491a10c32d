// The outbox: where a letter is, what its server said, and what can be done about it.
import type { Page } from "@playwright/test";
import type { MemoryBackend } from "../../src/ipc/memory";
import { expectAccessible } from "./accessible";
import { expect, letTimePass, test } from "./pace";

const SHOTS = "test-output/screens";

async function open(page: Page, theme: "light" | "dark" = "light"): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  await page.goto("/");
}

async function write(page: Page, to: string, subject: string): Promise<void> {
  await page.getByRole("button", { name: "Compose" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("combobox", { name: "To", exact: true }).fill(to);
  await sheet.getByRole("textbox", { name: "Subject" }).fill(subject);
  await page.keyboard.press("Control+Enter");
  await expect(sheet).toBeHidden();
}

const row = (page: Page, subject: string) => page.getByRole("main").getByRole("listitem", { name: subject });
const goToOutbox = (page: Page) => page.getByRole("row", { name: /Outbox/ }).click();

for (const theme of ["light", "dark"] as const) {
  test(`shows a refused letter with its server's words, ${theme}`, async ({ page }) => {
    await open(page, theme);
    await goToOutbox(page);
    await expect(page.getByText("Nothing is waiting")).toBeVisible();
    await expectAccessible(page, "the empty outbox", "main");
    await page.screenshot({ path: `${SHOTS}/outbox-empty-${theme}.png` });
    await write(page, "nobody@kustwerk.example", "Survey");
    await write(page, "jonas@kustwerk.example", "Timetable");
    await expect(row(page, "Timetable")).toContainText(/Leaves \d\d:\d\d/);
    await expect(page.getByRole("row", { name: "Outbox, 2 letters waiting" })).toBeVisible();
    const failed = row(page, "Survey");
    await letTimePass(page);
    await expect(failed).toContainText("Failed");
    await expect(failed).toContainText("550 5.1.1 <nobody@kustwerk.example>: user unknown");
    await expect(row(page, "Timetable")).toContainText("Sent");
    const place = page.getByRole("row", { name: "Outbox, 1 letter, 1 not sent" });
    await expect(place, "what was sent is not counted").toBeVisible();
    await expect(place.locator("b"), "what needs the person stands out").toHaveCSS(
      "color",
      theme === "light" ? "rgb(179, 38, 30)" : "rgb(255, 138, 128)",
    );
    await expectAccessible(page, "the outbox", "body");
    await page.screenshot({ path: `${SHOTS}/outbox-${theme}.png` });
  });
}

test("opens a waiting letter again, and the outbox forgets it", async ({ page }) => {
  await open(page);
  await goToOutbox(page);
  await write(page, "jonas@kustwerk.example", "Timetable");
  await row(page, "Timetable").getByRole("button", { name: "Edit" }).click();
  await expect(page.getByRole("dialog", { name: "Timetable" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("Nothing is waiting")).toBeVisible();
});

test("tries a refused letter again and gives it up with Undo", async ({ page }) => {
  await open(page);
  await goToOutbox(page);
  await write(page, "nobody@kustwerk.example", "Survey");
  const failed = row(page, "Survey");
  await expect(failed).toContainText(/Leaves \d\d:\d\d/);
  await letTimePass(page);
  await failed.getByRole("button", { name: "Retry" }).click();
  await expect(failed).toContainText("Sending");
  await letTimePass(page);
  await expect(failed).toContainText("Failed");
  await failed.getByRole("button", { name: "Dismiss" }).click();
  await expect(failed).toBeHidden();
  await page.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Undo" }).click();
  await expect(failed, "nothing is lost by a slip of the hand").toBeVisible();
});

test("says honestly when it is not known whether a letter left", async ({ page }) => {
  await open(page);
  await goToOutbox(page);
  await write(page, "jonas@kustwerk.example", "Timetable");
  await page.evaluate(() => {
    const { world } = (window as unknown as { waxwing: MemoryBackend }).waxwing;
    for (const letter of world.submissions) letter.state = { kind: "unknown" };
    world.tell({ kind: "outbox" });
  });
  const unsure = row(page, "Timetable");
  await expect(unsure).toContainText("It may have arrived.");
  await expect(unsure.getByRole("button", { name: "Send again" })).toBeVisible();
  await expect(unsure.getByRole("button", { name: "Edit" })).toBeHidden();
  await expectAccessible(page, "a letter whose fate is not known", "main");
});
