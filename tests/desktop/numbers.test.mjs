// Telephone numbers and files of servers that a letter links to, in the real window: a press on one asks before anything else is told of it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addAccount } from "./harness/account.mjs";
import { App } from "./harness/app.mjs";
import { Desktop } from "./harness/desktop.mjs";
import { letter } from "./harness/letter.mjs";
import { folder } from "./harness/places.mjs";
import { Stage } from "./harness/stage.mjs";
import { special } from "./harness/webdriver.mjs";
import { until } from "./harness/until.mjs";

const html =
  "<!doctype html><p>The harbour office answers until five.</p>" +
  '<p><a id="office" href="tel:+49-30-1234567">Call the office</a></p>' +
  '<p><a id="code" href="tel:*21*0900123456%23">Call for free</a></p>' +
  '<p><a id="plans" href="ftp://files.harbour.example/plans/">Plans of the quay</a></p>';
let stage, desktop, app;

before(async () => {
  [stage, desktop] = await Promise.all([Stage.start(), Desktop.open("lena-numbers")]);
  await stage.deliver("lena", letter({ from: "Harbour <news@harbour.example>", subject: "Reach us", html }));
  app = await App.open(desktop, { profile: folder("numbers-mail"), ca: stage.ca });
  await addAccount(app, stage, "lena", {
    name: "Lena Brandt",
    incoming: { port: stage.ports.imaps },
    outgoing: { port: stage.ports.submissions },
  });
  await app.press("option", /Reach us/);
  await app.readsLetter("The harbour office answers until five");
});

after(async () => {
  await app?.close();
  await desktop?.close();
  await stage?.stop();
});

/** Presses the link that begins with these words with the real mouse, again until this is asked. */
const pressed = (words, role, asked) =>
  until(`a press on ${words} asks ${asked}`, async () => {
    const place = await app.driver.run((begin) => {
      const frame = document.querySelector("#reading iframe");
      const links = [...frame.contentDocument.querySelectorAll("a[href]")];
      const link = links.find(({ textContent }) => textContent.startsWith(begin))?.getBoundingClientRect();
      const outer = frame.getBoundingClientRect();
      if (link === undefined) return null;
      return { x: outer.left + link.left + link.width / 2, y: outer.top + link.top + link.height / 2 };
    }, words);
    assert.ok(place !== null, `${words} is a link`);
    const window = app.place();
    const [left, top] = [window.x + place.x, window.y + place.y].map((at) => String(Math.round(at)));
    desktop.run("xdotool", "mousemove", left, top, "click", "1");
    return app.find(role, asked, { patience: 2_000 });
  });

test("a number is told before it is called", async () => {
  const dialog = await pressed("Call the office", "dialog", /Call this number\?/);
  assert.match(await app.text(dialog), /\+49301234567/);
  await app.picture("numbers-1-asked");
  await app.driver.keys(special.Escape);
  await app.gone("dialog", /Call this number/);
});

test("a code for the telephone itself is warned of", async () => {
  const dialog = await pressed("Call for free", "alertdialog", /Look twice before you open this/);
  assert.match(await app.text(dialog), /no number but a code/);
  await app.picture("numbers-2-code");
  await app.driver.keys(special.Escape);
  await app.gone("alertdialog");
});

test("files of a server are asked about", async () => {
  const dialog = await pressed("Plans of the quay", "dialog", /Open these files of a server\?/);
  assert.match(await app.text(dialog), /ftp:\/\/files\.harbour\.example\/plans\//);
  await app.driver.keys(special.Escape);
  await app.gone("dialog", /Open these files/);
});
