// Files of letters out of the window with the mouse: by the page itself, or by the system, which the shell asks to.
import type { Page } from "@playwright/test";
import { expect, test } from "./pace";
import { openWindow, reading, receive, row, toast, type InMemory } from "./stage";

interface Seen {
  /** Whether the page drags something. */
  goes: boolean;
  handedOut: string;
}

/** What the system was asked to drag. */
const dragged = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as InMemory).waxwing.world.copies.dragged);
const dragsSeen = (page: Page) => page.evaluate(() => (globalThis as unknown as { seen: Seen[] }).seen);

/** Takes a file up and lets go of it beside it, at the pace of a hand. Not over the letter: Playwright waits for scripts there. */
async function dragAway(page: Page, name: string): Promise<void> {
  const box = await reading(page).getByText(name).boundingBox();
  if (box === null) throw new Error(`${name} is not seen`);
  await page.mouse.move(box.x + 5, box.y + 5);
  await page.mouse.down();
  await page.waitForTimeout(250);
  for (const step of [4, 12, 60, 400]) await page.mouse.move(box.x + 5 + step, box.y + 5);
  await page.mouse.up();
}

test.beforeEach(async ({ page }) => {
  await openWindow(page);
  await receive(page, {
    subject: "Maps of the harbour",
    files: [
      ["harbour é.pdf", "application/pdf", 900],
      ["survey.pdf.exe", "application/octet-stream", 900],
    ],
  });
  await row(page, /Maps of the harbour/).click();
  await expect(reading(page).getByText("harbour é.pdf")).toBeVisible();
  // Behind all that the page does about it.
  await page.evaluate(() => {
    const seen: Seen[] = [];
    Object.assign(globalThis, { seen });
    window.addEventListener("dragstart", (event) =>
      seen.push({
        goes: !event.defaultPrevented,
        handedOut: event.dataTransfer?.getData("text/uri-list") ?? "",
      }),
    );
  });
});

test("the page hands out the address of the copy where the web view takes it", async ({ page }) => {
  await dragAway(page, "harbour é.pdf");
  const [seen] = await dragsSeen(page);
  expect(seen?.goes).toBe(true);
  expect(seen?.handedOut).toMatch(/^file:\/\/\/.*\/harbour%20%C3%A9\.pdf$/u);
  expect(await dragged(page), "the system begins no second one").toEqual([]);
});

test.describe("where the system drags", () => {
  test.beforeEach(({ page }) =>
    page.evaluate(() => void ((globalThis as unknown as InMemory).waxwing.world.copies.bySystem = true)),
  );

  test("the page drags nothing, opens nothing, and goes on as before", async ({ page }) => {
    await dragAway(page, "harbour é.pdf");
    expect(await dragsSeen(page)).toEqual([{ goes: false, handedOut: "" }]);
    await expect.poll(() => dragged(page)).toEqual(["harbour é.pdf"]);
    await expect(page.getByRole("dialog"), "it was no press").toHaveCount(0);
    await dragAway(page, "harbour é.pdf");
    await expect.poll(() => dragged(page)).toHaveLength(2);
    await reading(page).getByText("harbour é.pdf").click();
    await expect(page.getByRole("dialog"), "a press is one again").toBeVisible();
  });

  test("what is dangerous is asked about first, and goes then", async ({ page }) => {
    await dragAway(page, "survey.pdf.exe");
    await page.getByRole("button", { name: "Drag it anyway" }).click();
    expect(await dragged(page), "not yet").toEqual([]);
    await dragAway(page, "survey.pdf.exe");
    await expect.poll(() => dragged(page)).toEqual(["survey.pdf.exe"]);
  });

  test("a copy that was put away is told, and made anew with the next drag", async ({ page }) => {
    await dragAway(page, "harbour é.pdf");
    await expect.poll(() => dragged(page)).toHaveLength(1);
    await page.evaluate(() => (globalThis as unknown as InMemory).waxwing.world.copies.ready.clear());
    await dragAway(page, "harbour é.pdf");
    await expect(toast(page)).toContainText("The copy of the file is gone");
    await dragAway(page, "harbour é.pdf");
    await expect.poll(() => dragged(page)).toHaveLength(2);
  });
});
