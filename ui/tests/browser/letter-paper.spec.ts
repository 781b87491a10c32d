// What a letter lies on and what stands above it: light paper in a dark window, the areas of a picture, and the line that says whose
// pictures are always shown. Documents come from the real sanitiser where it matters.
import { expectAccessible } from "./accessible";
import { expect, test } from "./pace";
import { framed } from "./sanitiser";
import { openWindow, reading, receive, row, SHOTS } from "./stage";

const DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=";

test("a letter that is shown by day in a dark window lies on a sheet of its own", async ({ page }) => {
  await openWindow(page, { theme: "dark" });
  await receive(page, { subject: "By day", html: "<p style='color:#222'>Some words.</p>" });
  await row(page, /By day/).click();
  const frame = page.locator("#reading iframe[data-letter]");
  const words = page.frameLocator("#reading iframe").getByText("Some words.");
  await expect(words).toBeVisible();
  const corners = () => frame.evaluate((each) => getComputedStyle(each).borderRadius);
  const room = async () => {
    const [inner, outer] = [await words.boundingBox(), await frame.boundingBox()];
    return Math.round((inner?.x ?? 0) - (outer?.x ?? 0));
  };
  expect(await corners(), "dark paper is the window's own").toBe("0px");
  expect(await room()).toBe(0);
  await page.keyboard.press("Shift+O");
  await expect.poll(corners).toBe("6px");
  await expect.poll(room, "words keep off the edge").toBeGreaterThanOrEqual(14);
  await page.screenshot({ path: `${SHOTS}/by-day-dark.png` });
  await page.keyboard.press("Shift+O");
  await expect.poll(corners).toBe("0px");
});

test("an area of a picture is told as a link is", async ({ page }) => {
  await openWindow(page);
  const html = framed(
    `<style>area{display:none}</style><p>Seen from above</p><img usemap="#m" width="300" height="100" src="${DOT}">` +
      '<map name="m"><area shape="rect" coords="0,0,150,100" href="https://quay.example/" alt="Quay">' +
      '<area shape="rect" coords="150,0,300,100" href="https://fjord.example/" alt="Fjord"></map>',
  );
  await receive(page, { subject: "From above", html });
  await row(page, /From above/).click();
  const letter = page.frameLocator("#reading iframe");
  await expect(letter.getByText("Seen from above")).toBeVisible();
  const areas = await letter
    .locator("area")
    .evaluateAll((all) =>
      all.map((area) => [
        area.getAttribute("target"),
        area.getAttribute("rel"),
        getComputedStyle(area).display,
      ]),
    );
  expect(areas, "they open by the shell, and are there for the pointer").toEqual(
    Array.from({ length: 2 }, () => ["_blank", "noopener noreferrer", "inline"]),
  );
  const box = await letter.locator("img").boundingBox();
  if (box === null) throw new Error("the picture has no place");
  for (const [at, host] of [
    [40, "quay"],
    [200, "fjord"],
  ] as const) {
    await page.mouse.move(box.x + at, box.y + 50);
    expect(
      await letter
        .locator("area:hover")
        .evaluateAll((all) => all.map((area) => (area as HTMLAreaElement).href)),
      "the pointer is on it",
    ).toEqual([`https://${host}.example/`]);
  }
});

test("a word that is found in a wide table of a plain text is moved into view", async ({ page }) => {
  await openWindow(page);
  const wide = "column".padEnd(40).repeat(4);
  await receive(page, {
    subject: "A wide table",
    html:
      "<style>.waxwing-columns{width:max-content;max-width:100vw;overflow-x:auto;white-space:pre;font-family:monospace}</style>" +
      `<p>See:</p><div class="waxwing-columns">${wide}harbour\n${wide}quay</div>`,
  });
  await row(page, /A wide table/).click();
  const table = page.frameLocator("#reading iframe").locator(".waxwing-columns");
  await expect(table).toBeVisible();
  const moved = () => table.evaluate((each) => each.scrollLeft);
  expect(await moved()).toBe(0);
  await page.keyboard.press("Control+f");
  await page.keyboard.type("harbour");
  await expect.poll(moved).toBeGreaterThan(100);
});

for (const theme of ["light", "dark"] as const) {
  test(`whose pictures are always shown is told in the letter, and taken back there, ${theme}`, async ({
    page,
  }) => {
    await openWindow(page, { theme });
    await receive(page, {
      subject: "Pictures",
      from: "Ferry Trust <post@ferry.example>",
      remoteImages: 2,
      trackers: 0,
    });
    await row(page, /Pictures/).click();
    await reading(page).getByRole("button", { name: "Always from Ferry Trust" }).click();
    const line = reading(page).getByText("Pictures of post@ferry.example are always shown.");
    await expect(line).toBeVisible();
    await expectAccessible(page, "the line of who is always shown");
    await page.screenshot({ path: `${SHOTS}/always-shown-${theme}.png` });
    await reading(page).getByRole("button", { name: "Change" }).click();
    await page.getByRole("menuitem", { name: "No longer show pictures from post@ferry.example" }).click();
    await expect(line).toHaveCount(0);
    await expect(reading(page).getByRole("button", { name: "Show images" })).toBeVisible();
  });
}

for (const theme of ["light", "dark"] as const) {
  test(`a letter for which nobody vouches says that its pictures cannot always be shown, ${theme}`, async ({
    page,
  }) => {
    await openWindow(page, { theme });
    await receive(page, {
      subject: "Unsigned pictures",
      from: "Ferry Trust <post@ferry.example>",
      remoteImages: 2,
      trackers: 0,
      who: { verdict: "nobody" },
    });
    await row(page, /Unsigned pictures/).click();
    const why = reading(page).getByText(
      "You can show them in this letter, but not always: nothing proves that it is from Ferry Trust.",
    );
    await expect(why).toBeVisible();
    await expect(reading(page).getByRole("button", { name: /Always from/ })).toHaveCount(0);
    await reading(page).getByRole("button", { name: "More", exact: true }).click();
    await expect(page.getByRole("menuitem")).toHaveText(["Trackers…"]);
    await page.keyboard.press("Escape");
    await reading(page).getByRole("button", { name: "Show images" }).click();
    await expect(page.frameLocator("#reading iframe").getByAltText("Picture").first()).toBeVisible();
    await expect(why, "once is once").toBeVisible();
    await expect(reading(page).getByText(/always shown/)).toHaveCount(0);
    await expectAccessible(page, "why pictures are not always shown");
    await page.screenshot({ path: `${SHOTS}/not-always-${theme}.png` });
    // One that is vouched for says nothing of that, and theirs can be allowed; in whose name this one was written is not honoured then.
    await receive(page, {
      subject: "Signed pictures",
      from: "Ferry Trust <post@ferry.example>",
      remoteImages: 2,
      trackers: 0,
    });
    await row(page, /Signed pictures/).click();
    await expect(why).toHaveCount(0);
    await reading(page).getByRole("button", { name: "Always from Ferry Trust" }).click();
    await expect(reading(page).getByText("Pictures of post@ferry.example are always shown.")).toBeVisible();
    await row(page, /Unsigned pictures/).click();
    await expect(
      reading(page).getByText(/You have allowed these pictures, but nobody vouches/),
    ).toBeVisible();
    await expect(reading(page).getByText(/always shown/)).toHaveCount(0);
    await reading(page).getByRole("button", { name: "Show images" }).click();
    await expect(page.frameLocator("#reading iframe").getByAltText("Picture").first()).toBeVisible();
    await expect(
      reading(page).getByText(/always shown/),
      "nothing is claimed that does not hold",
    ).toHaveCount(0);
  });
}
