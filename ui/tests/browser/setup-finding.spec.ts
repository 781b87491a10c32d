// What the setup screen says about the search: by whom the servers were named, what has to be looked at, and what the
// provider wants first.
import type { Page } from "@playwright/test";
import type { MemoryBackend } from "../../src/ipc/memory";
import { expectAccessible } from "./accessible";
import { answeredUntil, expect, test } from "./pace";

const SHOTS = "test-output/screens";

async function type(page: Page, email: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/?scene=first-run");
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill("twelve-herons");
}

const add = (page: Page) => page.getByRole("button", { name: "Add account" }).click();
const heading = (page: Page) => page.getByRole("heading", { name: "Add your email account" });

test("names that only DNS vouches for are looked at before the password goes there", async ({ page }) => {
  await type(page, "byname@nordlicht.example");
  await expect(page.getByText("Found by DNS: nordlicht.example names its servers there")).toBeVisible();
  await expect(
    page.getByText(/These servers belong to fjord.example, not to nordlicht.example/),
  ).toBeVisible();
  const server = page.getByText("imap.fjord.example · 993 · TLS");
  await expect(server.locator("b"), "whose it is stands out").toHaveText("fjord.example");
  await add(page);
  const question = page.getByRole("alertdialog", { name: "Are these your servers?" });
  await expect(question).toContainText("smtp.fjord.example");
  await expectAccessible(page, "the question");
  await page.screenshot({ path: `${SHOTS}/setup-look.png` });
  await question.getByRole("button", { name: "Not now" }).click();
  await expect(heading(page), "refusing adds nothing").toBeVisible();
  await add(page);
  await question.getByRole("button", { name: "Yes, sign in there" }).click();
  await expect(heading(page)).toBeHidden();
});

test("what the search fills in is red no more, though it was asked for before", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/?scene=first-run&delay=5000");
  await answeredUntil(page, page.getByLabel("Email address"));
  await page.getByLabel("Email address").fill("others@nordlicht.example");
  await page.getByLabel("Password", { exact: true }).fill("twelve-herons");
  await page.getByRole("button", { name: "Edit settings" }).click();
  await page.getByRole("button", { name: "Test", exact: true }).click();
  const host = page.getByLabel("Server", { exact: true }).first();
  await expect(host).toHaveAttribute("aria-invalid", "true");
  await answeredUntil(page, page.getByText(/^Published by/));
  await expect(host).toHaveValue(/nordlicht/);
  await expect(host, "it is filled in").not.toHaveAttribute("aria-invalid", "true");
});

test("the button that adds the account stays under the hand while lines are added above it", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1200, height: 720 });
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/?scene=first-run&delay=5000");
  await answeredUntil(page, page.getByLabel("Email address"));
  await page.getByRole("button", { name: "Edit settings" }).click();
  await page.getByLabel("Email address").fill("others@nordlicht.example");
  await page.getByLabel("Password", { exact: true }).fill("twelve-herons");
  const button = page.getByRole("button", { name: "Add account" });
  await expect(button).toBeInViewport({ ratio: 1 });
  const top = (box: { y: number } | null) => box?.y ?? Number.NaN;
  const before = await button.boundingBox();
  await answeredUntil(page, page.getByText(/^Published by/));
  await expect(page.getByText("DNS names other servers: mail.nordlicht.example")).toBeVisible();
  expect(await button.boundingBox()).toEqual(before);
  const last = page.getByLabel("Sending has its own way of signing in");
  await last.focus();
  const isAbove = top(await last.boundingBox()) + 24 < top(before);
  expect(isAbove, "what has the focus is not behind it").toBe(true);
  await page.screenshot({ path: `${SHOTS}/setup-high.png` });
});

test("another source that says something else is told", async ({ page }) => {
  await type(page, "others@nordlicht.example");
  await expect(page.getByText("Published by nordlicht.example", { exact: true })).toBeVisible();
  await expect(page.getByText("DNS names other servers: mail.nordlicht.example")).toBeVisible();
  await expectAccessible(page, "the sources");
  await page.screenshot({ path: `${SHOTS}/setup-others.png` });
});

test("a host to which a redirection leads is asked after a consent", async ({ page }) => {
  await type(page, "redirected@nordlicht.example");
  await expect(page.getByText(/autodiscover.fjord.example may know the servers/)).toBeVisible();
  await expectAccessible(page, "the consent");
  await page.screenshot({ path: `${SHOTS}/setup-consent.png` });
  await page.getByRole("button", { name: "Ask it" }).click();
  await expect(page.getByText("Published by autodiscover.fjord.example")).toBeVisible();
});

test("a domain that answers only for a whole address is told it by a press", async ({ page }) => {
  await type(page, "shy@nordlicht.example");
  await expect(page.getByText(/No mail servers were found for nordlicht.example/)).toBeVisible();
  await expectAccessible(page, "the offer");
  await page.screenshot({ path: `${SHOTS}/setup-tell.png` });
  await page.getByRole("button", { name: "Tell nordlicht.example my address" }).click();
  await expect(page.getByText("Published by nordlicht.example", { exact: true })).toBeVisible();
  await page.getByLabel("Email address").fill("unknown@nordlicht.example");
  await expect(
    page.getByRole("button", { name: "Tell nordlicht.example my address" }),
    "for another address it is asked anew",
  ).toBeVisible();
});

test("what the provider wants first stands there, with its page", async ({ page }) => {
  await type(page, "switch@nordlicht.example");
  await expect(page.getByText(/lets mail programs in only after you have allowed it/)).toBeVisible();
  await page.screenshot({ path: `${SHOTS}/setup-hint.png` });
  await page.evaluate(() => {
    const window_ = window as unknown as { waxwing: MemoryBackend; opened: string };
    window_.waxwing.openLink = (url) => Promise.resolve(void (window_.opened = url));
  });
  await page.getByRole("button", { name: "Open help.nordlicht.example" }).click();
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { opened?: string }).opened))
    .toBe("https://help.nordlicht.example/imap");
});

test("a port that is left blank is found out", async ({ page }) => {
  await type(page, "lena@nordlicht.example");
  await expect(page.getByText(/^Found /)).toBeVisible();
  await page.getByRole("button", { name: "Edit settings" }).click();
  const incoming = page.getByRole("group", { name: "Incoming mail" });
  await incoming.getByLabel("Server", { exact: true }).fill("mail.own.example");
  await incoming.getByRole("combobox", { name: "Port" }).fill("");
  await incoming.getByRole("button", { name: "Find out port and encryption" }).click();
  await expect(incoming.getByRole("combobox", { name: "Port" })).toHaveValue("993");
  await incoming.getByRole("combobox", { name: "Port" }).fill("");
  await add(page);
  await expect(heading(page), "adding finds it out, too").toBeHidden();
});

test("a blank that nobody can fill in stays a problem of the form", async ({ page }) => {
  await type(page, "lena@nordlicht.example");
  // What is found moves the form down, and a press that has begun with it.
  await expect(page.getByText(/^Found /)).toBeVisible();
  await page.getByRole("button", { name: "Edit settings" }).click();
  const incoming = page.getByRole("group", { name: "Incoming mail" });
  await incoming.getByLabel("Server", { exact: true }).fill("nobody.own.example");
  await incoming.getByRole("combobox", { name: "Port" }).fill("");
  await incoming.getByRole("button", { name: "Find out port and encryption" }).click();
  await expect(page.getByText("Nobody answers at nobody.own.example on the usual ports.")).toBeVisible();
  await add(page);
  await expect(incoming.getByRole("combobox", { name: "Port" })).toHaveAttribute("aria-invalid", "true");
});
