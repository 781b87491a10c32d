// Who a letter is from, a look at a link before it opens, whose pictures were kept out, who tracks, and leaving lists.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import { openWindow, reading, receive, row, SHOTS, subject, toast, type InMemory } from "./stage";

async function press(page: Page, url: string): Promise<void> {
  await page.evaluate((link) => (globalThis as unknown as InMemory).waxwing.press(link), url);
}

const opened = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as InMemory).waxwing.browsers.opened);

const stranger = {
  from: "service@bank.example <thief@lucky.example>",
  subject: "Your account",
  who: {
    verdict: "nobody" as const,
    notes: [{ kind: "first" as const }, { kind: "addressInName" as const, address: "service@bank.example" }],
  },
};

for (const theme of ["light", "dark"] as const) {
  test(`who a letter is from, ${theme}`, async ({ page }) => {
    await openWindow(page, { theme });
    await row(page, /Mika/).click();
    const sign = reading(page).getByRole("button", { name: /^From \S+, which vouches for it\.$/ });
    await expect(sign).toBeVisible();
    await receive(page, stranger);
    await row(page, /Your account/).click();
    const line = reading(page).getByText(/Nothing in this letter proves that it comes from lucky.example/);
    await expect(line).toContainText("written like the address service@bank.example");
    await expectAccessible(page, "a letter of a stranger");
    await page.screenshot({ path: `${SHOTS}/who-line-${theme}.png` });
    await page.keyboard.press("i");
    const dialog = page.getByRole("dialog", { name: "Who is this?" });
    await expect(dialog.getByText("thief@lucky.example")).toBeVisible();
    await expectAccessible(page, "who this is");
    await page.screenshot({ path: `${SHOTS}/who-${theme}.png` });
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
  });

  test(`an odd link is asked about, ${theme}`, async ({ page }) => {
    await openWindow(page, { theme });
    await press(page, "https://evil.example/login?utm_source=mail");
    const dialog = page.getByRole("alertdialog", { name: "Look twice before you open this" });
    await expect(dialog.getByText("The text names www.bank.example, and it leads elsewhere.")).toBeVisible();
    await expect(dialog.getByText("It looks like bank.example and is another site.")).toBeVisible();
    await expect(dialog.getByRole("button", { name: "Cancel" }), "Enter opens nothing").toBeFocused();
    await expectAccessible(page, "an odd link");
    await page.screenshot({ path: `${SHOTS}/link-${theme}.png` });
    await page.keyboard.press("Enter");
    await expect(dialog).toHaveCount(0);
    expect(await opened(page)).toEqual([]);
    await press(page, "https://evil.example/login?utm_source=mail");
    await dialog.getByRole("button", { name: "Open anyway" }).click();
    await expect
      .poll(() => opened(page), "without what tells who follows it")
      .toEqual(["https://evil.example/login"]);
  });

  test(`trackers and lists, ${theme}`, async ({ page }) => {
    await openWindow(page, { theme });
    await row(page, /This fortnight in async/).click();
    await expect(reading(page).getByText(/5 from img.rustnieuws.example, 1 from cdn/)).toBeVisible();
    await expect(reading(page).getByText(/Tracked by Mailchimp/)).toBeVisible();
    await page.keyboard.press("Control+Shift+Y");
    const trackers = page.getByRole("dialog", { name: "Trackers" });
    await expect(trackers.getByText(/by Mailchimp/).first()).toBeVisible();
    await expectAccessible(page, "the trackers");
    await page.screenshot({ path: `${SHOTS}/trackers-${theme}.png` });
    await page.keyboard.press("Escape");
    await expect(trackers).toHaveCount(0);
    await page.keyboard.press("Control+Shift+L");
    const lists = page.getByRole("dialog", { name: "Subscriptions" });
    await expect(lists.getByText(/^to lena@.* · 2 letters/)).toBeVisible();
    await expectAccessible(page, "the subscriptions");
    await page.screenshot({ path: `${SHOTS}/subscriptions-${theme}.png` });
    await lists.getByRole("button", { name: /^Leave Rust Nieuws with lena@/ }).click();
    const leave = page.getByRole("dialog", { name: "Leave Rust Nieuws?" });
    await expect(
      leave.getByText(/It writes to lena@.*, and is asked to take that address off/),
    ).toBeVisible();
    await expectAccessible(page, "leaving a list");
    await page.screenshot({ path: `${SHOTS}/leave-${theme}.png` });
    await leave.getByRole("button", { name: "Leave now" }).click();
    await expect(toast(page)).toContainText("Rust Nieuws was asked to take you off.");
    await expect(lists.getByText(/Left with one request/)).toBeVisible();
  });
}

test("a plain link opens at once, cleaned, unless one wants to see each", async ({ page }) => {
  await openWindow(page);
  await press(page, "https://shop.example/a?utm_source=mail&id=7");
  await expect.poll(() => opened(page)).toEqual(["https://shop.example/a?id=7"]);
  await page.keyboard.press("Control+,");
  const settings = page.getByRole("dialog", { name: "Settings" });
  await settings.getByRole("button", { name: /Before a link opens/ }).click();
  await page.getByRole("option", { name: "Always show where it leads" }).click();
  await expect(settings.getByRole("button", { name: /Before a link opens/ })).toContainText("Always show");
  await expectAccessible(page, "the settings of safety");
  await page.keyboard.press("Escape");
  await expect(settings).toHaveCount(0);
  await press(page, "https://shop.example/a?utm_source=mail&id=7");
  const dialog = page.getByRole("dialog", { name: "Open this page?" });
  await expect(dialog.getByText(/utm_source/)).toBeVisible();
  await dialog.getByRole("button", { name: "Open as it stands in the letter" }).click();
  await expect
    .poll(() => opened(page))
    .toEqual(["https://shop.example/a?id=7", "https://shop.example/a?utm_source=mail&id=7"]);
  await press(page, "javascript:alert(1)");
  await expect(toast(page)).toContainText("Waxwing does not open links of this kind.");
});

test("pictures are allowed for a list or a domain, and no longer", async ({ page }) => {
  await openWindow(page);
  await row(page, /This fortnight in async/).click();
  for (const choice of ["Always from the list Rust Nieuws", /Always from everybody at/]) {
    await reading(page).getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: choice }).click();
    await expect(page.frameLocator("iframe").getByAltText("Picture").first()).toBeVisible();
    await page.keyboard.press("Control+Shift+Y");
    await page.getByRole("button", { name: /No longer show pictures from/ }).click();
    await expect(page.getByText("Nobody. They are blocked until you say otherwise.")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(
      reading(page).getByRole("button", { name: "Show images" }),
      "those of the letter that is open go at once",
    ).toBeVisible();
  }
});

test("no name is long enough to push an address out of sight", async ({ page }) => {
  await openWindow(page);
  const long = "Bank International Customer Protection and Security ".repeat(6).trim();
  await receive(page, { from: `${long} <thief@lucky.example>`, subject: "Your account" });
  for (const width of [1280, 900]) {
    await page.setViewportSize({ width, height: 600 });
    await row(page, /Your account/).click();
    const address = reading(page).locator("header").getByText("thief@lucky.example");
    await expect(address).toBeVisible();
    const cut = await address.evaluate((it) => {
      const { right, top, bottom } = it.getBoundingClientRect();
      return !it.contains(document.elementFromPoint(right - 2, (top + bottom) / 2));
    });
    expect(cut, `the whole address stands there at ${width}`).toBe(false);
    const reply = reading(page).getByRole("button", { name: /^Reply to Bank/ });
    expect((await reply.boundingBox())?.height, "and the way to answer is one line").toBeLessThan(60);
  }
});

test("a name that is written like somebody else's address stands behind the true one", async ({ page }) => {
  await openWindow(page);
  await receive(page, stranger);
  await row(page, /Your account/).click();
  await expect(reading(page).getByRole("button", { name: /^Reply to thief@lucky.example/ })).toBeVisible();
});

test("who names no address is said to come from nobody, once", async ({ page }) => {
  await openWindow(page);
  await receive(page, {
    from: "Bank <>",
    subject: "Your account",
    who: { verdict: "nobody", domain: "", notes: [{ kind: "noAddress" }] },
  });
  await row(page, /Your account/).click();
  const line = reading(page).getByText("It does not say from which address it comes.");
  await expect(line).toHaveText("It does not say from which address it comes.");
});

test("a letter's own window tells who tracks, and no longer allows pictures", async ({ page }) => {
  await openWindow(page);
  await row(page, /This fortnight in async/).click();
  const opened = page.waitForEvent("popup");
  await page.keyboard.press("w");
  const own = await opened;
  await expect(subject(own)).toHaveText(/This fortnight/);
  await own.evaluate(async () => {
    const email = document.querySelector("[data-email]")?.getAttribute("data-email") ?? "";
    await (globalThis as unknown as InMemory).waxwing.allowImages(email, {
      kind: "domain",
      name: "fjord.example",
    });
  });
  await reading(own).getByRole("button", { name: "More", exact: true }).click();
  await own.getByRole("menuitem", { name: "Trackers…" }).click();
  const trackers = own.getByRole("dialog", { name: "Trackers" });
  await expect(trackers.getByText(/by Mailchimp/).first()).toBeVisible();
  await trackers.getByRole("button", { name: /No longer show pictures from/ }).click();
  await expect(trackers.getByText("Nobody. They are blocked until you say otherwise.")).toBeVisible();
  await expect(trackers.getByRole("alert")).toHaveCount(0);
  const refused = await own.evaluate(() => (globalThis as unknown as InMemory).waxwing.refused);
  expect(refused, "it was given all that it asked for").toEqual([]);
});

test("a sheet hears Escape at once when what had the focus has gone", async ({ page }) => {
  await openWindow(page);
  await row(page, /This fortnight in async/).click();
  await reading(page).getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Always from the list Rust Nieuws" }).click();
  await expect(page.frameLocator("iframe").getByAltText("Picture").first()).toBeVisible();
  await page.keyboard.press("Control+Shift+Y");
  await page.getByRole("button", { name: /No longer show pictures from/ }).focus();
  // A machine so busy that the next frame does not come.
  await page.evaluate(() => {
    window.requestAnimationFrame = () => 0;
  });
  await page.keyboard.press("Enter");
  const nobody = page.getByText("Nobody. They are blocked until you say otherwise.");
  await expect(nobody).toBeAttached();
  await page.keyboard.press("Escape");
  await expect(nobody).not.toBeAttached();
});

test("a list that has not signed its address is not asked, and says so", async ({ page }) => {
  await openWindow(page);
  await receive(page, {
    subject: "Weekly offers",
    list: {
      id: "offers.example",
      name: "Unsigned offers",
      click: true,
      letter: { to: "leave@offers.example", subject: "stop 7", text: "Let me go" },
      page: null,
      leftAt: null,
    },
  });
  await row(page, /Weekly offers/).click();
  await expect(subject(page)).toHaveText("Weekly offers");
  await page.keyboard.press("l");
  const leave = page.getByRole("dialog", { name: "Leave Unsigned offers?" });
  await expect(leave).toContainText("To leave@offers.example, with the subject “stop 7” and these words:");
  await expect(leave).toContainText("Let me go");
  await expect(leave).toContainText("Waxwing sends none, because nobody has signed that offer");
  await expect(leave.getByRole("button", { name: "Leave now" }), "what must fail is not offered").toHaveCount(
    0,
  );
  const byMail = leave.getByRole("button", { name: "Leave by mail" });
  await expect(byMail, "the other way is the first one").toBeFocused();
  await byMail.click();
  await expect(toast(page)).toContainText("A letter to Unsigned offers is in the outbox.");
  await expect(reading(page).getByText(/which you asked on \d+ \w+ \d{4} to take you off/)).toBeVisible();
});

test("the page of a list is looked at before it opens, like any link", async ({ page }) => {
  await openWindow(page);
  await receive(page, {
    subject: "Weekly prizes",
    list: {
      id: "prizes.example",
      name: "Prizes",
      click: false,
      letter: null,
      page: "https://evil.example/leave",
      leftAt: null,
    },
  });
  await row(page, /Weekly prizes/).click();
  await expect(subject(page)).toHaveText("Weekly prizes");
  await page.keyboard.press("l");
  const leave = page.getByRole("dialog", { name: "Leave Prizes?" });
  await expect(leave).toContainText("evil.example");
  await expect(leave, "nobody asks it by its page").toContainText(/It writes to lena@\S+\.(?! )/);
  await expect(leave).not.toContainText("take that address off");
  await leave.getByRole("button", { name: "Open its page" }).click();
  const twice = page.getByRole("alertdialog", { name: "Look twice before you open this" });
  await expect(twice.getByText("https://evil.example/leave")).toBeVisible();
});
