// The keys of the window while a letter has the focus, in the real window, whose web view tells nobody of keys in a page without scripts:
// text was chosen there with the mouse, a link has the focus or was followed, and what belongs to the letter stays its own.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Demo } from "./harness/demo.mjs";
import { pause, until } from "./harness/until.mjs";

let demo, app;

before(async () => {
  demo = await Demo.open("lena-keys");
  app = demo.app;
});

after(() => demo?.close());

const type = (keys) => demo.type(keys);
const subject = () => app.driver.run(() => document.querySelector("#reading h1")?.textContent ?? "");

async function open(name, words) {
  await app.press("option", name);
  await app.readsLetter(words);
}

/** Goes with the real mouse to the middle of the first element that is found in the letter, and presses so often. */
async function press(selector, times = 1) {
  const place = await app.driver.run((what) => {
    const frame = [...document.querySelectorAll("#reading iframe")].at(-1);
    const element = frame.contentDocument.querySelector(what);
    element.scrollIntoView({ block: "center", behavior: "instant" });
    const outer = frame.getBoundingClientRect();
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: outer.left + left + Math.min(width / 2, 40), y: outer.top + top + Math.min(height / 2, 9) };
  }, selector);
  await demo.press(place, times);
}

/** What stands at the foot of the window of the link that the pointer or the focus is on; null: nothing. */
const goal = () => app.driver.run(() => document.querySelector("[data-link-goal]")?.textContent ?? null);

/** What is chosen in the letter, and what has the focus in it; none where the focus is in the window around it. */
const inLetter = () =>
  app.driver.run(() => {
    const at = document.activeElement;
    const page = at instanceof HTMLIFrameElement ? at.contentDocument : null;
    return {
      focus: page?.activeElement?.tagName ?? null,
      chosen: page?.getSelection()?.toString() ?? "",
    };
  });

test("with text chosen in a letter the keys of the window go on, and those that copy stay the letter's", async () => {
  await open(/Lighthouse: final drawings/, "I moved the stairs two steps north");
  // What is said above a letter may come between the look and the press, and move it.
  await until("a word is chosen", async () => {
    await press("p", 2);
    await pause(600);
    return /^\w+/.test((await inLetter()).chosen);
  });
  const { chosen } = await inLetter();
  // The keys are lent when the window has heard where the focus is.
  await pause(500);
  type("s");
  await app.find("option", /starred.*Lighthouse: final drawings/);
  assert.equal((await inLetter()).chosen, chosen, "the word is chosen still");
  type("ctrl+a");
  await until("all of the letter is chosen", async () =>
    (await inLetter()).chosen.includes("two steps north"),
  );
  type("ctrl+plus");
  const size = () => app.driver.run(() => document.querySelector("#reading iframe").style.transform);
  await until("the letter is larger", async () => (await size()) === "scale(1.1)");
  type("ctrl+0");
  const before = await subject();
  type("j");
  await until("another conversation is open", async () => (await subject()) !== before);
});

test("from a link that has the focus, the keys go on too, Tab goes to the next, and Escape to the list", async () => {
  await open(/Winter timetable from/, "while pier 1 is being repaired");
  await app.driver.run(() => {
    const frame = [...document.querySelectorAll("#reading iframe")].at(-1);
    frame.contentDocument.querySelector("a").focus();
  });
  await until("a link has the focus", async () => (await inLetter()).focus === "A");
  await pause(500);
  const linked = () =>
    app.driver.run(() => document.activeElement?.contentDocument?.activeElement?.textContent ?? "");
  const first = await linked();
  type("s");
  await app.find("option", /starred.*Winter timetable/);
  assert.equal(await linked(), first, "one is still at the link");
  type("Tab");
  await until("the next link has the focus", async () => ![first, ""].includes(await linked()));
  const leads = await app.driver.run(() => document.activeElement.contentDocument.activeElement.title);
  assert.match(leads, /^[a-z.]+\.example/);
  await until("where it leads stands at the foot", async () => (await goal()) === leads);
  type("Escape");
  await until("the list has the focus", () =>
    app.driver.run(() => document.activeElement?.closest("[role=listbox]") !== null),
  );
  assert.match(await subject(), /Winter timetable/, "the letter stays open");
});

test("where a link leads stands at the foot of the window while the mouse is on it", async () => {
  await open(/Winter timetable from/, "while pier 1 is being repaired");
  await press("a", 0);
  await until("it stands there", async () => /^[a-z.]+\.example/.test((await goal()) ?? ""));
  await app.pictureOfScreen("link-goal");
  await demo.press({ x: 300, y: 20 }, 0);
  await until("it has gone", async () => (await goal()) === null);
});

test("once a link was followed, the keys are the window's", async () => {
  await open(/Winter timetable from/, "while pier 1 is being repaired");
  await press("a");
  await pause(1500);
  // What opens pages is not on every computer, and what it says of that is read here no further.
  if ((await app.all("dialog")).length > 0) type("Escape");
  await app.gone("dialog", /./);
  type("e");
  await app.reads(/Archived 1 conversation/);
  type("ctrl+z");
  await app.find("option", /Winter timetable from/);
});

test("what is typed into a field is the field's, right after a letter had the focus", async () => {
  await open(/Lighthouse: final drawings/, "I moved the stairs two steps north");
  await press("p", 2);
  await until("a word is chosen", async () => (await inLetter()).chosen !== "");
  await pause(500);
  type("slash");
  const field = await app.find("combobox", /Search mail/);
  demo.write("jeks");
  await until("it stands there", async () => (await app.driver.run((it) => it.value, field)) === "jeks");
});
