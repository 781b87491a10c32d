// Invitations: told in words and answered; and a meeting that is called off in somebody's name, for whom nobody vouches.
import type { InvitationView, MethodView, SaidView } from "../../src/ipc/bindings";
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import { SHOTS, openWindow, reading, receive, row, toast } from "./stage";

test("an invitation is told in words, and answered", async ({ page }) => {
  await openWindow(page);
  const at = (hour: number) => ({
    year: 2026,
    month: 11,
    day: 24,
    minutes: hour * 60,
    zone: "W. Europe Standard Time",
    at: Date.UTC(2026, 10, 24, hour - 1),
  });
  await receive(page, {
    subject: "Invitation: Lamp room",
    invitation: {
      passedOn: false,
      method: "request",
      cancelled: false,
      summary: "Lamp room",
      location: "Quay 4",
      description: "",
      organizer: { name: "Jonas Halvorsen", email: "jonas@kustwerk.example" },
      attendees: [
        {
          address: { name: "Lena Brandt", email: "lena@nordlicht.example" },
          attendance: "open",
          optional: false,
        },
      ],
      start: at(10),
      end: at(11),
      recurrence: {
        repeats: "weekly",
        interval: 2,
        count: null,
        until: null,
        weekdays: [{ nth: 0, weekday: 1 }],
        days: [],
        months: [],
        further: false,
      },
      single: false,
      answersAs: "lena@nordlicht.example",
      answered: null,
      changed: false,
      outdated: false,
      doubted: false,
      speakers: [{ address: { name: "Jonas Halvorsen", email: "jonas@kustwerk.example" }, said: "byThem" }],
      stands: false,
      off: false,
      conflicts: [
        {
          summary: "Dentist",
          startsAt: Date.UTC(2026, 10, 24, 9, 30),
          endsAt: Date.UTC(2026, 10, 24, 10, 30),
          tentative: false,
          times: 3,
        },
      ],
      further: [
        { summary: "Lamp room, the roof", location: "", start: at(12), end: at(13), cancelled: false },
      ],
    },
  });
  await row(page, /Invitation: Lamp room/).click();
  const card = reading(page).getByRole("region", { name: "Invitation" });
  await expect(card).toContainText("Every 2 weeks on Tuesday.");
  await expect(card).toContainText("At the same time: Dentist, Tue, 24 Nov 2026,");
  await expect(card).toContainText(", and 2 more times within a year, which you have accepted.");
  await card.getByText("1 more meeting in the same file").click();
  await expect(card.getByText("Lamp room, the roof")).toBeVisible();
  await expectAccessible(page, "an invitation");
  await card.getByRole("button", { name: "Perhaps" }).click();
  await expect(card.getByRole("status")).toHaveText("You have answered “perhaps”.");
  await expect(toast(page)).toContainText("Your answer goes out: perhaps you come.");
  await page.screenshot({ path: `${SHOTS}/letter-invitation.png` });
});

test("a meeting that is called off by nobody knows whom stands until the person says so", async ({
  page,
}) => {
  await openWindow(page);
  const at = (hour: number) => ({
    year: 2026,
    month: 11,
    day: 24,
    minutes: hour * 60,
    zone: null,
    at: Date.UTC(2026, 10, 24, hour),
  });
  await receive(page, {
    subject: "Cancelled: Lamp room",
    invitation: {
      passedOn: false,
      method: "cancel",
      cancelled: true,
      summary: "Lamp room, the windows",
      location: "",
      description: "",
      organizer: { name: "Jonas Halvorsen", email: "jonas@kustwerk.example" },
      attendees: [],
      start: at(10),
      end: at(11),
      recurrence: null,
      single: false,
      answersAs: null,
      answered: null,
      changed: false,
      outdated: false,
      doubted: true,
      speakers: [
        { address: { name: "Jonas Halvorsen", email: "jonas@kustwerk.example" }, said: "inTheirName" },
      ],
      stands: false,
      off: false,
      conflicts: [],
      further: [],
    },
  });
  await row(page, /Cancelled: Lamp room/).click();
  const card = reading(page).getByRole("region", { name: "Invitation" });
  await expect(card).toContainText("nobody vouches that the letter is from there");
  await expect(card).not.toContainText("This meeting does not take place.");
  await expectAccessible(page, "a meeting that is called off in doubt");
  await card.getByRole("button", { name: "Believe it, and call it off" }).click();
  await expect(card.getByRole("status")).toHaveText("This meeting does not take place.");
  await expect(card.getByRole("button")).toHaveCount(0);
  await expect(card.locator("[data-called-off]"), "the keys stay at the meeting").toBeFocused();
});

const AMARA = { name: "Amara Okafor", email: "amara@okafor.example" };
const MALLORY = "mallory@else.example";

const claimed = (method: MethodView, said: SaidView): InvitationView => ({
  passedOn: false,
  method,
  cancelled: method === "cancel",
  summary: "Lamp room",
  location: "",
  description: "",
  organizer: method === "reply" ? { name: "Lena Brandt", email: "lena@nordlicht.example" } : AMARA,
  attendees: method === "reply" ? [{ address: AMARA, attendance: "declined", optional: false }] : [],
  start: null,
  end: null,
  recurrence: null,
  single: false,
  answersAs: null,
  answered: null,
  changed: false,
  outdated: false,
  doubted: false,
  speakers: [{ address: AMARA, said }],
  stands: method === "cancel" && said === "byOther",
  off: false,
  conflicts: [],
  further: [],
});

test("what somebody else says in a person’s name is told as theirs, with a warning", async ({ page }) => {
  await openWindow(page);
  for (const [method, what] of [
    ["cancel", "This meeting does not take place."],
    ["reply", "Amara Okafor (amara@okafor.example) does not come."],
    ["declineCounter", "What you proposed instead is declined, and the meeting stays as it was."],
  ] as const) {
    await receive(page, { subject: `A ${method}`, from: MALLORY, invitation: claimed(method, "byOther") });
    await row(page, new RegExp(`A ${method}`)).click();
    const card = reading(page).getByRole("region", { name: "Invitation" });
    await expect(card).toContainText(
      `The letter is from ${MALLORY}, and says in the name of Amara Okafor (amara@okafor.example): “${what}”`,
    );
    await expect(card.getByText(what, { exact: true }), "nothing says it flatly").toHaveCount(0);
    await expect(card).toContainText(`${MALLORY} is somebody else than Amara Okafor`);
    if (method === "cancel") await expect(card).toContainText("It stands among yours");
    await expectAccessible(page, `a ${method} by somebody else`);
  }
});

test("whoever writes for another is believed after a question, by mouse and by keys", async ({ page }) => {
  await openWindow(page);
  const oskar = "oskar@okafor.example";
  await receive(page, {
    subject: "Cancelled: Lamp room",
    from: oskar,
    invitation: { ...claimed("cancel", "byAgent"), doubted: true },
  });
  await row(page, /Cancelled: Lamp room/).click();
  const card = reading(page).getByRole("region", { name: "Invitation" });
  await expect(card).toContainText(`${oskar} calls this meeting off and writes for Amara Okafor`);
  await card.getByRole("button", { name: "Believe it…" }).click();
  await expect(card.getByRole("alert")).toContainText(
    `Do you know that ${oskar} may call meetings off for Amara Okafor (amara@okafor.example)?`,
  );
  await expectAccessible(page, "a question about who writes for another");
  await card.getByRole("button", { name: "Cancel", exact: true }).click();
  await expect(card.getByRole("alert")).toHaveCount(0);
  await expect(card, "nothing has changed").toContainText("It stands among yours for now.");
  await expect(card).not.toContainText("It is called off");
  await card.getByRole("button", { name: "Believe it…" }).press("Enter");
  await card.getByRole("button", { name: "Yes, call it off" }).press("Enter");
  await expect(card.getByRole("status")).toContainText("“This meeting does not take place.”");
  await expect(card.getByRole("status"), "it is off, whoever says so").toContainText(
    "It is called off among yours.",
  );
  await expect(card).not.toContainText("It stands among yours");
  await expect(card.getByRole("button")).toHaveCount(0);
});

test("what nobody vouches for is told as a claim without alarm", async ({ page }) => {
  await openWindow(page);
  await receive(page, {
    subject: "Cancelled: Lamp room",
    from: AMARA.email,
    invitation: claimed("cancel", "inTheirName"),
  });
  await row(page, /Cancelled: Lamp room/).click();
  const card = reading(page).getByRole("region", { name: "Invitation" });
  await expect(card).toContainText(
    "In the name of Amara Okafor (amara@okafor.example) the letter says, and nobody vouches that it is from there: “This meeting does not take place.”",
  );
  await expect(card).not.toContainText("somebody else than");
});

test("a report about a letter that was never sent is told as a claim, and its words as a quotation", async ({
  page,
}) => {
  await openWindow(page);
  await receive(page, {
    subject: "Undelivered",
    from: MALLORY,
    reporting: {
      about: null,
      named: true,
      lines: [
        {
          recipient: AMARA.email,
          fate: "failed",
          words: "550 Your password has expired”, go to https://login.evil.example/ now",
          addressed: true,
          by: "server",
          other: null,
        },
      ],
    },
  });
  await row(page, /Undelivered/).click();
  const pane = reading(page);
  await expect(pane).toContainText("This claims to be a report about a letter that was not sent from here.");
  await expect(pane).toContainText(
    'It says that amara@okafor.example did not get the letter. The report says: “550 Your password has expired", go to https://login.evil.example/ now”',
  );
  await expect(pane.getByRole("link", { name: /evil/ }), "nothing in it can be pressed").toHaveCount(0);
  await expect(pane.getByText(/^amara@okafor.example did not get it/)).toHaveCount(0);
  await expectAccessible(page, "a report about no letter");
});
