// Letters as plain text: all of them where the settings say so, and one the other way by its menu or its key.
import { expect, test } from "./pace";
import { openWindow, receive, row, setting } from "./stage";

test("all letters are shown as plain text from now on, and one as it was written", async ({ page }) => {
  await openWindow(page);
  const letter = page.frameLocator("#reading iframe");
  const send = (subject: string) =>
    receive(page, {
      subject,
      text: `${subject} in brief`,
      html: `<p style="color:#c8102e">${subject} in red</p>`,
    });
  await send("First");
  await send("Second");
  await row(page, /First/).click();
  await expect(letter.getByText("First in red")).toBeVisible();
  await page.keyboard.press("Control+,");
  const sheet = page.getByRole("dialog", { name: "Settings" });
  await sheet.getByRole("button", { name: "Letters are shown" }).click();
  await page.getByRole("option", { name: "As plain text" }).click();
  await expect.poll(() => setting(page, "letterPlain"), "it lasts").toBe("yes");
  await page.keyboard.press("Escape");
  await expect(letter.getByText("First in brief"), "the one that is open too").toBeVisible();
  await row(page, /Second/).click();
  await expect(letter.getByText("Second in brief")).toBeVisible();
  await page.keyboard.press("Shift+T");
  await expect(letter.getByText("Second in red")).toBeVisible();
  await row(page, /First/).click();
  await expect(letter.getByText("First in brief"), "only that one was meant").toBeVisible();
  await row(page, /Second/).click();
  await expect(letter.getByText("Second in red")).toBeVisible();
});
