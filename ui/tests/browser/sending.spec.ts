// As whom a letter goes, when, what is asked of those who carry and read it, and what is heard of it later.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import { openWindow, reading, row, SHOTS, toast, type InMemory } from "./stage";

const sheet = (page: Page) => page.getByRole("dialog").last();

async function settings(page: Page, theme: "light" | "dark" = "light") {
  await openWindow(page, { theme });
  await page.keyboard.press("Control+,");
  const open = page.getByRole("dialog", { name: "Settings" });
  await expect(open).toBeVisible();
  return open;
}

async function addShop(page: Page) {
  const addresses = page.getByRole("region", { name: "Addresses of lena@nordlicht.example" });
  await addresses.getByRole("button", { name: "Add an address" }).click();
  const form = page.getByRole("dialog", { name: "Another address to write from" });
  await form.getByRole("textbox", { name: "Address" }).fill("shop@nordlicht.example");
  await form.getByRole("textbox", { name: "Name" }).fill("The shop");
  await form.getByRole("textbox", { name: "Signature" }).fill("The shop\nat the pier");
  return { addresses, form };
}

for (const theme of ["light", "dark"] as const) {
  test(`another address is added, changed and removed in the settings, ${theme}`, async ({ page }) => {
    await settings(page, theme);
    const { addresses, form } = await addShop(page);
    await expectAccessible(page, "an address to write from", "[role=dialog]");
    await page.screenshot({ path: `${SHOTS}/identity-${theme}.png` });
    await form.getByRole("button", { name: "Keep" }).click();
    await expect(addresses).toContainText("The shop <shop@nordlicht.example>");
    await addresses.getByRole("button", { name: "Change shop@nordlicht.example" }).click();
    const change = page.getByRole("dialog", { name: "Address to write from" });
    await expect(change.getByRole("textbox", { name: "Signature" })).toHaveValue("The shop\nat the pier");
    await change.getByRole("textbox", { name: "Address" }).fill("nonsense");
    await change.getByRole("button", { name: "Keep" }).click();
    await expect(change.getByRole("alert")).toContainText("is not an email address");
    await change.getByRole("button", { name: "Cancel" }).click();
    await addresses.getByRole("button", { name: "Remove shop@nordlicht.example from the addresses" }).click();
    await expect(addresses).not.toContainText("The shop");
    await expect(
      addresses.getByRole("button", { name: /^Remove lena@/ }),
      "an account keeps its first",
    ).toHaveCount(0);
  });
}

test("an address may have a server of its own, whose refusal is told", async ({ page }) => {
  await settings(page);
  const { form } = await addShop(page);
  await form.getByRole("button", { name: /Letters are sent through/ }).click();
  await page.getByRole("option", { name: "A server of its own" }).click();
  await form.getByRole("textbox", { name: "Server" }).fill("smtp.shop.example");
  await form.getByLabel("Password", { exact: true }).fill("wrong");
  await expectAccessible(page, "a server of its own", "[role=dialog]");
  await form.getByRole("button", { name: "Keep" }).click();
  await expect(form.getByRole("alert")).toContainText("does not accept this user name and password");
});

test("a letter goes from the address that is chosen, and brings its signature", async ({ page }) => {
  const open = await settings(page);
  const { form } = await addShop(page);
  await form.getByRole("button", { name: "Keep" }).click();
  await expect(form).toBeHidden();
  await open.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Compose" }).click();
  await sheet(page).getByRole("button", { name: /From/ }).click();
  await page.getByRole("option", { name: "The shop <shop@nordlicht.example>" }).click();
  await expect(sheet(page).getByRole("textbox", { name: "Letter" })).toContainText("at the pier");
  await sheet(page).getByRole("button", { name: /From/ }).click();
  await page.getByRole("option", { name: "Lena Brandt <lena@nordlicht.example>" }).click();
  await expect(
    sheet(page).getByRole("textbox", { name: "Letter" }),
    "the other one goes again",
  ).not.toContainText("at the pier");
});

test("what a letter asks for is chosen beside Send", async ({ page }) => {
  await openWindow(page);
  await page.getByRole("button", { name: "Compose" }).click();
  await sheet(page).getByRole("button", { name: "Options" }).click();
  await expectAccessible(page, "the options of a letter", "[role=menu]");
  await page.getByRole("menuitemcheckbox", { name: "Ask for a read receipt" }).click();
  await expect(sheet(page).getByText(/^Draft saved/)).toBeVisible();
  const asks = await page.evaluate(async () => {
    const drafts = await (globalThis as unknown as InMemory).waxwing.drafts();
    return drafts[0]?.content.asks;
  });
  expect(asks).toEqual({ receipt: true, notices: false, encryption: false });
});

test("a letter waits for a time of one's own, and the outbox tells who keeps it", async ({ page }) => {
  await openWindow(page);
  await page.getByRole("button", { name: "Compose" }).click();
  await page.getByRole("combobox", { name: "To", exact: true }).fill("jonas@post.example,");
  await sheet(page).getByRole("textbox", { name: "Subject" }).fill("Later");
  await sheet(page).getByRole("button", { name: "Send later" }).click();
  await page.getByRole("menuitem", { name: "At another time…" }).click();
  const question = page.getByRole("dialog", { name: "Send later" });
  await question.getByLabel("Date and time").fill("2001-01-01T08:00");
  await question.getByRole("button", { name: "Send later" }).click();
  await expect(question).toContainText("still to come");
  await expectAccessible(page, "the time of a letter", "[role=dialog]");
  await question.getByLabel("Date and time").fill("2060-01-01T08:00");
  await question.getByRole("button", { name: "Send later" }).click();
  await expect(toast(page)).toContainText("The outbox tells who keeps it until then");
  await page.getByRole("row", { name: /Outbox/ }).click();
  await expect(page.getByRole("listitem", { name: "Later" })).toContainText("if Waxwing runs then");
});

test("the time to undo is a choice", async ({ page }) => {
  const open = await settings(page);
  await open.getByRole("button", { name: /Undo Send/ }).click();
  await page.getByRole("option", { name: "For 30 seconds" }).click();
  await expect(open.getByRole("button", { name: /Undo Send/ })).toContainText("30 seconds");
  await expectAccessible(page, "the settings", "[role=dialog]");
});

test("a receipt is asked for once and given only by a press", async ({ page }) => {
  await openWindow(page);
  await page.evaluate(() => {
    const { waxwing } = globalThis as unknown as InMemory;
    const letter = waxwing.world.letter(waxwing.receive({ subject: "Please confirm" }));
    letter.receiptTo = letter.from;
  });
  await row(page, /Please confirm/).click();
  const question = reading(page)
    .getByText(/asks to hear that you have read this/)
    .first();
  await expect(question).toBeVisible();
  await expectAccessible(page, "the question for a receipt", "main");
  await reading(page).getByRole("button", { name: "Send a receipt" }).first().click();
  await expect(toast(page)).toContainText("The receipt is on its way");
});

test("the outbox tells of progress, of a letter that came back, and of a search in Sent", async ({
  page,
}) => {
  await openWindow(page);
  await page.evaluate(() => {
    const { world } = (globalThis as unknown as InMemory).waxwing;
    const one = {
      account: "lena",
      recipients: [{ name: null, email: "jonas@post.example" }],
      copyFiled: true,
      attempts: 1,
      createdAt: Date.now(),
      sendAt: Date.now(),
      holdUntil: null,
      holder: null,
      isLookedFor: false,
      progress: null,
      reports: [],
    };
    world.submissions = [
      { ...one, id: "1", subject: "Large", state: { kind: "sending" as const }, progress: 40 },
      {
        ...one,
        id: "2",
        subject: "Returned",
        state: { kind: "sent" as const, reply: "250 ok" },
        reports: [
          {
            recipient: "jonas@post.example",
            fate: "failed" as const,
            words: "550 5.1.1 nobody",
            addressed: true,
            by: "server" as const,
            other: null,
          },
        ],
      },
      { ...one, id: "3", subject: "Doubtful", state: { kind: "unknown" as const }, isLookedFor: true },
    ];
    world.tell({ kind: "outbox" });
  });
  await page.getByRole("row", { name: /Outbox/ }).click();
  const of = (name: string) => page.getByRole("listitem", { name });
  await expect(of("Large").getByRole("progressbar")).toHaveAttribute("aria-valuenow", "40");
  await expect(of("Returned")).toContainText("jonas@post.example did not get it.");
  await expect(of("Doubtful")).toContainText("Looking for it in Sent");
  await expect(
    of("Doubtful").getByRole("button", { name: "Send again" }),
    "nothing is offered before it was looked for",
  ).toHaveCount(0);
  await expectAccessible(page, "the outbox", "main");
  await page.screenshot({ path: `${SHOTS}/outbox-heard.png` });
});
