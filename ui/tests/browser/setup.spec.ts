// Adding an account, as a person does it: typing, choosing, being told what is wrong, and getting in.
import type { Page } from "@playwright/test";
import type { MemoryBackend } from "../../src/ipc/memory";
import { expectAccessible } from "./accessible";
import { answeredUntil, expect, test } from "./pace";
import { held } from "./stage";

const SHOTS = "test-output/screens";

async function open(page: Page, theme: "light" | "dark" = "light", more = ""): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  await page.goto(`/?scene=first-run${more}`);
  const heading = page.getByRole("heading", { name: "Add your email account" });
  if (more.includes("delay")) await answeredUntil(page, heading);
  await expect(heading).toBeVisible();
}

async function type(page: Page, email: string): Promise<void> {
  await page.getByLabel("Your name").fill("Lena Brandt");
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill("twelve-herons");
}

const add = (page: Page) => page.getByRole("button", { name: "Add account" }).click();
const found = (page: Page) => expect(page.getByText(/^Found /)).toBeVisible();

for (const theme of ["light", "dark"] as const) {
  test(`looks as drawn and is accessible, ${theme}`, async ({ page }) => {
    await open(page, theme);
    await expectAccessible(page, "the empty form");
    await type(page, "lena@nordlicht.example");
    await expect(page.getByText("Found in Waxwing’s list of providers (Nordlicht)")).toBeVisible();
    await expect(page.getByText("Every connection is encrypted")).toBeVisible();
    await expect(page.getByText("imap.nordlicht.example · 993 · TLS")).toBeVisible();
    await page.screenshot({ path: `${SHOTS}/setup-${theme}.png` });
    await page.getByRole("radio", { name: /POP3/ }).check({ force: true });
    await page.getByRole("button", { name: "Edit settings" }).click();
    await expectAccessible(page, "the manual form with POP3");
    const beyond = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
    expect(beyond, "the screen scrolls, and the page behind it does not").toBe(0);
    await page.setViewportSize({ width: 1360, height: 1240 });
    await page.screenshot({ path: `${SHOTS}/setup-manual-${theme}.png` });
    await page.setViewportSize({ width: 1360, height: 860 });
    await page.getByRole("button", { name: "What is this?" }).click();
    await expect(page.getByRole("dialog", { name: "IMAP, POP3 and SMTP" })).toBeVisible();
    await expectAccessible(page, "the explanation");
    await page.screenshot({ path: `${SHOTS}/setup-explained-${theme}.png` });
  });

  test(`shows a failed sign-in accessibly, ${theme}`, async ({ page }) => {
    await open(page, theme);
    await type(page, "smtp-wrong@nordlicht.example");
    await found(page);
    await add(page);
    const incoming = page.getByRole("group", { name: "Incoming mail, imap.nordlicht.example" });
    await expect(incoming).toContainText("Signed in");
    await expect(page.getByRole("alert")).toContainText(
      "smtp.nordlicht.example does not accept this user name and password",
    );
    await expectAccessible(page, "the results");
    await page.screenshot({ path: `${SHOTS}/setup-failed-${theme}.png` });
  });
}

for (const theme of ["light", "dark"] as const) {
  test(`the test tells of each server how far it came, and adds nothing, ${theme}`, async ({ page }) => {
    await open(page, theme);
    await type(page, "smtp-wrong@nordlicht.example");
    await found(page);
    await page.getByRole("button", { name: "Edit settings" }).click();
    await page.getByRole("button", { name: "Test", exact: true }).click();
    const incoming = page.getByRole("group", { name: "Incoming mail, imap.nordlicht.example" });
    for (const step of [
      "Reached at port 993",
      "Encrypted with TLS 1.3, certificate of Harbour Root",
      "Signed in",
    ])
      await expect(incoming).toContainText(step);
    const outgoing = page.getByRole("group", { name: "Outgoing mail, smtp.nordlicht.example" });
    await expect(outgoing).toContainText("Reached at port 465");
    await expect(outgoing.getByRole("alert")).toContainText("does not accept this user name and password");
    await expect(outgoing).not.toContainText("Letters may be sent");
    await expectAccessible(page, "the test");
    await page.setViewportSize({ width: 1360, height: 1240 });
    await page.screenshot({ path: `${SHOTS}/setup-test-${theme}.png` });
    await page.getByLabel("Email address").fill("lena@nordlicht.example");
    await found(page);
    await page.getByRole("button", { name: "Test", exact: true }).click();
    await expect(outgoing).toContainText("Letters may be sent from your address");
    await expect(
      page.getByRole("heading", { name: "Add your email account" }),
      "it was only to see",
    ).toBeVisible();
  });
}

test("who may not send from the address yet can add it all the same, with open eyes", async ({ page }) => {
  await open(page);
  await type(page, "mute@nordlicht.example");
  await found(page);
  await add(page);
  const outgoing = page.getByRole("group", { name: "Outgoing mail, smtp.nordlicht.example" });
  await expect(outgoing).toContainText("Signed in");
  await expect(outgoing.getByRole("alert")).toContainText("550 5.7.1 Sender refused");
  await expectAccessible(page, "the refusal");
  await page.screenshot({ path: `${SHOTS}/setup-mute.png` });
  await page.getByRole("button", { name: "Add it anyway" }).click();
  await expect(page.getByRole("heading", { name: "Add your email account" })).toBeHidden();
});

test("says what is wrong while it is typed, and leaves what is unfinished alone", async ({ page }) => {
  await open(page);
  const email = page.getByLabel("Email address");
  const wrong = (field: typeof email) => expect(field).toHaveAttribute("aria-invalid", "true");
  const well = (field: typeof email) => expect(field).not.toHaveAttribute("aria-invalid", "true");
  await email.pressSequentially("lena@nord");
  await well(email);
  await email.fill("lena@nord@licht");
  await wrong(email);
  await email.fill("lena@");
  await well(email);
  await page.getByLabel("Password", { exact: true }).focus();
  await wrong(email);
  await email.fill("лена@пример.example");
  await well(email);
  await page.getByRole("button", { name: "Edit settings" }).click();
  const incoming = page.getByRole("group", { name: "Incoming mail", exact: true });
  const host = incoming.getByRole("textbox", { name: "Server", exact: true });
  await host.fill("https://imap.nordlicht.example");
  await wrong(host);
  await expect(host).toHaveAccessibleDescription(/such as mail.nordlicht.example/);
  await host.fill("почта.пример.example");
  await well(host);
  await host.fill("imap-");
  await well(host);
  const port = incoming.getByRole("combobox", { name: "Port" });
  await port.fill("70000");
  await wrong(port);
  await wrong(host);
  await port.fill("9933");
  await well(port);
});

test("no password that was typed stays in the page", async ({ page }) => {
  await open(page);
  await type(page, "wrong@nordlicht.example");
  await found(page);
  const marker = ["Zq7heron", "marker", "4417"].join("-");
  await page.getByLabel("Password", { exact: true }).fill(marker);
  await page.getByRole("button", { name: "Edit settings" }).click();
  await page.getByText("Sending has its own way of signing in").click();
  await page.getByLabel("Password for sending").fill(`${marker}-out`);
  await add(page);
  await expect(page.getByRole("alert").first()).toBeVisible();
  expect(await page.locator("body").innerText(), "nor is it read out while it is there").not.toContain(
    marker,
  );
  await page.getByLabel("Email address").fill("lena@nordlicht.example");
  await found(page);
  await add(page);
  await expect(page.getByRole("heading", { name: "Add your email account" })).toBeHidden();
  const kept = await page.evaluate(() =>
    JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      history.state,
      location.href,
    ]),
  );
  expect(kept + (await page.content())).not.toContain(marker);
  const fields = await page.evaluate(() =>
    Array.from(document.querySelectorAll("input"), (input) => input.value).join(),
  );
  expect(fields).not.toContain(marker);
});

test("adds an account with nothing but the keyboard", async ({ page }) => {
  await open(page);
  await expect(page.getByLabel("Your name")).toBeFocused();
  await page.keyboard.type("Lena Brandt");
  await page.keyboard.press("Tab");
  await page.keyboard.type("lena@nordlicht.example");
  await page.keyboard.press("Tab");
  await page.keyboard.type("twelve-herons");
  await found(page);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Add your email account" })).toBeHidden();
});

const failures = [
  ["wrong", "does not accept this user name and password", "Type the password again", "Password"],
  ["badcert", "its certificate is not valid. Your password was not sent.", "Check the server name", "Server"],
  ["unreachable", "does not answer", "Edit settings", "Server"],
  ["refused", "does not offer this way of signing in", "Choose another sign-in method", "Sign-in method"],
] as const;
for (const [local, sentence, button, target] of failures) {
  test(`${local}: its own sentence, and the button leads to what helps`, async ({ page }) => {
    await open(page);
    await type(page, `${local}@nordlicht.example`);
    await found(page);
    await add(page);
    const alert = page.getByRole("alert").first();
    await expect(alert).toContainText(sentence);
    await alert.getByRole("button", { name: button }).click();
    const place =
      target === "Sign-in method"
        ? page.getByRole("button", { name: /Sign-in method/ }).first()
        : page.getByLabel(target, { exact: true }).first();
    await expect(place, `the focus goes to "${target}"`).toBeFocused();
  });
}

test("ties each error to its field and moves the focus to the first", async ({ page }) => {
  await open(page);
  await page.getByLabel("Your name").fill("Lena");
  await add(page);
  const email = page.getByLabel("Email address");
  await expect(email).toBeFocused();
  await expect(email).toHaveAttribute("aria-invalid", "true");
  await expect(email).toHaveAccessibleDescription(/Type a whole address/);
  await expect(page.locator("[aria-invalid=true]"), "the servers are nobody's fault yet").toHaveCount(2);
  await expect(page.getByRole("group", { name: "Incoming mail" }), "and their form stays shut").toBeHidden();
  await expectAccessible(page, "the form with errors");
  await email.fill("lena@nordlicht.example");
  await expect(email, "mended is no longer wrong").not.toHaveAttribute("aria-invalid", "true");
});

test("port and encryption follow each other", async ({ page }) => {
  await open(page);
  await type(page, "lena@nordlicht.example");
  await found(page);
  await page.getByRole("button", { name: "Edit settings" }).click();
  const outgoing = page.getByRole("group", { name: "Outgoing mail" });
  const port = outgoing.getByRole("combobox", { name: "Port" });
  await expect(port).toHaveValue("465");
  await outgoing.getByRole("button", { name: "Usual ports" }).click();
  await expect(page.getByRole("option")).toHaveText(["465 · TLS", "587 · STARTTLS", "25 · STARTTLS"]);
  await page.getByRole("option", { name: "587" }).click();
  await expect(port).toHaveValue("587");
  await expect(outgoing.getByRole("button", { name: /Encryption/ })).toContainText("STARTTLS");
  await outgoing.getByRole("button", { name: /Encryption/ }).click();
  await page.getByRole("option", { name: "TLS", exact: true }).click();
  await expect(port).toHaveValue("465");
  await port.fill("");
  await port.pressSequentially("2525");
  await outgoing.getByLabel("User name").focus();
  const line = (rest: string) => page.getByText(`smtp.nordlicht.example · ${rest}`);
  await expect(line("2525 · TLS"), "25 was only on the way").toBeVisible();
  await port.fill("587");
  await outgoing.getByLabel("User name").focus();
  await expect(page.getByText("smtp.nordlicht.example · 587 · STARTTLS")).toBeVisible();
  await port.fill("465");
  await outgoing.getByLabel("User name").focus();
  await port.fill("2465");
  await expect(page.getByText("smtp.nordlicht.example · 2465 · TLS")).toBeVisible();
});

test("goes unencrypted only after a box was ticked in a frightening question", async ({ page }) => {
  await open(page);
  await type(page, "plain@nordlicht.example");
  await expect(page.getByText("No encrypted connection was found")).toBeVisible();
  await add(page);
  const question = page.getByRole("alertdialog", { name: "Send your password without protection?" });
  await expect(question).toBeVisible();
  await expectAccessible(page, "the question");
  await page.screenshot({ path: `${SHOTS}/setup-plain.png` });
  await expect(question.getByRole("button", { name: "Connect without encryption" })).toBeDisabled();
  await question.getByRole("button", { name: "Stay encrypted" }).click();
  await expect(
    page.getByRole("heading", { name: "Add your email account" }),
    "refusing adds nothing",
  ).toBeVisible();
  await add(page);
  await question.getByText("I understand").click();
  await question.getByRole("button", { name: "Connect without encryption" }).click();
  await expect(page.getByRole("heading", { name: "Add your email account" })).toBeHidden();
});

test("offers the form when nothing is found", async ({ page }) => {
  await open(page);
  await type(page, "unknown@nordlicht.example");
  await expect(page.getByText(/No mail servers were found for nordlicht.example/)).toBeVisible();
  const incoming = page.getByRole("group", { name: "Incoming mail" });
  await expect(incoming).toBeVisible();
  await add(page);
  await expect(incoming.getByLabel("Server", { exact: true })).toBeFocused();
  await incoming.getByLabel("Server", { exact: true }).fill("mail.nordlicht.example");
  await page
    .getByRole("group", { name: "Outgoing mail" })
    .getByLabel("Server", { exact: true })
    .fill("mail.nordlicht.example");
  await add(page);
  await expect(page.getByRole("heading", { name: "Add your email account" })).toBeHidden();
});

test("asks in plain words when POP3's copies go", async ({ page }) => {
  await open(page);
  await type(page, "lena@nordlicht.example");
  await found(page);
  await expect(page.getByRole("radiogroup", { name: /copy on the server/ })).toBeHidden();
  await page.getByRole("radio", { name: /IMAP/ }).focus();
  await page.keyboard.press("ArrowRight");
  const retention = page.getByRole("radiogroup", { name: "When is the copy on the server deleted?" });
  await expect(retention.getByRole("radio", { name: /Never/ }), "the safe choice comes first").toBeChecked();
  await retention.getByText("Some days after").click();
  await page.getByRole("textbox", { name: "Days" }).fill("14");
  await page.screenshot({ path: `${SHOTS}/setup-pop3.png` });
  await add(page);
  await expect(page.getByRole("heading", { name: "Add your email account" })).toBeHidden();
});

test("looks around in the demo mailbox without an account", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Look around with a demo mailbox" }).click();
  await expect(page.getByRole("heading", { name: "Add your email account" })).toBeHidden();
});

test("shows that it works while both servers are asked", async ({ page }) => {
  await open(page, "light", "&delay=5000");
  await type(page, "lena@nordlicht.example");
  await expect(page.getByText("Looking for the servers of nordlicht.example…")).toBeVisible();
  await answeredUntil(page, page.getByText(/^Found /));
  const answer = await held(page, "check");
  await add(page);
  const compose = page.getByRole("button", { name: "Compose" });
  await answeredUntil(page, page.getByText(/^Signing in to/));
  await expect(
    page.getByText("Signing in to imap.nordlicht.example and smtp.nordlicht.example…"),
  ).toBeVisible();
  await expect(page.getByRole("button", { name: "Signing in…" })).toBeDisabled();
  await answer();
  await answeredUntil(page, compose);
  await expect(page.getByRole("heading", { name: "Add your email account" })).toBeHidden();
});

test("asks where to keep the password when this computer has no place for it", async ({ page }) => {
  await open(page);
  await type(page, "lena@nordlicht.example");
  await found(page);
  await page.evaluate(() => {
    const { waxwing } = window as unknown as { waxwing: MemoryBackend };
    waxwing.vault = () =>
      Promise.resolve({ kind: "unavailable", reason: "there is no Secret Service", keptBy: null });
  });
  await add(page);
  const panel = page.getByRole("dialog", { name: "Where should your password be kept?" });
  await expect(panel).toContainText("there is no Secret Service");
  await expectAccessible(page, "the vault's panel");
  await page.screenshot({ path: `${SHOTS}/setup-vault.png` });
  await panel.getByLabel("Passphrase", { exact: true }).fill("short");
  await panel.getByRole("button", { name: "Use this passphrase" }).click();
  await expect(panel.getByLabel("Passphrase", { exact: true })).toHaveAccessibleDescription(
    /at least 8 characters/,
  );
  await page.evaluate(() => {
    const { waxwing } = window as unknown as { waxwing: MemoryBackend };
    waxwing.vault = () => Promise.resolve({ kind: "open", keeper: "thisRun", keptBy: null, typed: [] });
  });
  await panel.getByRole("button", { name: "Only until I close Waxwing" }).click();
  await expect(page.getByRole("heading", { name: "Add your email account" })).toBeHidden();
});

test("opening the servers' form finds nothing wrong with what nobody has typed", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Edit settings" }).click();
  await expect(page.getByRole("group", { name: "Incoming mail" })).toBeVisible();
  await expect(page.locator("[aria-invalid=true]")).toHaveCount(0);
});

test("waits for the servers when Add is pressed before they are found, and then goes on", async ({
  page,
}) => {
  await open(page, "light", "&delay=5000");
  await type(page, "lena@nordlicht.example");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Looking…" })).toBeDisabled();
  await expect(page.locator("[aria-invalid=true]")).toHaveCount(0);
  await expect(page.getByRole("group", { name: "Incoming mail" })).toBeHidden();
  await answeredUntil(page, page.getByRole("button", { name: "Compose" }));
  await expect(page.getByRole("heading", { name: "Add your email account" })).toBeHidden();
});

test("without any account there can be folders on this computer", async ({ page }) => {
  await page.goto("/?scene=first-run");
  await page.getByRole("button", { name: "Local folders only" }).click();
  await expect(page.getByRole("row", { name: /^Local Folders/ })).toBeVisible();
});
