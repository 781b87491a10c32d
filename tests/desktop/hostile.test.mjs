// Hostile letters in the real window, and a web server on loopback that must never hear of them. The control puts the
// same documents into the same web view without our pipeline, and there it does hear: so this test can fail.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { addAccount } from "./harness/account.mjs";
import { App, openPlainWebView } from "./harness/app.mjs";
import { Canary } from "./harness/canary.mjs";
import { Desktop } from "./harness/desktop.mjs";
import { letter } from "./harness/letter.mjs";
import { folder } from "./harness/places.mjs";
import { Stage } from "./harness/stage.mjs";
import { pause, until } from "./harness/until.mjs";
import { techniques } from "./hostile/techniques.mjs";

const names = Object.keys(techniques);
/** A request that a letter causes comes within this time, as the control shows. */
const MOMENT = 350;
let stage, desktop, canary, app;

before(async () => {
  [stage, desktop, canary] = await Promise.all([Stage.start(), Desktop.open("lena-hostile"), Canary.start()]);
});

after(async () => {
  await app?.close();
  await desktop?.close();
  await stage?.stop();
  canary?.stop();
});

test("without our pipeline the canary hears of these letters", async () => {
  const plain = await openPlainWebView(desktop);
  const pages = folder("plain-pages");
  const silent = [];
  try {
    for (const [number, name] of names.entries()) {
      const file = join(pages, `${number}.html`);
      writeFileSync(file, techniques[name](canary.url));
      canary.forget();
      await plain.driver.go(`file://${file}`).catch(() => {});
      await pause(MOMENT);
      if (canary.requests.length === 0 && canary.connections === 0) silent.push(name);
    }
  } finally {
    await plain.close();
  }
  assert.ok(silent.length < names.length / 3, `most ways work in a plain page; these were silent: ${silent}`);
});

test("in Waxwing's window it hears of none", async () => {
  for (const [number, name] of names.entries()) {
    const hostile = letter({
      from: "Somebody <somebody@waxwing.test>",
      subject: `Way ${number}: ${name}`,
      html: techniques[name](canary.url),
      minutesAgo: number + 1,
    });
    await stage.deliver("lena", hostile);
  }
  canary.forget();
  app = await App.open(desktop, { profile: folder("hostile-mail"), ca: stage.ca });
  await addAccount(app, stage, "lena", {
    name: "Lena Brandt",
    incoming: { port: stage.ports.imaps },
    outgoing: { port: stage.ports.submissions },
  });
  await app.reads(/up to date/, 30_000);
  await app.press("option", /Way \d+:/);
  const shown = () => app.driver.run(() => document.querySelector("h1")?.textContent ?? "");
  const opened = new Set();
  // Down to the last and up again: the one that was pressed first need not be the newest.
  for (const key of ["j", "k"]) {
    while (opened.size < names.length) {
      const title = await shown();
      const number = /Way (\d+):/.exec(title)?.[1];
      if (number !== undefined && !opened.has(number)) {
        await until(`${title} is shown in its frame`, () => app.driver.run(anotherDocument));
        opened.add(number);
        await pause(MOMENT);
      }
      if (await app.driver.run(isLast, key === "j")) break;
      await app.driver.keys(key);
      const another = async () => /Way \d+:/.test(await shown()) && (await shown()) !== title;
      await until("another letter is shown", another);
    }
  }
  assert.equal(opened.size, names.length, "every letter was opened");
  assert.deepEqual(canary.requests, [], "nothing was asked of the canary");
  assert.equal(canary.connections, 0, "and nobody connected to it");
  await app.picture("hostile-last");
});

/** Runs in the page: whether the list ends where the cursor is, downwards or upwards. */
function isLast(down) {
  const row = document.querySelector('[role="listbox"] [role="option"][aria-selected="true"]');
  return row !== null && row.ariaPosInSet === (down ? row.ariaSetSize : "1");
}

/** Runs in the page: whether a letter is whole in its frame, and not the one that was seen before. The heading comes first. */
function anotherDocument() {
  const letter = document.querySelector("iframe[data-letter]")?.contentDocument;
  // The empty page that a frame begins with has no policy.
  const isFilled = letter?.querySelector("meta[http-equiv='Content-Security-Policy']") != null;
  if (!isFilled || letter.readyState !== "complete" || letter.wasSeen) return false;
  letter.wasSeen = true;
  return true;
}
