// A letter within a letter in the real window: its keys, also while the focus is in its frame, whose web view tells nobody of keys in a
// page without scripts; what is asked over it goes away without it; and it is answered by itself.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { expectAccessible } from "./harness/accessible.mjs";
import { Demo } from "./harness/demo.mjs";
import { pause, until } from "./harness/until.mjs";

let demo, app;

before(async () => {
  demo = await Demo.open("lena-nested");
  app = demo.app;
});

after(() => demo?.close());

const type = (keys) => demo.type(keys);
const size = () => app.driver.run(() => document.querySelector("[data-pane] iframe")?.style.transform ?? "");

/** Presses with the real mouse into the words of the letter within, twice: one of them is chosen. */
async function chooseWord() {
  const place = await app.driver.run(() => {
    const frame = document.querySelector("[data-pane] iframe");
    const outer = frame.getBoundingClientRect();
    const words = frame.contentDocument.createRange();
    words.selectNodeContents(frame.contentDocument.body);
    const { left, top } = words.getClientRects()[0];
    return { x: outer.left + left + 12, y: outer.top + top + 9 };
  });
  await demo.press(place, 2);
}

test("a letter within a letter has the keys of any letter, in its frame too", async () => {
  await app.press("row", /^Archive/);
  await app.press("option", /Something from our archive/);
  await app.readsLetter("we found this while looking");
  await app.press("button", /^Open\s*Request for a second kettle/);
  await app.find("dialog", /Request for a second kettle/);
  await app.readsLetter("the kettle has a hole");
  await pause(500);
  type("ctrl+plus");
  await until("it is larger", async () => (await size()) === "scale(1.1)");
  await app.picture("nested-1-letter");
  await expectAccessible(app, "a letter within a letter");
  await chooseWord();
  await until("its frame has the focus", () =>
    app.driver.run(() => document.activeElement === document.querySelector("[data-pane] iframe")),
  );
  // The keys are lent when the window has heard where the focus is.
  await pause(500);
  type("ctrl+0");
  await until("it is in its usual size", async () => (await size()) === "");
  type("ctrl+u");
  await app.find("dialog", /Source of the letter/);
  await app.reads("kettle@skerry.example");
  type("Escape");
  await app.gone("dialog", /Source of the letter/);
  assert.equal((await app.all("dialog", /second kettle/)).length, 1, "it stays behind what was asked");
});

test("it is answered by itself", async () => {
  await app.press("button", /^Reply$/);
  const field = await app.find("textbox", /^Subject/);
  assert.equal(await app.driver.run((it) => it.value, field), "Re: Request for a second kettle");
  await app.reads(/The Keeper/);
  await app.gone("dialog", /^Request for a second kettle/);
});
