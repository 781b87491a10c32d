// Writing letters: whom, what, with which files, kept while one types, and called back after Send.
import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import { held } from "./stage";

const SHOTS = "test-output/screens";

async function open(page: Page, theme: "light" | "dark" = "light"): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  await page.goto("/");
}

async function composeNew(page: Page, theme: "light" | "dark" = "light"): Promise<Locator> {
  await open(page, theme);
  await page.getByRole("button", { name: "Compose" }).click();
  const sheet = page.getByRole("dialog");
  await expect(sheet).toBeVisible();
  return sheet;
}

async function answer(page: Page, theme: "light" | "dark" = "light"): Promise<Locator> {
  await open(page, theme);
  await page.getByRole("option", { name: /Lighthouse: final drawings/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: /Lighthouse: final drawings/ })).toBeVisible();
  await page.getByRole("button", { name: "Reply all" }).first().click();
  const sheet = page.getByRole("dialog", { name: /Lighthouse/ });
  await expect(sheet).toBeVisible();
  return sheet;
}

const to = (sheet: Locator) => sheet.getByRole("combobox", { name: "To", exact: true });
const letter = (sheet: Locator) => sheet.getByRole("textbox", { name: "Letter" });
const pills = (sheet: Locator) => sheet.getByRole("grid", { name: "Recipients in To" }).getByRole("row");
const suggested = (page: Page) =>
  page.getByRole("listbox", { name: "Suggested addresses" }).getByRole("option");
const toast = (page: Page) => page.getByRole("region", { name: "Notifications" });

for (const theme of ["light", "dark"] as const) {
  test(`looks as drawn and is accessible, ${theme}`, async ({ page }) => {
    const sheet = await answer(page, theme);
    await expect(letter(sheet), "the cursor waits above the quotation").toBeFocused();
    await page.keyboard.type("No objections from me. The glazing bars look right at last.");
    await page.keyboard.press("Enter");
    await page.keyboard.type("I attach the survey once more, page 3 has the height of the door.");
    await sheet.getByRole("button", { name: "Attach" }).click();
    await expect(sheet.getByText("survey.pdf")).toBeVisible();
    await expect(sheet.getByText(/^Draft saved \d\d:\d\d$/)).toBeVisible();
    const first = letter(sheet).locator("> *").first();
    await expect(first, "what was typed stands above the quotation").toHaveText(/^No objections/);
    await expectAccessible(page, "the composer", "[role=dialog]");
    await page.screenshot({ path: `${SHOTS}/compose-${theme}.png` });
  });

  test(`shows suggestions and marked pills accessibly, ${theme}`, async ({ page }) => {
    const sheet = await composeNew(page, theme);
    await to(sheet).fill("mika");
    await expect(suggested(page).first()).toBeVisible();
    await expectAccessible(page, "the suggestions", "[role=dialog]");
    await to(sheet).fill("nobody here,");
    await to(sheet).press("Enter");
    await expectAccessible(page, "a pill that is no address", "[role=dialog]");
    await page.screenshot({ path: `${SHOTS}/compose-pills-${theme}.png` });
  });
}

test("completes a name, takes several pasted addresses, and removes them by keyboard", async ({ page }) => {
  const sheet = await composeNew(page);
  await expect(to(sheet), "a new letter starts with whom it is for").toBeFocused();
  await page.keyboard.type("ama");
  await expect(suggested(page).filter({ hasText: "Amara" })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(pills(sheet)).toHaveText([/Amara Okafor/]);
  await to(sheet).evaluate((input) => {
    const data = new DataTransfer();
    data.setData(
      "text/plain",
      "Lena <lena@nordlicht.example>; jonas@post.example\nHalvorsen, Jonas <j@kustwerk.example>",
    );
    input.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
    );
  });
  await expect(pills(sheet)).toHaveCount(4);
  await to(sheet).press("Backspace");
  await expect(pills(sheet), "Backspace takes the last one").toHaveCount(3);
  await to(sheet).press("ArrowLeft");
  await expect(pills(sheet).last()).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Delete");
  await expect(pills(sheet)).toHaveText([/Amara/, /jonas@post.example/]);
});

test("marks what is no address, opens it for mending, and does not send it", async ({ page }) => {
  const sheet = await composeNew(page);
  await to(sheet).fill("jonas@post");
  await to(sheet).fill("jonas at post");
  await to(sheet).press("Enter");
  await expect(pills(sheet).first()).toHaveAccessibleName(/is not a whole address/);
  await sheet.getByRole("button", { name: "Send", exact: true }).click();
  await expect(sheet.getByRole("alert")).toContainText("jonas at post is not a whole address.");
  await to(sheet).press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(to(sheet)).toHaveValue("jonas at post");
  await to(sheet).fill("jonas@post.example");
  await to(sheet).press("Enter");
  await expect(pills(sheet)).toHaveText([/jonas@post.example/]);
});

test("wants at least one recipient", async ({ page }) => {
  const sheet = await composeNew(page);
  await letter(sheet).click();
  await page.keyboard.press("Control+Enter");
  await expect(sheet.getByRole("alert")).toContainText("Add at least one recipient.");
});

test("formats with keys and buttons, and the buttons tell what is on", async ({ page }) => {
  const sheet = await composeNew(page);
  await letter(sheet).click();
  await page.keyboard.type("plain ");
  await page.keyboard.press("Control+b");
  await page.keyboard.type("bold");
  await expect(sheet.getByRole("button", { name: "Bold" })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Control+b");
  await page.keyboard.press("Control+i");
  await page.keyboard.type("leaning");
  await page.keyboard.press("Control+i");
  await page.keyboard.press("Control+u");
  await page.keyboard.type("lined");
  await expect(letter(sheet).locator("b")).toHaveText("bold");
  await expect(letter(sheet).locator("i")).toHaveText("leaning");
  await expect(letter(sheet).locator("u")).toHaveText("lined");
  await page.keyboard.press("Control+u");
  await page.keyboard.press("Enter");
  await sheet.getByRole("button", { name: "Bulleted list" }).click();
  await page.keyboard.type("one");
  await expect(letter(sheet).locator("ul li")).toHaveText("one");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await sheet.getByRole("button", { name: "Quote" }).click();
  await page.keyboard.type("said");
  await expect(letter(sheet).locator("blockquote")).toContainText("said");
  await expectAccessible(page, "a formatted letter", "[role=dialog]");
});

test("makes a link of what is marked with Ctrl+K, and none of javascript:", async ({ page }) => {
  const sheet = await composeNew(page);
  await letter(sheet).click();
  await page.keyboard.type("harbour");
  await page.keyboard.press("Shift+Home");
  await page.keyboard.press("Control+k");
  const address = sheet.getByRole("textbox", { name: "Address" });
  await expect(address).toBeFocused();
  await address.fill("javascript:alert(1)");
  await address.press("Enter");
  await expect(address).toHaveAccessibleDescription(/Type a web address/);
  await expectAccessible(page, "the link bar", "[role=dialog]");
  await address.fill("nordlicht.example");
  await address.press("Enter");
  await expect(letter(sheet).getByRole("link", { name: "harbour" })).toHaveAttribute(
    "href",
    "https://nordlicht.example",
  );
});

test("pastes HTML without its traps", async ({ page }) => {
  const sheet = await composeNew(page);
  await letter(sheet).click();
  await letter(sheet).evaluate((root) => {
    const data = new DataTransfer();
    data.setData(
      "text/html",
      '<b onclick="x()">kept</b><img src="http://tracker.example/p.png" onerror="x()"><script>x()</script>',
    );
    data.setData("text/plain", "kept");
    root.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await expect(letter(sheet).locator("b")).toHaveText("kept");
  expect(await letter(sheet).innerHTML()).not.toMatch(/onclick|onerror|script|tracker/);
});

test("attaches what is dropped and pasted, and removes it", async ({ page }) => {
  const sheet = await composeNew(page);
  const give = (kind: "drop" | "paste", name: string) =>
    letter(sheet).evaluate(
      (root, [event, file]) => {
        const data = new DataTransfer();
        data.items.add(new File(["x".repeat(3000)], file, { type: "application/pdf" }));
        const init = { bubbles: true, cancelable: true };
        if (event === "drop") root.dispatchEvent(new DragEvent("dragover", { ...init, dataTransfer: data }));
        root.dispatchEvent(
          event === "drop"
            ? new DragEvent("drop", { ...init, dataTransfer: data })
            : new ClipboardEvent("paste", { ...init, clipboardData: data }),
        );
      },
      [kind, name] as const,
    );
  await give("drop", "dropped.pdf");
  await give("paste", "pasted.pdf");
  const files = sheet.getByRole("list", { name: "Attachments" }).getByRole("listitem");
  await expect(files).toHaveText([/dropped\.pdf\s*3 KB/, /pasted\.pdf/]);
  await sheet.getByRole("button", { name: "Remove dropped.pdf" }).click();
  await expect(files).toHaveCount(1);
});

test("keeps the draft within two seconds and over Escape", async ({ page }) => {
  const sheet = await composeNew(page);
  const answer = await held(page, "saveDraft");
  await sheet.getByRole("textbox", { name: "Subject" }).fill("Keys for the boathouse");
  await expect(sheet.getByText("Not saved yet")).toBeVisible();
  await answer();
  await expect(sheet.getByText(/^Draft saved/)).toBeVisible();
  await letter(sheet).click();
  await page.keyboard.type("They hang behind the second door.");
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await page.getByRole("row", { name: /^Drafts, 3 letters/ }).click();
  await page.getByRole("option", { name: /Keys for the boathouse/ }).click();
  await expect(letter(sheet), "the draft goes on where it was left").toContainText("behind the second door");
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await page.getByRole("button", { name: "Compose" }).click();
  await expect(to(sheet)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog"), "an untouched letter goes without a question").toBeHidden();
});

test("minimises to a tab and comes back as it was", async ({ page }) => {
  const sheet = await composeNew(page);
  await sheet.getByRole("textbox", { name: "Subject" }).fill("Boathouse");
  await letter(sheet).click();
  await page.keyboard.type("Mind the step.");
  await sheet.getByRole("button", { name: "Minimise" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await expectAccessible(page, "the tabs", "nav[aria-label='Letters being written']");
  await page.getByRole("button", { name: "Go on writing Boathouse" }).click();
  await expect(letter(page.getByRole("dialog", { name: "Boathouse" }))).toContainText("Mind the step.");
});

test("asks once about a forgotten attachment and a missing subject, beside the letter", async ({ page }) => {
  const sheet = await composeNew(page);
  await to(sheet).fill("jonas@post.example");
  await letter(sheet).click();
  await page.keyboard.type("I attach the survey.");
  await page.keyboard.press("Control+Enter");
  const alert = sheet.getByRole("alert");
  await expect(alert).toContainText("nothing is attached");
  await expectAccessible(page, "the question", "[role=dialog]");
  await page.screenshot({ path: `${SHOTS}/compose-doubt.png` });
  await alert.getByRole("button", { name: "Attach a file" }).click();
  await expect(sheet.getByText("survey.pdf")).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await expect(alert).toContainText("no subject");
  await alert.getByRole("button", { name: "Send anyway" }).click();
  await expect(sheet).toBeHidden();
  await expect(toast(page)).toContainText("Sending…");
});

test("calls a letter back after Send, with all that was in it", async ({ page }) => {
  const sheet = await composeNew(page);
  await to(sheet).fill("jonas@post.example");
  await sheet.getByRole("textbox", { name: "Subject" }).fill("Dinner on Friday?");
  await letter(sheet).click();
  await page.keyboard.type("There is a table for six.");
  await page.keyboard.press("Control+Enter");
  await expect(sheet).toBeHidden();
  await toast(page).getByRole("button", { name: "Undo" }).click();
  const again = page.getByRole("dialog", { name: "Dinner on Friday?" });
  await expect(letter(again)).toContainText("There is a table for six.");
  await expect(pills(again)).toHaveText([/jonas@post.example/]);
});

test("discards with Undo instead of a question", async ({ page }) => {
  const sheet = await composeNew(page);
  await sheet.getByRole("textbox", { name: "Subject" }).fill("Never mind");
  await sheet.getByRole("button", { name: "Discard draft" }).click();
  await expect(sheet).toBeHidden();
  await toast(page).getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("dialog").getByRole("textbox", { name: "Subject" })).toHaveValue("Never mind");
});

test("chooses the sender, and adds Cc and Bcc when asked", async ({ page }) => {
  const sheet = await composeNew(page);
  await sheet.getByRole("button", { name: /From/ }).click();
  await page.getByRole("option", { name: /<lena\.b@post\.example>/ }).click();
  await expect(sheet.getByRole("button", { name: /From/ })).toContainText("lena.b@post.example");
  await sheet.getByRole("button", { name: "Add Bcc" }).click();
  await expect(sheet.getByRole("combobox", { name: "Bcc" })).toBeFocused();
  await sheet.getByRole("button", { name: "Add Cc" }).click();
  await expect(sheet.getByRole("combobox", { name: "Cc", exact: true })).toBeFocused();
});

test("sends later from a menu of times", async ({ page }) => {
  const sheet = await composeNew(page);
  await to(sheet).fill("jonas@post.example");
  await sheet.getByRole("textbox", { name: "Subject" }).fill("Good morning");
  await sheet.getByRole("button", { name: "Send later" }).click();
  await expectAccessible(page, "the menu of times");
  await page.getByRole("menuitem", { name: /Tomorrow morning/ }).click();
  await expect(sheet).toBeHidden();
  await expect(toast(page)).toContainText(/Will be sent \w+.*08:00/);
});
