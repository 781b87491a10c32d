// Settings: which accounts there are, through which servers, and how one leaves or is joined by another.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
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
    await expect(
      sheet.getByRole("listitem").filter({ has: page.getByText("POP3", { exact: true }) }),
    ).toContainText("is deleted after the download");
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
  const card = sheet.getByRole("listitem").filter({ has: page.getByText("IMAP", { exact: true }) });
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
    sheet.getByRole("listitem").filter({ has: page.getByText("POP3", { exact: true }) }),
    "POP3 mail has nowhere else to stay",
  ).not.toContainText("Keep on this computer");
});

test("when the server's copy goes is changed here, after a question that says how much goes", async ({
  page,
}) => {
  const sheet = await open(page);
  const card = sheet.getByRole("listitem").filter({ has: page.getByText("POP3", { exact: true }) });
  const choose = async (name: RegExp) => {
    await card.getByRole("button", { name: /Copy on the server/ }).click();
    await page.getByRole("option", { name }).click();
  };
  await choose(/is kept/);
  await expect(card, "what removes nothing is not asked about").toContainText(
    "Other devices can download it too",
  );
  await choose(/after the download/);
  const question = page.getByRole("alertdialog", { name: /^Remove \d+ messages from the server\?$/ });
  await expect(question).toContainText("Other devices can no longer download them");
  await expect(
    question.getByRole("button", { name: "Leave everything there" }),
    "the answer that changes nothing has the focus",
  ).toBeFocused();
  await expectAccessible(page, "the question", "[role=alertdialog]");
  await question.getByRole("button", { name: "Leave everything there" }).click();
  await expect(card).toContainText("is kept");
  await choose(/after the download/);
  await question.getByRole("button", { name: "Remove from the server" }).click();
  await expect(card).toContainText("is deleted after the download");
  await expect(card).toContainText("Make backups");
  await card.getByRole("button", { name: /Large letters/ }).click();
  await page.getByRole("option", { name: "Above 10 MB: header first" }).click();
  await expect(card.getByRole("button", { name: /Large letters/ })).toContainText("Above 10 MB");
});

for (const theme of ["light", "dark"] as const) {
  test(`what is still on the server is listed, removed and downloaded again, ${theme}`, async ({ page }) => {
    const sheet = await open(page, theme);
    await sheet.getByRole("button", { name: "Still on the server…" }).click();
    const drop = page.getByRole("dialog", { name: "Still on the server of lena.b@post.example" });
    await expect(drop.getByRole("status")).toContainText(/^\d+ messages, /);
    const row = (name: RegExp) => drop.getByRole("row", { name });
    await expect(row(/Photographs of the hull/)).toContainText("not on this computer");
    await expect(row(/Photographs of the hull/)).toContainText("31.0 MB");
    await expect(row(/Old timetable/)).toContainText("deleted here");
    await expectAccessible(page, "the maildrop", "[role=dialog]");
    await page.screenshot({ path: `${SHOTS}/maildrop-${theme}.png` });
    await row(/Old timetable/).click();
    await drop.getByRole("button", { name: "Download again" }).click();
    await expect(page.getByRole("region", { name: "Notifications" })).toContainText(
      "One message was downloaded",
    );
    await expect(row(/Old timetable/)).toContainText("on this computer");
    await row(/Photographs of the hull/).click();
    await drop.getByRole("button", { name: "Delete on the server" }).click();
    const question = page.getByRole("alertdialog", { name: "One message is not on this computer" });
    await expect(question.getByRole("button", { name: "Leave everything there" })).toBeFocused();
    await expectAccessible(page, "the question", "[role=alertdialog]");
    await question.getByRole("button", { name: "Delete anyway" }).click();
    await expect(row(/Photographs of the hull/)).toBeHidden();
    await page.keyboard.press("Escape");
    await expect(drop).toBeHidden();
  });
}

test("folders of this computer are added once, without an account", async ({ page }) => {
  const sheet = await open(page);
  await sheet.getByRole("button", { name: "Add local folders" }).click();
  await expect(sheet.getByRole("listitem").filter({ hasText: "Local Folders" })).toContainText(
    "Folders on this computer only",
  );
  await expect(sheet.getByRole("button", { name: "Add local folders" })).toBeHidden();
  await sheet.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("row", { name: /^Local Folders/ })).toBeVisible();
  await page.getByRole("button", { name: "Compose" }).click();
  await page.getByRole("button", { name: /From/ }).click();
  await expect(page.getByRole("option", { name: /<lena\.b@post\.example>/ })).toBeVisible();
  await expect(
    page.getByRole("option", { name: /Local Folders/ }),
    "nothing is sent from where no server sends",
  ).toBeHidden();
});

test("keys that go through a sheet longer than the window show where they are, and its buttons move nothing", async ({
  page,
}) => {
  await page.setViewportSize({ width: 900, height: 600 });
  await open(page);
  const where = () =>
    page.evaluate(() => {
      const at = document.activeElement as HTMLElement;
      const inside = at.closest("[role=dialog]");
      const { x, y, width, height } = at.getBoundingClientRect();
      const seen = document.elementFromPoint(x + width / 2, y + height / 2);
      const foot = inside?.lastElementChild;
      return {
        name: at.getAttribute("aria-label") ?? at.textContent,
        seen: seen !== null && (at.contains(seen) || seen.contains(at)),
        inFoot: foot?.contains(at) === true && foot.tagName === "DIV",
        scrolled: inside?.scrollTop ?? 0,
      };
    });
  const hidden: (string | null)[] = [];
  let feet = 0;
  let before = await where();
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press(step < 30 ? "Tab" : "Shift+Tab");
    const now = await where();
    if (!now.seen) hidden.push(now.name);
    if (now.inFoot) {
      feet += 1;
      expect(now.scrolled, `${now.name} moves nothing`).toBe(before.scrolled);
    }
    before = now;
  }
  expect(hidden, "nothing that has the focus is hidden").toEqual([]);
  expect(feet, "the buttons were come by").toBeGreaterThan(0);
});
