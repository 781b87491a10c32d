// The demo mailbox: looked around in without any server, organised with the real mouse, and removed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { expectAccessible } from "./harness/accessible.mjs";
import { App } from "./harness/app.mjs";
import { Desktop } from "./harness/desktop.mjs";
import { drag, pressByHand } from "./harness/mouse.mjs";
import { folder } from "./harness/places.mjs";
import { special } from "./harness/webdriver.mjs";
import { until } from "./harness/until.mjs";

const profile = folder("demo-mail");
let desktop, app;

before(async () => {
  desktop = await Desktop.open("lena-demo");
  app = await App.open(desktop, { profile });
});

after(async () => {
  await app?.close();
  await desktop?.close();
});

test("one click fills a mailbox to look around in", async () => {
  await expectAccessible(app, "the first screen");
  await app.press("button", /demo mailbox/);
  await app.find("treegrid", /Accounts and folders/);
  await app.press("option", /Lighthouse: final drawings/);
  await app.readsLetter("I moved the stairs two steps north");
  await app.reads(/3 remote images and 1 tracker blocked/);
  const look = await app.driver.run(() => {
    const letter = [...document.querySelectorAll("iframe")].at(-1).contentDocument;
    const style = (element) => getComputedStyle(element);
    return [style(letter.body).fontFamily, style(letter.querySelector("p")).marginBottom];
  });
  assert.match(look[0], /^"?Inter/, "a letter that sets no font has the app's");
  assert.equal(look[1], "11px", "and the app's paragraphs");
  await app.picture("demo-1-reading");
  await expectAccessible(app, "the window with a letter");
});

test("operators narrow a search down, and Escape goes back", async () => {
  const field = await app.find("combobox", /Search mail/);
  await app.driver.type(field, "from:amara has:attachment ");
  await app.find("row", /^from: amara/);
  await app.find("row", /^has: attachment/);
  await app.find("listbox", /Results for “from:amara has:attachment”/);
  await app.find("option", /Lighthouse: final drawings/);
  await app.gone("option", /Winter timetable from/);
  await app.picture("demo-2-search");
  await expectAccessible(app, "the chips of a search");
  await app.driver.type(field, special.Escape);
  await app.find("listbox", /Conversations in All inboxes/);
});

test("a letter is read in a window of its own, and what is done there is seen here", async () => {
  const open = (name) => {
    try {
      return desktop.run("xdotool", "search", "--onlyvisible", "--name", name).trim().split("\n")[0];
    } catch {
      // xdotool fails where it finds nothing.
      return undefined;
    }
  };
  await app.press("option", /Winter timetable from/);
  await app.readsLetter("while pier 1 is being repaired");
  await app.driver.keys("w");
  // It is called after its letter once it has asked which one that is, and has found it in its list.
  const own = await until("the letter has a window", () => open("^Winter timetable from"), 30_000);
  desktop.run("xdotool", "windowactivate", "--sync", own);
  const type = (key) => desktop.run("xdotool", "key", "--clearmodifiers", key);
  await app.pictureOfScreen("demo-2-own-window");
  type("e");
  await app.gone("option", /Winter timetable from/);
  await until("the next letter is read there", () => open("^Winter timetable from") === undefined);
  type("ctrl+z");
  await app.find("option", /Winter timetable from/);
  type("ctrl+w");
  await until("only the main window is left", () => {
    const all = desktop.run("xdotool", "search", "--onlyvisible", "--class", "waxwing").trim().split("\n");
    return all.every((id) => desktop.run("xdotool", "getwindowname", id).trim() === "Waxwing");
  });
});

test("a conversation is dragged onto a folder with the mouse, and comes back with Undo", async () => {
  const row = await app.find("option", /Winter timetable from/);
  const archive = await app.find("row", /^Archive/);
  await drag(app, row, archive, {
    onto: /to Archive/,
    beforeDrop: () => app.pictureOfScreen("demo-3-dragging"),
  });
  await app.reads(/Moved 1 conversation to Archive/);
  await app.gone("option", /Winter timetable from/);
  // The hand that dragged goes on, so that the first press after a drag is a real one. Undo is pressed as a key, for its button
  // is gone after eight seconds.
  await pressByHand(app, await app.find("row", /^Archive/));
  await app.find("listbox", /Conversations in Archive/);
  desktop.run("xdotool", "key", "--clearmodifiers", "ctrl+z");
  await app.gone("option", /Winter timetable from/);
  await pressByHand(app, await app.find("row", /^All inboxes/));
  await app.find("option", /Winter timetable from/);
});

test("a folder is dragged into another folder", async () => {
  const ferry = await app.find("row", /^Ferry timetable/);
  const level = () =>
    app.driver.run(
      () =>
        [...document.querySelectorAll('[role="row"]')]
          .find((row) => row.textContent.startsWith("Ferry timetable"))
          ?.getAttribute("aria-level") ?? "",
    );
  const before = await level();
  await drag(app, ferry, await app.find("row", /^Lighthouse/), { onto: /Lighthouse/ });
  await until("the folder is one level deeper", async () => Number(await level()) === Number(before) + 1);
  await app.picture("demo-4-folder-moved");
});

test("what is sent in the demo comes back to it", async () => {
  await app.driver.keys("c");
  const to = await app.find("combobox", /To/);
  await expectAccessible(app, "the composer");
  await app.driver.type(to, "lena@demo.waxwing.test,");
  await app.fill("textbox", /^Subject/, "To myself");
  await app.driver.type(await app.find("textbox", /^Letter$/), "Hello from here.");
  await app.press("button", /^Send$/);
  await app.gone("dialog", /./);
  await app.find("option", /To myself/, { patience: 25_000 });
});

test("it is there after a restart, and goes with one click", async () => {
  await app.close();
  app = await App.open(desktop, { profile });
  await app.find("option", /To myself/);
  await app.find("row", /^Lighthouse/);
  await app.picture("demo-5-again");
  await app.press("button", /^W?\s*Waxwing/);
  await app.press("menuitem", /[Ss]ettings/);
  await app.press("button", /[Rr]emove/);
  await app.find("heading", /Add your email account/, { patience: 20_000 });
  assert.equal((await app.all("treegrid")).length, 0, "nothing of it is left");
});
