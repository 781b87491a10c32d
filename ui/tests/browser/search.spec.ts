// The search field: operators become chips, chips are walked and removed, and what may be meant is offered.
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import {
  type InMemory,
  folder,
  list,
  openWindow,
  reading,
  receive,
  row,
  rows,
  settled,
  SHOTS,
  subject,
} from "./stage";

const field = (page: import("@playwright/test").Page) => page.getByRole("combobox", { name: "Search mail" });
const chips = (page: import("@playwright/test").Page) =>
  page.getByRole("grid", { name: "What the letters must be" }).getByRole("row");
const hints = (page: import("@playwright/test").Page) => page.getByRole("listbox", { name: "Suggestions" });

for (const theme of ["light", "dark"] as const) {
  test(`finished operators are chips, as drawn, ${theme}`, async ({ page }) => {
    await openWindow(page, { theme });
    await page.keyboard.press("Control+k");
    await expect(hints(page).getByRole("option"), "an empty field says what it understands").toHaveCount(22);
    await expectAccessible(page, "the operators");
    await page.screenshot({ path: `${SHOTS}/search-hints-${theme}.png` });
    await page.keyboard.type("from:Amara has:attachment lamp");
    await expect(chips(page)).toHaveText(["from: Amara", "has: attachment"]);
    await expect(field(page)).toHaveValue("lamp");
    await expect(row(page, /Lighthouse: final/)).toHaveCount(1);
    await expect(rows(page)).toHaveCount(1);
    await expectAccessible(page, "the chips");
    await page.screenshot({ path: `${SHOTS}/search-chips-${theme}.png` });
  });
}

test("an operator that is typed before an OR is text beside it, and a chip again once the OR is gone", async ({
  page,
}) => {
  await openWindow(page);
  await field(page).pressSequentially("lamp in:inbox ");
  await expect(chips(page)).toHaveText(["in: inbox"]);
  await field(page).pressSequentially("OR in:trash x");
  await expect(field(page)).toHaveValue("lamp in:inbox OR in:trash x");
  await expect(chips(page)).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Results for “lamp in:inbox OR in:trash x”" })).toBeVisible();
  for (let left = "OR in:trash x".length; left > 0; left -= 1) await page.keyboard.press("Backspace");
  await expect(chips(page)).toHaveText(["in: inbox"]);
  await expect(field(page)).toHaveValue("lamp ");
  await page.keyboard.press("Home");
  await page.keyboard.type("is:un");
  await expect(hints(page), "a word goes on behind the caret").toHaveCount(0);
  await page.keyboard.type(" ");
  await page.keyboard.press("ArrowLeft");
  await expect(field(page)).toHaveAttribute("aria-expanded", "true");
  await hints(page).getByRole("option", { name: "is: unread" }).click();
  await expect(chips(page), "each where it was typed").toHaveText(["is: unread", "in: inbox"]);
  await expect(field(page)).toHaveValue("lamp ");
  await expect(field(page)).toBeFocused();
});

test("Backspace takes the last chip, the mouse any, and the results follow", async ({ page }) => {
  await openWindow(page);
  await field(page).pressSequentially("is:unread is:starred ");
  await expect(chips(page)).toHaveCount(2);
  await page.keyboard.press("Backspace");
  await expect(chips(page)).toHaveText(["is: unread"]);
  await expect(page.getByRole("listbox", { name: "Conversations in Results for “is:unread”" })).toBeVisible();
  await field(page).pressSequentially("-from:ferry ");
  await expect(chips(page)).toHaveText(["is: unread", "not from: ferry"]);
  await expect(row(page, /Ferry Trust/)).toHaveCount(0);
  await chips(page).last().hover();
  await page.getByRole("button", { name: "Remove not from: ferry" }).click();
  await expect(row(page, /Ferry Trust.*Winter timetable/)).toHaveCount(1);
  await field(page).focus();
  await page.keyboard.press("Backspace");
  await expect(page.getByRole("listbox", { name: "Conversations in All inboxes" })).toBeVisible();
});

test("chips are walked with the arrows, removed, and opened again for editing", async ({ page }) => {
  await openWindow(page);
  await field(page).pressSequentially("is:unread in:inbox ");
  await page.keyboard.press("ArrowLeft");
  await expect(chips(page).last()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveValue("in:inbox");
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Delete");
  await expect(chips(page)).toHaveText(["in: inbox"]);
});

test("what may be meant is offered while one types, and taken with the arrows and Enter or the mouse", async ({
  page,
}) => {
  await openWindow(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("fr");
  await expect(hints(page).getByRole("option")).toHaveText([/^from:/]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(field(page)).toHaveValue("from:");
  await page.keyboard.type("ama");
  await expect(hints(page).getByRole("option", { name: "from: Amara Okafor" })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(field(page)).toHaveAttribute("aria-activedescendant", /.+/);
  await page.keyboard.press("Enter");
  await expect(chips(page)).toHaveText(["from: Amara Okafor"]);
  await page.keyboard.type("in:ferry");
  await hints(page).getByRole("option", { name: "in: Ferry timetable" }).click();
  await expect(chips(page)).toHaveText(["from: Amara Okafor", "in: Ferry timetable"]);
  await expect(field(page), "one goes on typing").toBeFocused();
});

test("Enter searches for what was typed, whatever is offered, and goes to the results", async ({ page }) => {
  await openWindow(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("is:starred");
  await page.keyboard.press("Enter");
  await expect(chips(page)).toHaveText(["is: starred"]);
  await expect(list(page)).toBeFocused();
  await expect(hints(page)).toHaveCount(0);
  await folder(page, /^Starred/).click();
  await expect(chips(page), "another place ends the search").toHaveCount(0);
});

test("in a narrow window the chips leave room to type", async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 600 });
  await openWindow(page);
  await field(page).pressSequentially('from:"Amara Okafor" has:attachment after:2024-01-01 larger:1k ');
  await expect(chips(page)).toHaveCount(4);
  await expect(chips(page).last(), "the newest is seen").toBeInViewport({ ratio: 0.95 });
  await expect(hints(page), "nothing covers what was found").toHaveCount(0);
  const room = await settled(async () => (await field(page).boundingBox())?.width ?? 0);
  expect(room, "a word fits in").toBeGreaterThanOrEqual(80);
  await expect(page.getByRole("button", { name: "Compose" })).toBeInViewport({ ratio: 1 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth), "nothing runs over").toBe(900);
  await page.screenshot({ path: `${SHOTS}/search-small.png` });
});

test("the sheet of keys says what the search understands", async ({ page }) => {
  await openWindow(page);
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(dialog.getByText("attachment: letters with files")).toBeVisible();
  await expect(dialog.getByText("larger:", { exact: true })).toBeVisible();
  await expectAccessible(page, "the keys and the search");
  await page.screenshot({ path: `${SHOTS}/keys-search.png` });
});

const strip = (page: import("@playwright/test").Page) =>
  page.getByRole("region", { name: "Where and how to search" });

for (const theme of ["light", "dark"] as const) {
  test(`Trash and Junk are chips, hits are marked, and what is odd is said in place, ${theme}`, async ({
    page,
  }) => {
    await openWindow(page, { theme });
    await page.keyboard.press("Control+k");
    await page.keyboard.type("ferry");
    await expect(list(page).locator("mark").first()).toHaveText(/ferry/i);
    await expect(strip(page).getByRole("button", { name: "Trash" })).toHaveAttribute("aria-pressed", "true");
    await strip(page).getByRole("button", { name: "Trash" }).click();
    await expect(strip(page).getByRole("button", { name: "Trash" })).toHaveAttribute("aria-pressed", "false");
    await expect(chips(page), "the query says it too").toHaveText(["not in: trash"]);
    await strip(page).getByRole("button", { name: "Best first" }).click();
    await expect(strip(page).getByRole("button", { name: "Best first" })).toHaveAttribute(
      "aria-pressed",
      "true",
    );
    await expect(
      page.getByRole("button", { name: /The best matches come first/ }),
      "the head says it too",
    ).toHaveText("Best");
    await field(page).fill("ferry before:noon");
    await expect(strip(page).getByText("“before:noon”: this is not a day.")).toBeVisible();
    await expectAccessible(page, "the strip");
    await page.screenshot({ path: `${SHOTS}/search-strip-${theme}.png` });
  });
}

test("pressed again and again the chips say one thing or the other, whatever is still being typed", async ({
  page,
}) => {
  await openWindow(page);
  await field(page).pressSequentially('"ferry time');
  const trash = strip(page).getByRole("button", { name: "Trash" });
  for (const pressed of ["false", "true", "false"]) {
    await trash.click();
    await expect(trash).toHaveAttribute("aria-pressed", pressed);
  }
  await expect(chips(page)).toHaveText(["not in: trash"]);
  await expect(field(page)).toHaveValue('"ferry time');
});

test("an empty list says what is odd about the query", async ({ page }) => {
  await openWindow(page);
  await field(page).fill("ferry before:noon");
  await expect(page.getByText("Nothing found")).toBeVisible();
  await expect(
    page.getByText("“before:noon”: this is not a day.", { exact: false }),
    "above the list, once",
  ).toHaveCount(1);
  await expect(page.getByText("What is odd about this search stands above.")).toBeVisible();
  await expect(page.getByText("No letter has all of these words")).toHaveCount(0);
  await expectAccessible(page, "nothing found");
});

test("while letters are put into the index a search says how far that is, until it is done", async ({
  page,
}) => {
  await openWindow(page);
  const behind = (letters: number) =>
    page.evaluate((left) => {
      const { world } = (globalThis as unknown as InMemory).waxwing;
      world.indexing = { letters: left, of: 50_000, files: 0 };
    }, letters);
  await behind(19_000);
  await field(page).fill("zebra crossing");
  await expect(strip(page).getByText("Still being indexed: 62 %.")).toBeVisible();
  await expect(page.getByText("Nothing found yet")).toBeVisible();
  await expectAccessible(page, "the strip while letters are indexed");
  await page.screenshot({ path: `${SHOTS}/search-indexing.png` });
  await behind(0);
  await expect(strip(page).getByText("Still being indexed")).toHaveCount(0);
  await expect(page.getByText("Nothing found", { exact: true })).toBeVisible();
});

test("a search is kept as a folder, renamed, and removed with a way back", async ({ page }) => {
  await openWindow(page);
  await field(page).pressSequentially("is:unread ferry ");
  await strip(page).getByRole("button", { name: "Save" }).click();
  const name = page.getByRole("textbox", { name: "Name" });
  await expect(name, "what is looked for is a name already").toHaveValue("unread ferry");
  const isWhole = await name.evaluate((input) => {
    const { left, bottom } = input.getBoundingClientRect();
    return document.elementFromPoint(left + 20, bottom - 2) === input;
  });
  expect(isWhole, "the buttons leave the field as high as it is").toBe(true);
  await name.fill("Ferries");
  await page.keyboard.press("Enter");
  const kept = folder(page, /^Ferries/);
  await expect(kept).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("heading", { name: "Ferries" })).toBeVisible();
  await page.screenshot({ path: `${SHOTS}/search-kept.png` });
  await folder(page, /^Starred/).click();
  await expect(chips(page)).toHaveCount(0);
  await kept.click();
  await expect(chips(page), "it can be changed").toHaveText(["is: unread"]);
  await expect(field(page)).toHaveValue("ferry");
  await field(page).pressSequentially(" lamp");
  await page.getByRole("button", { name: "Clear the search" }).click();
  await expect(page.getByRole("heading", { name: "Starred" }), "where one came from").toBeVisible();
  await expect(chips(page), "nothing of what is kept comes back into the field").toHaveCount(0);
  await page.keyboard.type("quay");
  await expect(field(page), "one goes on to type").toHaveValue("quay");
  await kept.focus();
  await page.keyboard.press("F2");
  await page.getByRole("textbox", { name: "Name" }).fill("Boats");
  await page.keyboard.press("Enter");
  await folder(page, /^Boats/).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await expect(folder(page, /^Boats/)).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(folder(page, /^Boats/)).toHaveCount(1);
});

test("the form writes the query, and what stands in the field stands in the form", async ({ page }) => {
  await openWindow(page);
  await field(page).pressSequentially("from:Amara ");
  await page.getByRole("button", { name: "Search form" }).click();
  const form = page.getByRole("dialog", { name: "Search" });
  await expect(form.getByRole("textbox", { name: "From" })).toHaveValue("Amara");
  await form.getByRole("textbox", { name: "Has the words" }).fill("lamp");
  await form.getByRole("button", { name: /Files$/ }).click();
  await page.getByRole("option", { name: "With files" }).click();
  await expect(form.getByText("from:Amara has:attachment lamp")).toBeVisible();
  await expectAccessible(page, "the form");
  await page.screenshot({ path: `${SHOTS}/search-form.png` });
  await form.getByRole("button", { name: "Search", exact: true }).click();
  await expect(chips(page)).toHaveText(["from: Amara", "has: attachment"]);
  await expect(row(page, /Lighthouse: final/)).toHaveCount(1);
  await expect(page.getByRole("heading", { name: "Results" }), "the words stand in the field").toBeVisible();
  await expect(page.getByRole("note", { name: "1 conversation was found" })).toHaveText("1");
  const strip = page.getByRole("region", { name: "Where and how to search" });
  await expect(strip.getByRole("status"), "and is said").toContainText("1 conversation was found");
  await page.setViewportSize({ width: 900, height: 600 });
  await field(page).pressSequentially(" cc:jonas ");
  await page.keyboard.press("Control+Shift+F");
  await expect(form.getByRole("textbox", { name: "Copy to" }), "its key works in the field").toHaveValue(
    "jonas",
  );
  await expect(form.getByRole("button", { name: "Search", exact: true }), "at the foot").toBeInViewport();
  await page.keyboard.press("Escape");
});

test("what a server has found is among the rest, and marked", async ({ page }) => {
  await openWindow(page);
  await field(page).pressSequentially("sandbank");
  await expect(strip(page).getByText(/more letters? whose text is not on this computer/)).toBeVisible();
  await expect(rows(page).first()).toContainText("on the server only");
  await expect(rows(page).first()).toContainText("In what is not on this computer yet");
  await page.screenshot({ path: `${SHOTS}/search-server.png` });
});

test("what was searched for is marked in the letter, walked through, and unmarked with Escape", async ({
  page,
}) => {
  await openWindow(page);
  await receive(page, {
    subject: "Crème for the harbour",
    html: "<p>The cr<b>ème</b> is here.</p><p>No teacreme.</p><details><summary>•••</summary><p>Creme, CREME!</p></details>",
    files: [["creme-order.pdf", "application/pdf", 2000]],
  });
  await field(page).fill("creme");
  // The letter stands in the inbox too: a press there would choose it in a list that goes away.
  await expect(page.getByRole("listbox", { name: "Conversations in Results for “creme”" })).toBeVisible();
  await row(page, /Crème for the harbour/).click();
  const bar = page.getByRole("group", { name: "What was searched for" });
  await expect(bar.getByRole("status")).toHaveText("3 places in the text are marked");
  const marked = () =>
    page
      .locator("#reading iframe")
      .evaluate((frame: HTMLIFrameElement) =>
        [...((frame.contentWindow as unknown as Marking).CSS.highlights.get("waxwing-found") ?? [])].map(
          String,
        ),
      );
  await expect.poll(marked, "over elements, and folded").toEqual(["crème", "Creme", "CREME"]);
  await expect(subject(page).locator("mark")).toHaveText("Crème");
  const inName = reading(page).getByRole("listitem").locator("mark");
  // The end of a name stands by itself, and the mark goes over it.
  await expect.poll(async () => (await inName.allTextContents()).join("")).toBe("creme");
  await expectAccessible(page, "marks in a letter");
  await page.keyboard.press("n");
  await expect(bar.getByRole("status")).toHaveText("1 of 3");
  await page.keyboard.press("Shift+N");
  await expect(bar.getByRole("status")).toHaveText("3 of 3");
  await expect(page.frameLocator("iframe").getByText("Creme, CREME!"), "unfolded").toBeVisible();
  await page.screenshot({ path: `${SHOTS}/search-marks.png` });
  await bar.getByRole("button", { name: "Next place" }).click();
  await page.keyboard.press("Escape");
  await expect(bar, "the bar hears the key that it names").toHaveCount(0);
  await expect(page.locator("#reading"), "and the letter has the keys").toBeFocused();
  await expect.poll(marked).toEqual([]);
  await field(page).fill("harbour");
  await expect(page.getByRole("listbox", { name: "Conversations in Results for “harbour”" })).toBeVisible();
  await row(page, /Crème for the harbour/).click();
  await expect(subject(page).locator("mark"), "another search marks other words").toHaveText("harbour");
});

test("an older letter that was found is open and marked, and Escape in the list takes the marks away first", async ({
  page,
}) => {
  await openWindow(page);
  const of = { thread: "foghorn", unread: false, to: ["Lena Vogt <lena@harbour.example>"] };
  await receive(page, { ...of, subject: "Fog signals", html: "<p>The old foghorn at the quay.</p>" });
  await receive(page, { ...of, subject: "Re: Fog signals", html: "<p>Thanks, all of you.</p>" });
  await field(page).fill("quay to:lena");
  const results = page.getByRole("listbox", { name: "Conversations in Results for “quay to:lena”" });
  await expect(results).toBeVisible();
  await row(page, /Fog signals/).click();
  const bar = page.getByRole("group", { name: "What was searched for" });
  await expect(bar.getByRole("status"), "in the older letter").toHaveText("1 place in the text is marked");
  await expect(page.locator("#reading iframe"), "which is open as the newest is").toHaveCount(2);
  await expect(page.locator("#reading mark").first(), "no word of the interface is marked").toHaveText(
    "Lena",
  );
  await page.screenshot({ path: `${SHOTS}/search-older.png` });
  await page.keyboard.press("Escape");
  await expect(bar, "the list hears it").toHaveCount(0);
  await expect(results, "and shows what was found").toBeVisible();
  await page.keyboard.press("Escape");
  await expect(results).toHaveCount(0);
});

/** What the frame's own window has of highlights. */
interface Marking {
  CSS: { highlights: Map<string, Iterable<Range>> };
}

test("Escape leaves a search that found nothing", async ({ page }) => {
  await openWindow(page);
  await field(page).fill("zzqqzz ");
  const found = page.getByRole("group", { name: /Conversations in Results/ });
  await found.focus();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("listbox", { name: "Conversations in All inboxes" })).toBeVisible();
});
