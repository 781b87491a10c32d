// The setup screen and the sheets of accounts in the smallest window, and in it made half as large again with Ctrl and plus: nothing
// runs over an edge, nothing is cut off, and what a sheet is left by can be pressed.
import type { Page } from "@playwright/test";
import { expect, test } from "./pace";
import { openWindow, SHOTS, type InMemory } from "./stage";

/** As the shell has it (src-tauri/src/window.rs), and the room that is left of it at 150 %. */
const SIZES = [
  { width: 900, height: 600 },
  { width: 600, height: 400 },
] as const;

/** What is wider than the room it has. What scrolls by itself, and what is for screen readers alone, may be. */
async function tooWide(page: Page, inside: string): Promise<string[]> {
  return page.locator(inside).evaluateAll((roots) => {
    const scrolls = (element: Element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
    const isHidden = (element: Element) =>
      element.closest(".visually-hidden, [aria-hidden=true]") !== null || !element.checkVisibility();
    const found: string[] = [];
    for (const root of roots) {
      const { left, right } = root.getBoundingClientRect();
      for (const element of root.querySelectorAll("*")) {
        const box = element.getBoundingClientRect();
        if (box.width === 0 || box.height < 2 || isHidden(element)) continue;
        const runsOver = box.right > right + 1 || box.left < left - 1 || box.right > innerWidth + 1;
        const isCut =
          element.scrollWidth > element.clientWidth + 1 &&
          getComputedStyle(element).overflowX === "hidden" &&
          getComputedStyle(element).textOverflow !== "ellipsis" &&
          element.children.length === 0;
        let within = element.parentElement;
        while (within !== null && within !== root && !scrolls(within)) within = within.parentElement;
        if ((runsOver && (within === root || within === null)) || isCut)
          found.push(
            `${element.tagName} ${element.getAttribute("class") ?? ""} “${element.textContent.slice(0, 60)}”`,
          );
      }
    }
    return found;
  });
}

async function expectFits(
  page: Page,
  what: string,
  inside = "[role=dialog], [role=alertdialog]",
): Promise<void> {
  await page.screenshot({ path: `${SHOTS}/narrow-${what}-${String(page.viewportSize()?.width)}.png` });
  expect(await tooWide(page, inside), what).toEqual([]);
  const beyond = await page.evaluate(() => [
    document.documentElement.scrollWidth - innerWidth,
    document.documentElement.scrollHeight - innerHeight,
  ]);
  expect(Math.max(...beyond), `${what}: the page itself does not scroll`).toBeLessThanOrEqual(0);
}

const settings = async (page: Page) => {
  await page.keyboard.press("Control+,");
  await expect(page.getByRole("dialog", { name: "Settings" })).toBeVisible();
};

for (const size of SIZES) {
  test.describe(`at ${String(size.width)} by ${String(size.height)}`, () => {
    test.use({ viewport: size });

    test("an account is set up", async ({ page }) => {
      await page.emulateMedia({ reducedMotion: "reduce" });
      await page.goto("/?scene=first-run");
      await expectFits(page, "setup-empty", "main");
      await page.getByLabel("Your name").fill("Lena Brandt");
      await page.getByLabel("Email address").fill("wrong@nordlicht.example");
      await page.getByLabel("Password", { exact: true }).fill("twelve-herons");
      await expect(page.getByText(/^Found /)).toBeVisible();
      await expectFits(page, "setup-found", "main");
      if (size.height === 600)
        await expect(page.getByRole("button", { name: "Add account" })).toBeInViewport({ ratio: 1 });
      await page.getByRole("radio", { name: /POP3/ }).check({ force: true });
      await page.getByRole("button", { name: "Edit settings" }).click();
      await page.getByText("Sending has its own way of signing in").click();
      await page.getByLabel("Password for sending").fill("twelve-egrets");
      await expectFits(page, "setup-manual", "main");
      await page.getByRole("button", { name: "Test", exact: true }).click();
      await expect(page.getByRole("alert").first()).toBeVisible();
      await expectFits(page, "setup-refused", "main");
      await page.getByRole("button", { name: "What is this?" }).click();
      await expectFits(page, "setup-explained");
      await expect(page.getByRole("dialog").getByRole("button").last()).toBeInViewport({ ratio: 1 });
    });

    test("an account is set up in the browser", async ({ page }) => {
      await page.emulateMedia({ reducedMotion: "reduce" });
      await page.goto("/?scene=first-run");
      await page.getByLabel("Your name").fill("Lena Brandt");
      await page.getByLabel("Email address").fill("lena@nobrowser.example");
      await expect(page.getByText(/Nordlicht makes a password for mail programs/)).toBeVisible();
      await page.getByRole("button", { name: "I have a client id of my own" }).click();
      await expectFits(page, "setup-client", "main");
      await page.getByLabel("Client id").fill("lenas-own");
      await page.getByRole("button", { name: "Open the browser" }).click();
      await expect(page.getByText(/Sign in at Nordlicht, in your browser/)).toBeVisible();
      await expectFits(page, "setup-waiting", "main");
      await page.evaluate(() => (window as unknown as InMemory).waxwing.browsers.answer());
      await expect(page.getByRole("heading", { name: "Add your email account" })).toBeHidden();
      await settings(page);
      await page.getByRole("button", { name: "Sign in again…" }).click();
      await expect(page.getByRole("dialog", { name: /^Sign in again/ })).toBeVisible();
      await expectFits(page, "signin-browser");
      await page.getByLabel("Client id").fill("lenas-own");
      await page.getByRole("button", { name: "Open the browser" }).click();
      await expect(page.getByText(/Sign in at Nordlicht, in your browser/)).toBeVisible();
      await expectFits(page, "signin-waiting");
      await expect(page.getByRole("button", { name: "Cancel" })).toBeInViewport({ ratio: 1 });
    });

    test("a password is kept somewhere", async ({ page }) => {
      await page.emulateMedia({ reducedMotion: "reduce" });
      await page.goto("/?scene=keyring-locked");
      await expect(page.getByRole("dialog", { name: "Your passwords are locked" })).toBeVisible();
      await expectFits(page, "keyring");
      await page.getByRole("button", { name: "Type them again…" }).click();
      const panel = page.getByRole("dialog", { name: "Where should your password be kept?" });
      await expect(panel).toBeVisible();
      await expectFits(page, "keeper");
      await expect(panel.getByRole("button", { name: "Use this passphrase" })).toBeInViewport({ ratio: 1 });
    });

    test("accounts are looked after", async ({ page }) => {
      await openWindow(page, { scene: "failing" });
      await settings(page);
      await expectFits(page, "settings");
      const sheets = [
        ["Sign in again…", /^Sign in again/],
        ["Change servers…", /^Servers of/],
        ["Name and colour…", /.*/],
        ["Which folder is for what…", /.*/],
        ["Change to POP3…", /.*/],
        ["Remove lena@nordlicht.example", /^Remove/],
      ] as const;
      for (const [button, name] of sheets) {
        await page
          .getByRole("dialog", { name: "Settings" })
          .getByRole("button", { name: button })
          .first()
          .click();
        const sheet = page.locator("[role=dialog], [role=alertdialog]").last();
        await expect(sheet).toHaveAccessibleName(name);
        await expectFits(page, button.replaceAll(/\W+/g, "-").toLowerCase());
        await expect(sheet.getByRole("button").last()).toBeInViewport({ ratio: 1 });
        await page.keyboard.press("Escape");
        await expect(page.locator("[role=dialog], [role=alertdialog]")).toHaveCount(1);
      }
    });

    test("servers are tried, and an address has one of its own", async ({ page }) => {
      await openWindow(page);
      await settings(page);
      await page.getByRole("button", { name: "Change servers…" }).first().click();
      const servers = page.getByRole("dialog", { name: /^Servers of/ });
      const incoming = servers.getByRole("group", { name: "Incoming mail", exact: true });
      await incoming.getByRole("textbox", { name: "Server", exact: true }).fill("own.nordlicht.example");
      await servers.getByRole("button", { name: "Test" }).click();
      await expect(servers.getByRole("alert")).toBeVisible();
      await expect(servers.getByRole("alert"), "what was waited for is in view").toBeInViewport();
      await expectFits(page, "servers-tried");
      await servers.getByRole("button", { name: "Look at the certificate…" }).click();
      await expectFits(page, "certificate");
      await page.keyboard.press("Escape");
      await page.keyboard.press("Escape");
      await expect(servers).toBeHidden();
      await page.getByRole("button", { name: "Add an address" }).first().click();
      const address = page.getByRole("dialog").last();
      await address.getByRole("button", { name: /Letters are sent through/ }).click();
      await page.getByRole("option", { name: "A server of its own" }).click();
      await expectFits(page, "address");
      await expect(address.getByRole("button", { name: "Keep" })).toBeInViewport({ ratio: 1 });
    });
  });
}
