// How large letters are and how large everything is, in the real window, whose web view has a size of its own: the keys and the
// wheel mean the letter alone, the settings everything, and both last over a restart.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { App } from "./harness/app.mjs";
import { Desktop } from "./harness/desktop.mjs";
import { folder } from "./harness/places.mjs";
import { openSettings } from "./harness/settings.mjs";
import { until } from "./harness/until.mjs";

const profile = folder("large-mail");
let desktop, app;

before(async () => {
  desktop = await Desktop.open("lena-large");
  app = await App.open(desktop, { profile });
  await app.press("button", /demo mailbox/);
  await app.press("option", /Lighthouse: final drawings/);
  await app.readsLetter("I moved the stairs two steps north");
});

after(async () => {
  await app?.close();
  await desktop?.close();
});

/** How large the letter is drawn beside the window around it, and how much room the window's page has. */
const sizes = () =>
  app.driver.run(() => {
    const frame = [...document.querySelectorAll("#reading iframe")].at(-1);
    const drawn = frame.getBoundingClientRect().width / frame.offsetWidth;
    return { letter: Math.round(drawn * 100), room: innerWidth };
  });
const become = (what, letter, room) =>
  until(`${what}: the letter at ${letter} %, and a page of ${room}`, async () => {
    const now = await sizes();
    return now.letter === letter && Math.abs(now.room - room) <= 1;
  }).catch(async (error) => {
    throw new Error(`${error.message}\nIt is ${JSON.stringify(await sizes())}`, { cause: error });
  });
const type = (keys) => desktop.run("xdotool", "key", "--clearmodifiers", keys);

let room;

test("Ctrl with plus, minus and nought means the letter, and the window stays as large as it is", async () => {
  ({ room } = await sizes());
  for (const [keys, size] of [
    ["ctrl+plus", 110],
    ["ctrl+minus", 100],
    ["ctrl+minus", 90],
    ["ctrl+0", 100],
  ]) {
    type(keys);
    await become(keys, size, room);
  }
});

test("so does the wheel with Ctrl, over the text and over the subject", async () => {
  const turn = async (selector, size) => {
    const place = await app.driver.run((what) => {
      const { left, top } = [...document.querySelectorAll(what)].at(-1).getBoundingClientRect();
      return { x: left + 40, y: top + 8 };
    }, selector);
    const { x, y } = app.place();
    desktop.run("xdotool", "mousemove", String(Math.round(x + place.x)), String(Math.round(y + place.y)));
    desktop.run("xdotool", "keydown", "ctrl", "click", "4", "keyup", "ctrl");
    await become(`the wheel over ${selector}`, size, room);
  };
  await turn("#reading h1", 110);
  await turn("#reading iframe", 125);
});

test("everything is twice as large where the settings say so, with the letter as much larger as it was", async () => {
  await openSettings(app);
  await app.press("button", /Size of everything in the windows/);
  await app.press("option", /^200 %$/);
  await until("the page has half the room", async () => Math.abs((await sizes()).room - room / 2) <= 1);
  await app.picture("sizes-1-settings-twice-as-large");
  // The driver does not know where things are in a page that is drawn larger.
  type("Escape");
  await app.gone("dialog", /./);
  await become("the settings", 125, room / 2);
  await app.picture("sizes-2-twice-as-large");
});

test("both last over a restart", async () => {
  await app.close();
  app = await App.open(desktop, { profile });
  await app.find("option", /Lighthouse: final drawings/);
  assert.ok(
    Math.abs((await app.driver.run(() => innerWidth)) - room / 2) <= 1,
    "the window is drawn so at once",
  );
  type("j");
  await app.readsLetter("this mailbox lives on your computer alone");
  await become("after the restart", 125, room / 2);
});
