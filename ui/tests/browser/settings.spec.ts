// Settings: which accounts there are, through which servers, and how one leaves or is joined by another.
import { expect, test, type Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { fill } from "./stage";

const SHOTS = "test-output/screens";

async function open(page: Page, theme: "light" | "dark" = "light") {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Compose" })).toBeVisible();
  await page.keyboard.press("Control+,");
  const sheet = page.getByRole("dialog", { name: "Settings" });
  await expect(sheet).toBeVisible();
  return sheet;
}

for (const theme of ["light", "dark"] as const) {
  test(`shows each account with its servers and what POP3 leaves there, ${theme}`, async ({ page }) => {
    const sheet = await open(page, theme);
    await expect(sheet.getByRole("listitem")).toHaveCount(2);
    await expect(sheet).toContainText("imap.nordlicht.example · 993 · TLS");
    await expect(sheet.getByRole("listitem").filter({ hasText: "POP3" })).toContainText(
      "is deleted after the download",
    );
    await expect(sheet.getByRole("listitem").first()).toContainText("2.1 GB of 15 GB used");
    await expect(sheet.getByRole("meter", { name: "Room on the server" })).toHaveAttribute(
      "aria-valuenow",
      "14",
    );
    await expectAccessible(page, "the settings", "[role=dialog]");
    await page.screenshot({ path: `${SHOTS}/settings-${theme}.png` });
  });
}

for (const theme of ["light", "dark"] as const) {
  test(`warns at the foot of the window when an account is nearly full, ${theme}`, async ({ page }) => {
    const sheet = await open(page, theme);
    await sheet.getByRole("button", { name: "Close" }).click();
    const foot = page.getByRole("contentinfo", { name: "Status" });
    await expect(foot).not.toContainText("almost full");
    await fill(page, "lena", 14_700_000_000);
    await expect(foot).toContainText("lena@nordlicht.example is almost full: 14.7 GB of 15 GB used");
    await expectAccessible(page, "the warning", "footer");
    await page.keyboard.press("Control+,");
    await expect(sheet.getByRole("meter")).toHaveAttribute("aria-valuenow", "98");
    await expectAccessible(page, "the settings of a full account", "[role=dialog]");
  });
}

test("removes an account only after a question that says what is lost", async ({ page }) => {
  const sheet = await open(page);
  await sheet.getByRole("button", { name: "Remove lena.b@post.example" }).click();
  const question = page.getByRole("alertdialog", { name: "Remove lena.b@post.example?" });
  await expect(question).toContainText("deleted for good");
  await expect(
    question.getByRole("button", { name: "Keep it" }),
    "the safe answer has the focus",
  ).toBeFocused();
  await expectAccessible(page, "the question", "[role=alertdialog]");
  await question.getByRole("button", { name: "Keep it" }).click();
  await expect(sheet.getByRole("listitem")).toHaveCount(2);
  await sheet.getByRole("button", { name: "Remove lena.b@post.example" }).click();
  await question.getByRole("button", { name: "Remove the account" }).click();
  await expect(sheet.getByRole("listitem")).toHaveCount(1);
});

test("adds another account from here, with a way back", async ({ page }) => {
  const sheet = await open(page);
  await sheet.getByRole("button", { name: "Add account" }).click();
  await expect(page.getByRole("heading", { name: "Add your email account" })).toBeVisible();
  await page.getByRole("button", { name: "Back" }).click();
  await expect(page.getByRole("button", { name: "Compose" })).toBeVisible();
});

test("how much of an account is kept is chosen here, and a narrower choice offers to free the space", async ({
  page,
}) => {
  const sheet = await open(page);
  const card = sheet.getByRole("listitem").filter({ hasText: "IMAP" });
  await card.getByRole("button", { name: /Keep on this computer/ }).click();
  await page.getByRole("option", { name: "Whole letters of the last 30 days" }).click();
  const question = page.getByRole("alertdialog", { name: /^Free [\d,]+ MB\?$/ });
  await expect(question).toContainText("The headers stay");
  await expect(
    question.getByRole("button", { name: "Keep them here" }),
    "the answer that changes nothing has the focus",
  ).toBeFocused();
  await expectAccessible(page, "the question", "[role=alertdialog]");
  await page.screenshot({ path: `${SHOTS}/settings-free-light.png` });
  await question.getByRole("button", { name: /^Free/ }).click();
  await expect(page.getByRole("region", { name: "Notifications" })).toContainText(/^Freed/);
  await expect(card).toContainText("Older letters keep their headers");
  await card.getByRole("button", { name: /Large letters/ }).click();
  await page.getByRole("option", { name: "Above 25 MB: text first" }).click();
  await expect(card.getByRole("button", { name: /Large letters/ })).toContainText("Above 25 MB");
  await expect(
    sheet.getByRole("listitem").filter({ hasText: "POP3" }),
    "POP3 mail has nowhere else to stay",
  ).not.toContainText("Keep on this computer");
});

test("when POP3's copy on the server goes away can be changed, and deleting there is asked about first", async ({
  page,
}) => {
  const sheet = await open(page);
  const card = sheet.getByRole("listitem").filter({ hasText: "POP3" });
  const choice = card.getByRole("button", { name: /Copy on the server/ });
  const choose = async (text: string) => {
    await choice.click();
    await page.getByRole("option", { name: text }).click();
  };
  await choose("is kept");
  await expect(choice, "what keeps more counts at once").toContainText("is kept");
  await choose("is deleted after 30 days");
  const question = page.getByRole("alertdialog", { name: "Delete the copies on the server?" });
  await expect(question).toContainText("What has been safe on this computer for 30 days");
  await expectAccessible(page, "the question", "[role=alertdialog]");
  await question.getByRole("button", { name: "Leave it as it is" }).click();
  await expect(choice).toContainText("is kept");
  await choose("is deleted after the download");
  await question.getByRole("button", { name: "Delete them there" }).click();
  await expect(choice).toContainText("is deleted after the download");
});
