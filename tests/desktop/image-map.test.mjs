// A picture with several links (an image map), in the real window: where each leads is told as of any link, to the mouse and to the
// keys, and one that pretends is asked about before it opens.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addAccount } from "./harness/account.mjs";
import { App } from "./harness/app.mjs";
import { Desktop } from "./harness/desktop.mjs";
import { letter } from "./harness/letter.mjs";
import { folder } from "./harness/places.mjs";
import { Stage } from "./harness/stage.mjs";
import { special } from "./harness/webdriver.mjs";
import { pause, until } from "./harness/until.mjs";

const dot = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=";
const html =
  "<!doctype html><style>area{display:none}</style><p>The harbour, from above. " +
  `<img usemap="#harbour" width="900" height="120" src="${dot}" alt="Harbour"></p>` +
  '<map name="harbour">' +
  '<area shape="rect" coords="0,0,150,120" alt="Quay" title="https://lies.example/" href="https://quay.example/timetable">' +
  '<area shape="rect" coords="150,0,300,120" alt="www.bank.example" href="https://bank.example.evil.example/login">' +
  "</map>";
let stage, desktop, app;

before(async () => {
  [stage, desktop] = await Promise.all([Stage.start(), Desktop.open("lena-map")]);
  await stage.deliver(
    "lena",
    letter({ from: "Harbour <news@harbour.example>", subject: "Seen from above", html }),
  );
  app = await App.open(desktop, { profile: folder("map-mail"), ca: stage.ca });
  await addAccount(app, stage, "lena", {
    name: "Lena Brandt",
    incoming: { port: stage.ports.imaps },
    outgoing: { port: stage.ports.submissions },
  });
  await app.press("option", /Seen from above/);
  await app.readsLetter("The harbour, from above");
});

after(async () => {
  await app?.close();
  await desktop?.close();
  await stage?.stop();
});

/** What stands at the foot of the window of the link that the pointer or the focus is on; null: nothing. */
const goal = () => app.driver.run(() => document.querySelector("[data-link-goal]")?.textContent ?? null);

/** Moves the real mouse to a place of the picture, as it stands now: what comes late above the letter moves it. */
async function pointAt(x, y) {
  const place = await app.driver.run(() => {
    const frame = document.querySelector("#reading iframe");
    const picture = frame.contentDocument.querySelector("img").getBoundingClientRect();
    const outer = frame.getBoundingClientRect();
    return { x: outer.left + picture.left, y: outer.top + picture.top };
  });
  const window = app.place();
  const [left, top] = [Math.round(window.x + place.x + x), Math.round(window.y + place.y + y)];
  // A hand moves on; the first movement may come before the frame is drawn there.
  desktop.run("xdotool", "mousemove", String(left - 3), String(top));
  desktop.run("xdotool", "mousemove", String(left), String(top));
}

/** Points there again and again, as a hand follows what moves, until the goal at the foot of the window is as asked. */
const pointUntil = (what, [x, y], told) =>
  until(what, async () => {
    await pointAt(x, y);
    await pause(200);
    return told(await goal());
  });

test("a map is as large as its areas, however narrow the window is", async () => {
  const width = await app.driver.run(
    () => document.querySelector("#reading iframe").contentDocument.querySelector("img").clientWidth,
  );
  assert.equal(width, 900);
});

test("the mouse on an area is told where that leads, whatever its sender says of it", async () => {
  await pointUntil("the goal of the first area is told", [40, 40], (told) =>
    told?.startsWith("quay.example/timetable"),
  );
  await pointUntil("the goal of the second one is told", [200, 40], (told) =>
    told?.includes("evil.example/login"),
  );
  await app.picture("image-map-goal");
  await pointUntil("beside the picture none is told", [40, 200], (told) => told === null);
});

test("a press on an area that pretends is asked about", async () => {
  await pointUntil("the goal of the area is told", [200, 40], (told) => told?.includes("evil.example/login"));
  desktop.run("xdotool", "click", "1");
  const dialog = await app.find("alertdialog", /Look twice before you open this/);
  assert.match(await app.text(dialog), /bank\.example\.evil\.example/);
  await app.picture("image-map-asked");
  await app.driver.keys(special.Escape);
  await app.gone("alertdialog");
});

test("the keys go from area to area, and Enter on one that pretends is asked about", async () => {
  await app.driver.run(() => {
    const frame = document.querySelector("#reading iframe");
    frame.focus();
    frame.contentDocument.querySelector("area").focus();
  });
  // The pointer is elsewhere, and the goal is that of the focus.
  await pointUntil("beside the picture none is told", [40, 200], (told) => !told?.includes("evil.example"));
  desktop.run("xdotool", "key", "Tab");
  await until("the goal of the area that has the focus", async () =>
    (await goal())?.includes("evil.example/login"),
  );
  desktop.run("xdotool", "key", "Return");
  await app.find("alertdialog", /Look twice before you open this/);
  await app.driver.keys(special.Escape);
  await app.gone("alertdialog");
});
