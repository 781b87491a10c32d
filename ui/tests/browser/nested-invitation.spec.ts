// An invitation in a letter within a letter is told as any other; it is answered by whoever it asks, who is told where the answer goes,
// and everybody else finds the way to the letter around it.
import type { Locator, Page } from "@playwright/test";
import type { InvitationView } from "../../src/ipc/backend";
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import { openWindow, reading, receive, row, subject, toast } from "./stage";

const at = (hour: number) => ({
  year: 2026,
  month: 11,
  day: 24,
  minutes: hour * 60,
  zone: null,
  at: Date.UTC(2026, 10, 24, hour - 1),
});

const invitation = (answersAs: string | null): InvitationView => ({
  passedOn: true,
  doubted: false,
  speakers: [{ address: { name: "Amara Okafor", email: "amara@kustwerk.example" }, said: "inTheirName" }],
  stands: false,
  off: false,
  method: "request",
  cancelled: false,
  summary: "Lamp room",
  location: "Quay 4",
  description: "",
  organizer: { name: "Amara Okafor", email: "amara@kustwerk.example" },
  attendees: [
    {
      address: { name: null, email: answersAs ?? "mika@perala.example" },
      attendance: "open",
      optional: false,
    },
  ],
  start: at(10),
  end: at(11),
  recurrence: null,
  single: false,
  answersAs,
  answered: null,
  changed: false,
  outdated: false,
  conflicts: [
    {
      summary: "Dentist",
      startsAt: Date.UTC(2026, 10, 24, 9, 30),
      endsAt: Date.UTC(2026, 10, 24, 10, 30),
      tentative: false,
      times: 1,
    },
  ],
  further: [],
});

async function openCard(page: Page, answersAs: string | null): Promise<{ sheet: Locator; card: Locator }> {
  await openWindow(page);
  await receive(page, {
    subject: "Passed on",
    files: [["within.eml", "message/rfc822", 4_000]],
    within: {
      "2": {
        from: "Amara Okafor <amara@kustwerk.example>",
        subject: "Lamp room",
        invitation: invitation(answersAs),
      },
    },
  });
  await row(page, /Passed on/).click();
  await reading(page)
    .getByRole("button", { name: /^Open within.eml/ })
    .click();
  const sheet = page.getByRole("dialog", { name: "within.eml" });
  const card = sheet.getByRole("region", { name: "Invitation" });
  await expect(card.getByText("Where: Quay 4")).toBeVisible();
  await expect(card.getByText(/At the same time: Dentist/)).toBeVisible();
  return { sheet, card };
}

test("whoever it asks answers it, and is told that the answer goes to somebody else than has passed it on", async ({
  page,
}) => {
  const { sheet, card } = await openCard(page, "lena@nordlicht.example");
  await expect(
    card.getByText(/was passed on to you. An answer goes to amara@kustwerk.example/),
  ).toBeVisible();
  await page.keyboard.press("Shift+Y");
  await expect(card.getByRole("button", { name: "Accept" }), "by its key").toBeFocused();
  await page.keyboard.press("Enter");
  await expect(card.getByRole("status"), "nothing goes before it was asked").toHaveText(/You answer as/);
  await card.getByRole("button", { name: "Answer to amara@kustwerk.example" }).click();
  await expect(toast(page)).toContainText("you come");
  await expect(card.getByRole("status")).toHaveText("You have accepted.");
  await expectAccessible(page, "an invitation that was passed on", "[role=dialog]");
  await expect(sheet).toBeVisible();
});

test("whoever it does not ask has nothing to answer, and goes to the letter around it", async ({ page }) => {
  const { sheet, card } = await openCard(page, null);
  await expect(card.getByRole("button", { name: "Accept" })).toHaveCount(0);
  await expect(card.getByText(/asks others: none of your addresses is among them/)).toBeVisible();
  await card.getByRole("button", { name: "To the letter around it" }).click();
  await expect(sheet).toHaveCount(0);
  await expect(subject(page)).toHaveText("Passed on");
});
