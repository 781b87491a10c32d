// Accounts after they were added: a password typed again, other servers with each step of their test, certificates, names,
// order, folders, switched off, and removed without their letters.
import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import { openWindow, SHOTS, toast, tree, type Scene } from "./stage";

async function settings(page: Page, scene: Scene = {}): Promise<Locator> {
  await openWindow(page, scene);
  await page.keyboard.press("Control+,");
  const sheet = page.getByRole("dialog", { name: "Settings" });
  await expect(sheet).toBeVisible();
  return sheet;
}

/** The card with this word in it, and not only as a part of another, as "Change to IMAP…" has it. */
const card = (sheet: Locator, text: string) =>
  sheet.getByRole("listitem").filter({ has: sheet.page().getByText(text, { exact: true }) });

for (const theme of ["light", "dark"] as const) {
  test(`a refused password is typed again from the status line, ${theme}`, async ({ page }) => {
    await openWindow(page, { scene: "failing", theme });
    const account = tree(page).getByRole("row", {
      name: /Something is wrong: nordlicht\.example does not accept/,
    });
    await expect(account, "the folder list says why").toBeVisible();
    await page.getByRole("contentinfo").getByRole("button", { name: "Sign in again…" }).click();
    const sheet = page.getByRole("dialog", { name: "Sign in again to lena@nordlicht.example" });
    const password = sheet.getByLabel("Password for imap.nordlicht.example and smtp.nordlicht.example");
    await expect(password).toBeFocused();
    await expect(sheet.getByRole("button", { name: "Sign in", exact: true })).toBeDisabled();
    await password.fill("wrong");
    await page.keyboard.press("Enter");
    await expect(sheet.getByRole("alert").first()).toContainText(
      "does not accept this user name and password",
    );
    await expect(sheet.getByText("Encrypted with TLS 1.3").first()).toBeVisible();
    await expectAccessible(page, "the refused sign-in", "[role=dialog]");
    await page.screenshot({ path: `${SHOTS}/signin-${theme}.png` });
    await password.fill("correct horse");
    await page.keyboard.press("Enter");
    await expect(sheet).toBeHidden();
    await expect(toast(page)).toContainText("lena@nordlicht.example is signed in again");
    await expect(account).toBeHidden();
  });
}

test("offline a password can be saved untried, and only then", async ({ page }) => {
  await openWindow(page, { scene: "failing" });
  await page.getByRole("contentinfo").getByRole("button", { name: "Sign in again…" }).click();
  const sheet = page.getByRole("dialog", { name: /^Sign in again/ });
  const anyway = sheet.getByRole("button", { name: "Save anyway, I am offline" });
  await sheet.getByLabel(/^Password for/).fill("wrong");
  await page.keyboard.press("Enter");
  await expect(sheet.getByRole("alert").first()).toBeVisible();
  await expect(anyway, "a server that says no is no want of a network").toBeHidden();
  await sheet.getByLabel(/^Password for/).fill("offline");
  await page.keyboard.press("Enter");
  await anyway.click();
  await expect(toast(page)).toContainText("It is tried as soon as the server answers");
});

for (const theme of ["light", "dark"] as const) {
  test(`other servers are tried step by step, a certificate is explained and accepted, ${theme}`, async ({
    page,
  }) => {
    const sheet = await settings(page, { theme });
    await card(sheet, "IMAP").getByRole("button", { name: "Change servers…" }).click();
    const servers = page.getByRole("dialog", { name: "Servers of lena@nordlicht.example" });
    const incoming = servers.getByRole("group", { name: "Incoming mail", exact: true });
    await incoming.getByRole("textbox", { name: "Server", exact: true }).fill("own.nordlicht.example");
    await servers.getByRole("button", { name: "Test" }).click();
    await expect(servers.getByRole("alert")).toContainText("has signed its certificate itself");
    await expect(servers.getByRole("group", { name: "Outgoing mail, smtp.nordlicht.example" })).toContainText(
      "Letters may be sent from your address",
    );
    await expectAccessible(page, "the test", "[role=dialog]");
    await page.screenshot({ path: `${SHOTS}/servers-${theme}.png` });
    await servers.getByRole("button", { name: "Look at the certificate…" }).click();
    const question = page.getByRole("alertdialog", { name: "The certificate of own.nordlicht.example" });
    await expect(question).toContainText("A0:17:");
    await expect(question).toContainText("1 May 2025 to 1 May 2035");
    await expect(question.getByRole("button", { name: "Do not connect" }), "the safe answer").toBeFocused();
    const accept = question.getByRole("button", { name: "Accept this certificate" });
    await expect(accept).toBeDisabled();
    await expectAccessible(page, "the certificate", "[role=alertdialog]");
    await page.screenshot({ path: `${SHOTS}/certificate-${theme}.png` });
    await question.getByText("I have compared the fingerprint").click();
    await accept.click();
    await expect(servers.getByText("with the certificate that you accepted")).toBeVisible();
    await servers.getByRole("button", { name: "Save" }).click();
    await expect(servers).toBeHidden();
    await expect(card(sheet, "IMAP")).toContainText("own.nordlicht.example · 993 · TLS");
    const kept = sheet.getByRole("region", { name: /^Certificates that you accepted for/ });
    await expect(kept).toContainText("own.nordlicht.example:993 · valid until 1 May 2035");
    await expectAccessible(page, "the settings with a certificate", "[role=dialog]");
    await page.screenshot({ path: `${SHOTS}/accounts-${theme}.png` });
    await kept
      .getByRole("button", {
        name: /^No longer accept the certificate of own\.nordlicht\.example at port \d+$/,
      })
      .click();
    await expect(kept).toBeHidden();
  });
}

test("the way of signing in can be chosen with the servers, and what is no host is said at once", async ({
  page,
}) => {
  const sheet = await settings(page);
  await card(sheet, "POP3").getByRole("button", { name: "Change servers…" }).click();
  const servers = page.getByRole("dialog", { name: /^Servers of/ });
  const incoming = servers.getByRole("group", { name: "Incoming mail", exact: true });
  await incoming.getByRole("button", { name: /Sign-in method/ }).click();
  await page.getByRole("option", { name: "Old proof of the password (APOP)" }).click();
  await expect(incoming.getByRole("button", { name: /Sign-in method/ })).toContainText("APOP");
  await incoming.getByRole("textbox", { name: "Server", exact: true }).fill("https://pop");
  await expect(incoming.getByRole("textbox", { name: "Server", exact: true })).toHaveAttribute(
    "aria-invalid",
    "true",
  );
  await expect(servers.getByRole("button", { name: "Save" })).toBeDisabled();
  await incoming.getByRole("textbox", { name: "Server", exact: true }).fill("pop.post.example");
  await servers.getByRole("button", { name: "Save" }).click();
  await expect(servers).toBeHidden();
  await card(sheet, "POP3").getByRole("button", { name: "Change servers…" }).click();
  await expect(incoming.getByRole("button", { name: /Sign-in method/ })).toContainText("APOP");
});

for (const theme of ["light", "dark"] as const) {
  test(`an address with a server of its own is tried, and its certificate accepted there, ${theme}`, async ({
    page,
  }) => {
    const sheet = await settings(page, { theme });
    await card(sheet, "IMAP").getByRole("button", { name: "Add an address" }).click();
    const address = page.getByRole("dialog", { name: "Another address to write from" });
    await address.getByLabel("Address").fill("shop@nordlicht.example");
    await address.getByRole("button", { name: /Letters are sent through/ }).click();
    await page.getByRole("option", { name: "A server of its own" }).click();
    await address.getByRole("textbox", { name: "Server", exact: true }).fill("own.nordlicht.example");
    await address.getByLabel("Password", { exact: true }).fill("correct horse");
    await address.getByRole("button", { name: "Test" }).click();
    await expect(address.getByRole("alert")).toContainText("has signed its certificate itself");
    await expectAccessible(page, "the address", "[role=dialog]");
    const look = address.getByRole("button", { name: "Look at the certificate…" });
    const [told, foot] = await Promise.all(
      [look, address.getByRole("button", { name: "Keep" })].map((button) => button.boundingBox()),
    );
    const ends = (told?.y ?? 0) + (told?.height ?? 0);
    expect(ends, "what came of it is not behind the buttons").toBeLessThanOrEqual(foot?.y ?? 0);
    await page.screenshot({ path: `${SHOTS}/identity-server-${theme}.png` });
    await address.getByRole("button", { name: "Look at the certificate…" }).click();
    const question = page.getByRole("alertdialog", { name: "The certificate of own.nordlicht.example" });
    await question.getByText("I have compared the fingerprint").click();
    await question.getByRole("button", { name: "Accept this certificate" }).click();
    await expect(address).toContainText("Letters may be sent from your address");
    await address.getByRole("button", { name: "Keep" }).click();
    await expect(address).toBeHidden();
    await expect(card(sheet, "IMAP")).toContainText("<shop@nordlicht.example> · own.nordlicht.example");
  });
}

test("a certificate that changed is an alarm with both fingerprints", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/?scene=changed-certificate");
  await page.getByRole("contentinfo").getByRole("button", { name: "Change servers…" }).click();
  const servers = page.getByRole("dialog", { name: /^Servers of/ });
  await expect(servers).toContainText("another certificate than the one that you accepted");
  await servers.getByRole("button", { name: "Look at the certificate…" }).click();
  const question = page.getByRole("alertdialog", { name: /shows another certificate/ });
  await expect(question).toContainText("Accepted so far");
  await expect(question).toContainText("3C:91:");
  await expectAccessible(page, "the alarm", "[role=alertdialog]");
  await question.getByRole("button", { name: "Do not connect" }).click();
  await expect(servers).toBeVisible();
});

test("an unencrypted connection needs its box ticked", async ({ page }) => {
  const sheet = await settings(page);
  await card(sheet, "POP3").getByRole("button", { name: "Change servers…" }).click();
  const servers = page.getByRole("dialog", { name: /^Servers of/ });
  const incoming = servers.getByRole("group", { name: "Incoming mail", exact: true });
  await incoming.getByRole("button", { name: /Encryption/ }).click();
  await page.getByRole("option", { name: /^None/ }).click();
  await expect(servers.getByRole("button", { name: "Save" })).toBeDisabled();
  await servers.getByText("can be read and changed by strangers").click();
  await servers.getByRole("button", { name: "Test" }).click();
  await expect(servers).toContainText("Not encrypted: anyone can read along");
});

test("an account gets a name and a colour, and the folder list shows them", async ({ page }) => {
  const sheet = await settings(page);
  await card(sheet, "POP3").getByRole("button", { name: "Name and colour…" }).click();
  const look = page.getByRole("dialog", { name: /^Name and colour of/ });
  await look.getByLabel("Name in the folder list").fill("Choir");
  await look.getByRole("radio", { name: "Plum" }).check({ force: true });
  await expectAccessible(page, "name and colour", "[role=dialog]");
  await page.screenshot({ path: `${SHOTS}/look.png` });
  await look.getByRole("button", { name: "Keep" }).click();
  await expect(card(sheet, "POP3")).toContainText("lena.b@post.example");
  await sheet.getByRole("button", { name: "Close" }).click();
  const row = tree(page).getByRole("row", { name: /^Choir, / });
  await expect(row).toBeVisible();
  await expect(row.locator("[data-colour]")).toHaveAttribute("data-colour", "2");
});

test("the order changes with the keys and by dragging", async ({ page }) => {
  const sheet = await settings(page);
  const first = sheet.getByRole("listitem").first();
  await expect(first).toContainText("lena@nordlicht.example");
  await sheet.getByRole("button", { name: /^Move lena\.b@post\.example/ }).focus();
  await page.keyboard.press("ArrowUp");
  await expect(first).toContainText("lena.b@post.example");
  await expect(sheet.getByText("lena.b@post.example is number 1 of 2")).toBeAttached();
  const handle = sheet.getByRole("button", { name: /^Move lena@nordlicht/ });
  await handle.hover();
  await page.mouse.down();
  await first.hover();
  await first.hover();
  await expect(first, "it is shown where it would stand").toHaveAttribute("data-lands", "above");
  await page.mouse.up();
  await expect(first).toContainText("lena@nordlicht.example");
  await expect(first).not.toHaveAttribute("data-lands", /./);
});

test("a folder is chosen for sent letters, and left to the server again", async ({ page }) => {
  const sheet = await settings(page);
  await card(sheet, "IMAP").getByRole("button", { name: "Which folder is for what…" }).click();
  const folders = page.getByRole("dialog", { name: /^Folders of/ });
  const sent = folders.getByRole("button", { name: /Sent letters/ });
  await expect(sent).toContainText("As the server says (Sent)");
  await expectAccessible(page, "the folders", "[role=dialog]");
  await sent.click();
  await page.getByRole("option", { name: "Projects", exact: true }).click();
  await expect(sent).toContainText("Projects");
  await sent.click();
  await page.getByRole("option", { name: /^As the server says/ }).click();
  await expect(sent).toContainText("As the server says (Sent)");
});

test("an account is switched off and on, and looked after more often", async ({ page }) => {
  const sheet = await settings(page);
  const post = card(sheet, "POP3");
  await post.getByRole("button", { name: /Look for mail/ }).click();
  await page.getByRole("option", { name: "Every 5 minutes" }).click();
  await expect(post.getByRole("button", { name: /Look for mail/ })).toContainText("Every 5 minutes");
  await post.getByRole("button", { name: "Switch off" }).click();
  await expect(post).toContainText("It does not connect");
  await expectAccessible(page, "an account that is switched off", "[role=dialog]");
  await sheet.getByRole("button", { name: "Close" }).click();
  const row = tree(page).getByRole("row", { name: /^lena\.b@post\.example, .*Switched off/ });
  await expect(row).toBeVisible();
  await expectAccessible(page, "the folder list", "nav");
  await row.click({ button: "right" });
  await page.getByRole("menuitem", { name: "Switch on" }).click();
  await expect(row).toBeHidden();
});

test("an account goes and its letters stay", async ({ page }) => {
  const sheet = await settings(page);
  await sheet.getByRole("button", { name: "Remove lena.b@post.example" }).click();
  const question = page.getByRole("alertdialog", { name: "Remove lena.b@post.example?" });
  await expect(question).toContainText("can stay in Local Folders");
  await question.getByRole("button", { name: "Remove, keep the letters" }).click();
  await expect(question).toBeHidden();
  await expect(toast(page)).toContainText("in Local Folders");
  await sheet.getByRole("button", { name: "Close" }).click();
  await expect(tree(page).getByRole("row", { name: /^lena\.b@post\.example/ })).toHaveCount(1);
});

test("what Thunderbird knows fills the form in, and only the password is missing", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/?scene=thunderbird");
  const found = page.getByRole("group", { name: "Found in Thunderbird" });
  await expect(found.getByRole("button")).toHaveCount(2);
  await expectAccessible(page, "the setup screen");
  await page.screenshot({ path: `${SHOTS}/thunderbird.png` });
  await found.getByRole("button", { name: /^choir@post\.example/ }).click();
  await expect(page.getByLabel("Email address")).toHaveValue("choir@post.example");
  await expect(page.getByRole("radio", { name: /^POP3/ })).toBeChecked();
  await expect(page.getByLabel("Password", { exact: true })).toBeFocused();
  await expect(page.getByText("pop.post.example · 995 · TLS")).toBeVisible();
  await expect(
    page.getByText("Taken over from Thunderbird on this computer"),
    "it is said whose word it is",
  ).toBeVisible();
  await expect(page.getByText(/^Found by/)).toBeHidden();
  await expectAccessible(page, "the form as Thunderbird has it");
});

test("at setup a bad certificate is explained and can be accepted", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/?scene=first-run");
  await page.getByLabel("Email address").fill("badcert@nordlicht.example");
  await page.getByLabel("Password", { exact: true }).fill("correct horse");
  await page.getByRole("button", { name: "Add account" }).click();
  await page.getByRole("button", { name: "Look at the certificate…" }).first().click();
  const question = page.getByRole("alertdialog", { name: "The certificate of imap.nordlicht.example" });
  await expect(question).toContainText("It is out of date");
  await question.getByText("I have compared the fingerprint").click();
  await question.getByRole("button", { name: "Accept this certificate" }).click();
  await expect(page.getByRole("button", { name: "Compose" })).toBeVisible();
});
