// The main job on real servers, in the real window: lena and jonas have IMAP accounts and a desktop each. Lena adds hers
// by typing, reads, stars, answers with an attachment; jonas sees it arrive; and all of it is there without a network.
// The steps build on each other, as an evening does.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addAccount } from "./harness/account.mjs";
import { App } from "./harness/app.mjs";
import { attachFile } from "./harness/attach.mjs";
import { Desktop } from "./harness/desktop.mjs";
import { field, letter } from "./harness/letter.mjs";
import { folder } from "./harness/places.mjs";
import { search } from "./harness/search.mjs";
import { Stage } from "./harness/stage.mjs";
import { until } from "./harness/until.mjs";

const people = {};
let stage;

before(async () => {
  const [servers, lena, jonas] = await Promise.all([
    Stage.start(),
    Desktop.open("lena"),
    Desktop.open("jonas"),
  ]);
  stage = servers;
  people.lena = { desktop: lena, profile: folder("lena-mail") };
  people.jonas = { desktop: jonas, profile: folder("jonas-mail") };
});

after(async () => {
  for (const { app, desktop } of Object.values(people)) {
    await app?.close();
    await desktop.close();
  }
  await stage?.stop();
});

test("lena adds her IMAP account by typing, and sees the letters that came before", async () => {
  await stage.deliver(
    "lena",
    letter({
      from: "Jonas Halvorsen <jonas@waxwing.test>",
      subject: "The keys for the boathouse",
      text: "They hang behind the second door. Mind the step.",
      minutesAgo: 90,
    }),
  );
  await stage.deliver(
    "lena",
    letter({
      from: "Amara Okafor <amara@waxwing.test>",
      subject: "Drawings of the lamp room",
      text: "I moved the stairs two steps north so the door clears the rail.",
      minutesAgo: 20,
    }),
  );
  const { lena } = people;
  lena.app = await App.open(lena.desktop, { profile: lena.profile, ca: stage.ca });
  await lena.app.picture("imap-1-first-run");
  const { imaps, submissions } = stage.ports;
  await addAccount(lena.app, stage, "lena", {
    name: "Lena Brandt",
    incoming: { port: imaps },
    outgoing: { port: submissions },
  });
  await lena.app.find("option", /Drawings of the lamp room/);
  await lena.app.find("option", /The keys for the boathouse/);
  for (const name of [/^Sent/, /^Archive/, /^Junk/, /^Trash/]) await lena.app.find("row", name);
  await lena.app.picture("imap-2-letters");
});

test("her password is in the keyring's keeping, and nowhere in the profile", async () => {
  const { lena } = people;
  assert.equal(lena.desktop.keyringEntries().length, 1, "the keyring holds one key for this profile");
  assert.deepEqual(
    search(lena.profile, stage.people.lena.password),
    [],
    "no file of the profile holds the password in the clear",
  );
});

test("she reads a letter and stars another one, and the server knows both", async () => {
  const { app } = people.lena;
  await app.press("option", /The keys for the boathouse/);
  await app.readsLetter("They hang behind the second door.");
  await app.press("button", /^Star$/);
  await app.find("option", /starred.*The keys for the boathouse/);
  await until("the star and the reading are on the server", () => {
    const flags = flagsOf("lena", "The keys for the boathouse");
    return flags.includes("F") && flags.includes("S");
  });
  assert.ok(!flagsOf("lena", "Drawings of the lamp room").includes("F"), "the other letter has no star");
  await app.picture("imap-3-reading");
});

test("new mail appears without a click", async () => {
  const { app } = people.lena;
  await stage.deliver(
    "lena",
    letter({ from: "Ferry Trust <post@ferry.example>", subject: "Winter timetable", text: "From pier 3." }),
  );
  await app.find("option", /Winter timetable/, { patience: 10_000 });
  await app.picture("imap-4-arrived");
});

test("a star that another program sets is shown without a click", async () => {
  const { app } = people.lena;
  stage.flag("lena", "Winter timetable", "FS");
  await app.find("option", /starred.*Winter timetable/, { patience: 15_000 });
});

test("she answers jonas with an attachment, and it arrives in his window", async () => {
  const { lena, jonas } = people;
  jonas.app = await App.open(jonas.desktop, { profile: jonas.profile, ca: stage.ca });
  const { imap, submission } = stage.ports;
  await addAccount(jonas.app, stage, "jonas", {
    name: "Jonas Halvorsen",
    incoming: { port: imap, security: "STARTTLS" },
    outgoing: { port: submission, security: "STARTTLS" },
  });
  await jonas.app.reads("Nothing here");

  const { app } = lena;
  await app.press("option", /The keys for the boathouse/);
  await app.readsLetter("They hang behind the second door.");
  await app.press("button", /^Reply$/);
  const body = await app.find("textbox", /^Letter$/);
  await app.driver.type(body, "Thank you, the map is attached.");
  await attachFile(app, "map of the boathouse.txt", "text/plain", "north is up");
  await app.find("listitem", /map of the boathouse.txt/);
  await app.picture("imap-5-composing");
  await app.press("button", /^Send$/);
  await app.gone("dialog", /./);
  await app.picture("imap-6-sending");

  await jonas.app.find("option", /Re: The keys for the boathouse/, { patience: 30_000 });
  await jonas.app.press("option", /Re: The keys for the boathouse/);
  await jonas.app.readsLetter("Thank you, the map is attached.");
  await jonas.app.reads("map of the boathouse.txt");
  await jonas.app.picture("imap-7-in-the-other-window");
});

test("what arrived is what was written, and its copy lies in Sent on the server", async () => {
  const [arrived] = stage.letters("jonas");
  const copy = await until("the copy is in Sent", () => stage.letters("lena", "Sent")[0], 20_000);
  for (const { raw } of [arrived, copy]) {
    assert.equal(field(raw, "Subject"), "Re: The keys for the boathouse");
    assert.match(field(raw, "From"), /Lena Brandt.*<lena@waxwing\.test>/);
    assert.match(raw, /map of the boathouse\.txt/);
    assert.match(raw, new RegExp(Buffer.from("north is up").toString("base64")));
  }
  assert.equal(field(arrived.raw, "Message-ID"), field(copy.raw, "Message-ID"), "both are the same letter");
  assert.equal(stage.letters("lena", "Sent").length, 1, "there is one copy and no second");
  const question = stage.letters("lena").find(({ raw }) => raw.includes("The keys for the boathouse"));
  assert.equal(field(arrived.raw, "In-Reply-To"), field(question.raw, "Message-ID"));
  await until("the server knows that it was answered", () =>
    flagsOf("lena", "The keys for the boathouse").includes("R"),
  );
});

test("after a restart without any server all of it is there", async () => {
  const { lena, jonas } = people;
  await jonas.app.close();
  delete jonas.app;
  // Bodies are fetched in the background; the last one is the copy in Sent.
  await lena.app.press("row", /^Sent/);
  await lena.app.press("option", /The keys for the boathouse/);
  await lena.app.readsLetter("Thank you, the map is attached.");
  await lena.app.close();
  await stage.stop();
  stage = undefined;

  const app = await App.open(lena.desktop, { profile: lena.profile });
  lena.app = app;
  await app.press("option", /Drawings of the lamp room/);
  await app.readsLetter("I moved the stairs two steps north");
  await app.press("option", /starred.*The keys for the boathouse/);
  // Opened is the newest, which is her answer, with his words folded in it.
  await app.press("button", /They hang behind the second door/);
  await app.readsLetter("They hang behind the second door.");
  await app.find("option", /starred.*Winter timetable/);
  await app.press("row", /^Sent/);
  await app.press("option", /The keys for the boathouse/);
  await app.readsLetter("Thank you, the map is attached.");
  await app.reads("map of the boathouse.txt");
  await app.reads(/[Oo]ffline since/, 20_000);
  await app.picture("imap-8-offline");
});

function flagsOf(person, subject) {
  const found = stage.letters(person).find(({ raw }) => field(raw, "Subject") === subject);
  return found?.flags ?? "";
}
