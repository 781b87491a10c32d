// Accounts that are managed in the real window: two of them on servers that sign for themselves, in another order, with another folder
// for what is deleted, without a certificate that was accepted, in a small window, and one of them removed while its letters stay.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { expectAccessible } from "./harness/accessible.mjs";
import { fillSetup } from "./harness/account.mjs";
import { App } from "./harness/app.mjs";
import { accept } from "./harness/certificate.mjs";
import { Desktop } from "./harness/desktop.mjs";
import { letter } from "./harness/letter.mjs";
import { drag } from "./harness/mouse.mjs";
import { folder } from "./harness/places.mjs";
import { closeSettings, openSettings } from "./harness/settings.mjs";
import { Stage } from "./harness/stage.mjs";
import { until } from "./harness/until.mjs";

const profile = folder("managed-mail");
let stage, desktop, app;

before(async () => {
  [stage, desktop] = await Promise.all([Stage.start("self-signed"), Desktop.open("lena-manages")]);
  await stage.deliver("amara", keys("amara"));
  app = await App.open(desktop, { profile, ca: stage.ca });
  await add("lena", "Lena Brandt");
  await app.find("treegrid", /Accounts and folders/, { patience: 40_000 });
  await openSettings(app);
  await app.press("button", /^Add account$/);
  await add("amara", "Amara Okafor");
  await app.find("row", /^amara@waxwing\.test/, { patience: 40_000 });
});

after(async () => {
  await app?.close();
  await desktop?.close();
  await stage?.stop();
});

const keys = (person) =>
  letter({
    from: "Jonas Halvorsen <jonas@waxwing.test>",
    to: `${person}@waxwing.test`,
    subject: "The keys for the boathouse",
    text: "They hang behind the second door.",
    minutesAgo: 20,
  });

/** Adds an account and accepts the certificates of both its servers. */
async function add(person, name) {
  const { email, password } = stage.people[person];
  const { imaps, submissions } = stage.ports;
  await fillSetup(app, { name, email, password, incoming: { port: imaps }, outgoing: { port: submissions } });
  await app.press("button", /^Add account$/);
  assert.notEqual(await accept(app), await accept(app), "each server has its own");
}

/** Runs in the page: the accounts with a server, in the order in which they stand in the list of folders. */
function onServers() {
  const rows = [...document.querySelectorAll('[role="treegrid"] [role="row"]')];
  return rows.map((row) => /^(\S+@waxwing\.test).*IMAP/.exec(row.textContent)?.[1]).filter(Boolean);
}

test("the accepted certificates of each account are listed", async () => {
  await openSettings(app);
  for (const person of ["lena", "amara"]) {
    const listed = await app.find("region", new RegExp(`Certificates that you accepted for ${person}@`));
    const { imaps, submissions } = stage.ports;
    const text = await app.text(listed);
    for (const port of [imaps, submissions])
      assert.match(text, new RegExp(`localhost:${port} · valid until`));
  }
  await expectAccessible(app, "the settings of two accounts");
  await app.picture("managing-1-certificates");
  await closeSettings(app);
});

test("an account is dragged to another place, and stands there after a restart", async () => {
  assert.deepEqual(await app.driver.run(onServers), ["lena@waxwing.test", "amara@waxwing.test"]);
  await drag(app, await app.find("row", /^amara@/), await app.find("row", /^lena@/), {
    onto: /amara@.+ to the place of lena@/,
    beforeDrop: () => app.pictureOfScreen("managing-2-dragging"),
  });
  const turned = ["amara@waxwing.test", "lena@waxwing.test"];
  await until("the accounts change places", async () => `${await app.driver.run(onServers)}` === `${turned}`);
  await app.picture("managing-3-order");
  await app.close();
  app = await App.open(desktop, { profile, ca: stage.ca });
  await app.find("row", /^lena@/, { patience: 30_000 });
  assert.deepEqual(await app.driver.run(onServers), turned);
});

test("another folder is for what is deleted, and the server has it there", async () => {
  await openSettings(app);
  const tools = await app.find("group", /What can be done with amara@/);
  await app.press("button", /^Which folder is for what…$/, { within: tools });
  await app.find("dialog", /^Folders of amara@/);
  await app.press("button", /Deleted/);
  await app.press("option", /^Archive$/);
  await app.find("button", /^Archive Deleted|Deleted.*Archive/);
  await app.picture("managing-4-folders");
  await app.press("button", /^Close$/, { within: await app.find("dialog", /^Folders of amara@/) });
  await closeSettings(app);
  await app.press("option", /The keys for the boathouse/);
  await app.readsLetter("They hang behind the second door.");
  await app.driver.keys("#");
  await app.gone("option", /The keys for the boathouse/);
  await until("it is there on the server", () => stage.letters("amara", "Archive").length === 1, 20_000);
  await app.driver.keys("Control+z");
  await app.find("option", /The keys for the boathouse/);
  await until("it is back", () => stage.letters("amara", "Archive").length === 0, 20_000);
});

test("a certificate that is accepted no more stops its account, says so, and leaves the other alone", async () => {
  await openSettings(app);
  const listed = await app.find("region", /Certificates that you accepted for lena@/);
  await app.press(
    "button",
    new RegExp(`^No longer accept the certificate of localhost at port ${stage.ports.imaps}$`),
    { within: listed },
  );
  await app.reads("The certificate of localhost is no longer accepted");
  await closeSettings(app);
  await app.reads(/localhost has signed its certificate itself/, 20_000);
  await app.picture("managing-5-no-more");
  const amaras = letter({
    from: "Jonas <jonas@waxwing.test>",
    subject: "While the other stands still",
    text: "Hello.",
  });
  await stage.deliver("amara", amaras);
  await app.find("option", /While the other stands still/, { patience: 60_000 });
});

test("a small window shows all of it", async () => {
  const { id } = app.place();
  const size = (...sides) => desktop.run("xdotool", "windowsize", "--sync", id, ...sides);
  try {
    size("900", "600");
    await until("the window is small", async () => (await app.driver.run(() => innerWidth)) <= 900);
    await app.picture("managing-6-small");
    await openSettings(app);
    assert.deepEqual(await app.driver.run(beyond), [], "nothing reaches beyond the edges of the sheet");
    await app.picture("managing-7-small-settings");
    await closeSettings(app);
  } finally {
    size("1360", "860");
  }
});

/** Runs in the page: what reaches beyond the sides of the sheet that is open. */
function beyond() {
  const sheet = document.querySelector('[role="dialog"]');
  const edge = sheet.getBoundingClientRect();
  return [...sheet.querySelectorAll("button, li, p, dd, h3")]
    .filter((each) => {
      const { left, right } = each.getBoundingClientRect();
      return left < edge.left || right > edge.right;
    })
    .map((each) => each.textContent);
}

test("an account is removed and its letters stay on this computer", async () => {
  await openSettings(app);
  await app.press("button", /^Remove amara@waxwing\.test$/);
  await app.find("alertdialog", /^Remove amara@waxwing\.test\?$/);
  await app.reads("2 letters are whole on this computer and can stay in Local Folders.");
  await app.picture("managing-8-remove");
  await app.press("button", /^Remove, keep the letters$/);
  await app.gone("alertdialog", /./, 30_000);
  await app.reads(/2 letters are in Local Folders/);
  await closeSettings(app);
  assert.deepEqual(await app.driver.run(onServers), ["lena@waxwing.test"]);
  await app.find("row", /^Local Folders/);
  assert.equal(stage.letters("amara").length, 2, "on the server nothing has changed");
  await app.find("row", /^amara@waxwing\.test$/);
  await app.press("row", /^Inbox, \d unread$/);
  await app.press("option", /The keys for the boathouse/);
  await app.readsLetter("They hang behind the second door.");
  await app.picture("managing-9-local");
});
