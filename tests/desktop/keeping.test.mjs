// What is kept on this computer, in the real window: lena chooses headers only and frees the space, pauses and resumes her
// account, copies a letter with Ctrl held and takes it back, and opens the file of a large letter that stayed on the server.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { expectAccessible } from "./harness/accessible.mjs";
import { addAccount } from "./harness/account.mjs";
import { App } from "./harness/app.mjs";
import { Desktop } from "./harness/desktop.mjs";
import { letter } from "./harness/letter.mjs";
import { drag } from "./harness/mouse.mjs";
import { folder } from "./harness/places.mjs";
import { closeSettings, openSettings } from "./harness/settings.mjs";
import { Stage } from "./harness/stage.mjs";
import { pause, until } from "./harness/until.mjs";

const profile = folder("keeping-mail");
let stage, desktop, app;

before(async () => {
  [stage, desktop] = await Promise.all([
    Stage.start("good", "--fill", "lena:120:5"),
    Desktop.open("lena-keeping"),
  ]);
  // A server tells the moment at which a letter came in whole seconds, and these two are to stand on top.
  await pause(1_100);
  await stage.deliver("lena", withFile("Drawings of the lamp room", 5_600_000));
  await stage.deliver(
    "lena",
    letter({ from: "Jonas Halvorsen <jonas@waxwing.test>", subject: "Boathouse keys", text: "Second door." }),
  );
  app = await App.open(desktop, { profile, ca: stage.ca });
  const { imaps, submissions } = stage.ports;
  await addAccount(app, stage, "lena", {
    name: "Lena Brandt",
    incoming: { port: imaps },
    outgoing: { port: submissions },
  });
  await app.find("option", /Boathouse keys/);
  await app.reads(/up to date/, 60_000);
});

after(async () => {
  await app?.close();
  await desktop?.close();
  await stage?.stop();
});

test("a narrower choice offers to free the space, and says how much it is", async () => {
  await openSettings(app);
  await app.press("button", /Large letters/);
  await app.press("option", /^Above 5 MB/);
  await app.find("alertdialog", /^Free 8 MB\?$/);
  await app.picture("keeping-1-free");
  await app.press("button", /^Free 8 MB$/);
  await app.reads("Freed 8 MB");
  await app.gone("alertdialog", /./);
  await app.press("button", /Keep on this computer/);
  await app.press("option", /^Headers only$/);
  await app.press("button", /^Free \d MB$/);
  await app.gone("alertdialog", /./);
  await expectAccessible(app, "the settings");
  await app.picture("keeping-2-settings");
  await closeSettings(app);
  await app.press("option", /Boathouse keys/);
  await app.readsLetter("Second door.");
});

test("a paused account says so at the foot, after a restart too, and is resumed there", async () => {
  await app.driver.keys("p");
  await app.reads(/lena@waxwing\.test: paused/);
  await stage.deliver(
    "lena",
    letter({ from: "Ferry Trust <post@ferry.example>", subject: "Winter timetable", text: "From pier 3." }),
  );
  await app.find("option", /Winter timetable/, { patience: 15_000 });
  await app.picture("keeping-3-paused");
  await app.close();
  app = await App.open(desktop, { profile, ca: stage.ca });
  await app.reads(/lena@waxwing\.test: paused/, 30_000);
  await app.press("button", /^Resume$/);
  await app.reads(/up to date/, 30_000);
});

test("with Ctrl held a conversation is copied, and Undo takes the copy away on the server too", async () => {
  const row = await app.find("option", /Boathouse keys/);
  const archive = await app.find("row", /^Archive/);
  desktop.run("xdotool", "keydown", "ctrl");
  try {
    await drag(app, row, archive, {
      onto: /to Archive/,
      beforeDrop: () => app.pictureOfScreen("keeping-4-copying"),
    });
  } finally {
    desktop.run("xdotool", "keyup", "ctrl");
  }
  await app.reads(/Copied 1 conversation to Archive/);
  await app.find("option", /Boathouse keys/);
  await until("the copy is on the server", () => stage.letters("lena", "Archive").length === 1, 20_000);
  // By the key: the sentence with its button is gone after eight seconds, and the way to the server may take longer.
  await app.driver.keys("Control+z");
  await until("it is gone from there", () => stage.letters("lena", "Archive").length === 0, 20_000);
  const left = stage.letters("lena").filter(({ raw }) => raw.includes("Subject: Boathouse keys"));
  assert.equal(left.length, 1, "the letter itself is where it was");
});

test("the file of a large letter stays on the server until it is opened", async () => {
  await openSettings(app);
  await app.press("button", /Keep on this computer/);
  await app.press("option", /^All letters, whole$/);
  await closeSettings(app);
  await app.press("option", /Drawings of the lamp room/);
  await app.readsLetter("The lantern is drawn at 1:20.");
  await app.reads(/lamp room\.pdf[\s\S]{1,30}about 5\.\d MB, on the server/);
  await app.picture("keeping-5-large");
  await app.press("button", /lamp room\.pdf/);
  // Its octets are not really those of a PDF, and the window says so.
  await app.reads(/This file is broken/, 20_000);
  await app.press("button", /^Close$/);
  await app.reads(/lamp room\.pdf[\s\S]{1,30}5\.6 MB/, 20_000);
  await app.picture("keeping-6-file");
});

/** A letter with a text and a file of so many octets. */
function withFile(subject, octets) {
  const line = `${"QUJD".repeat(19)}\r\n`;
  const encoded = line.repeat(Math.ceil(octets / 57));
  return [
    "From: Amara Okafor <amara@waxwing.test>",
    "To: lena@waxwing.test",
    `Subject: ${subject}`,
    `Date: ${new Date().toUTCString().replace("GMT", "+0000")}`,
    "Message-ID: <lamp-room@waxwing.test>",
    "MIME-Version: 1.0",
    "Content-Type: multipart/mixed; boundary=outer",
    "",
    "--outer",
    "Content-Type: text/plain; charset=utf-8",
    "",
    "The lantern is drawn at 1:20.",
    "--outer",
    'Content-Type: application/pdf; name="lamp room.pdf"',
    'Content-Disposition: attachment; filename="lamp room.pdf"',
    "Content-Transfer-Encoding: base64",
    "",
    `${encoded}--outer--`,
    "",
  ].join("\r\n");
}
