// From an address to mail in the real window: the servers are published by the domain, named by its DNS, found by trying, there
// is POP3 alone, or nobody knows anything and they are typed by hand. Names and web are a small internet's, the mail servers
// are real.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { startInternet } from "../stage/internet.mjs";
import { App } from "./harness/app.mjs";
import { Desktop } from "./harness/desktop.mjs";
import { answersKept, heldByPage, keepAnswers } from "./harness/held.mjs";
import { letter } from "./harness/letter.mjs";
import { folder, internetProgram } from "./harness/places.mjs";
import { search } from "./harness/search.mjs";
import { Stage } from "./harness/stage.mjs";
import { special } from "./harness/webdriver.mjs";

let stage, desktop, app, internet;

before(async () => {
  [stage, desktop] = await Promise.all([Stage.start(), Desktop.open("lena")]);
  const raw = letter({
    from: "Jonas Halvorsen <jonas@waxwing.test>",
    subject: "The keys for the boathouse",
    text: "They hang behind the second door.",
    minutesAgo: 20,
  });
  for (const person of ["lena", "amara"]) await stage.deliver(person, raw);
});

after(async () => {
  await app?.close();
  await internet?.end();
  await desktop?.close();
  await stage?.stop();
});

/** Opens the app in an internet of its own, and types an address and a password. */
async function typeInto(prepare, person, options = []) {
  await app?.close();
  await internet?.end();
  const file = join(folder("internet"), "surroundings.json");
  internet = await startInternet(internetProgram, file, options);
  await prepare(internet);
  app = await App.open(desktop, { profile: folder(`${person}-found`), ca: stage.ca, surroundings: file });
  const { email, password } = stage.people[person];
  await app.find("heading", /Add your email account/);
  await app.fillNamed("name", "Lena Brandt");
  await app.fillNamed("email", email);
  await app.fillNamed("password", password);
}

async function addAndRead() {
  await app.press("button", /^Add account$/);
  await app.find("treegrid", /Accounts and folders/, { patience: 30_000 });
  await app.press("option", /The keys for the boathouse/, { patience: 30_000 });
  await app.readsLetter("They hang behind the second door.");
}

const at = (port) => `localhost:${port}`;

test("what the domain publishes is found while lena types, and said so", async () => {
  const { imaps, pop3s, submissions } = stage.ports;
  await typeInto(
    (net) =>
      net.tell(
        "describe",
        "waxwing.test",
        `imap=${at(imaps)}`,
        `pop3=${at(pop3s)}`,
        `smtp=${at(submissions)}`,
      ),
    "lena",
  );
  await app.reads("Published by waxwing.test");
  await app.reads(`localhost · ${imaps} · TLS`);
  await app.reads(`localhost · ${pop3s} · TLS`);
  await app.picture("setup-1-published");
  await addAndRead();
});

test("what DNS names is found, and said so", async () => {
  const { imaps, submissions } = stage.ports;
  await typeInto(
    (net) => net.tell("records", "waxwing.test", `imap=${at(imaps)}`, `smtp=${at(submissions)}`),
    "lena",
  );
  await app.reads("Found by DNS: waxwing.test names its servers there");
  await addAndRead();
});

test("what nobody names is found by trying, though three sources hang", async () => {
  const { imaps, submission } = stage.ports;
  const doors = ["--host", "localhost", "--imap", `${imaps}:tls`, "--smtp", `${submission}:starttls`];
  await typeInto((net) => net.tell("hang", "waxwing.test"), "lena", [...doors, "--authorities", stage.ca]);
  await app.reads("Found by trying the usual names at waxwing.test");
  await app.reads("Encrypted connection, certificate valid");
  await addAndRead();
});

test("where there is POP3 alone it is chosen, and mail comes by it", async () => {
  const { pop3s, submissions } = stage.ports;
  await typeInto(
    (net) => net.tell("describe", "waxwing.test", `pop3=${at(pop3s)}`, `smtp=${at(submissions)}`),
    "amara",
  );
  await app.reads("Published by waxwing.test");
  const chosen = await app.driver.run(() => document.querySelector('input[type="radio"]:checked')?.value);
  assert.equal(chosen, "pop3");
  await addAndRead();
  await app.reads("POP3");
});

test("what nobody knows is typed by hand: blanks are found out, each step is tried, and mail comes", async () => {
  const { imaps, submissions } = stage.ports;
  const { password } = stage.people.lena;
  const doors = ["--imap", `${imaps}:tls`, "--smtp", `${submissions}:tls`, "--authorities", stage.ca];
  await typeInto(() => Promise.resolve(), "lena", doors);
  await keepAnswers(app);
  await app.reads("No mail servers were found for waxwing.test", 20_000);
  await app.find("button", /^Tell waxwing\.test my address$/);
  for (const side of ["incoming", "outgoing"]) {
    await app.fillNamed(`${side}Host`, "localhost");
    await app.fillNamed(`${side}Port`, special.Backspace);
  }
  await app.press("button", /^Find out port and encryption$/);
  await app.reads(`localhost · ${imaps} · TLS`, 20_000);
  await app.fillNamed("password", "wrong horse");
  // The other blank is found out on the way.
  await app.press("button", /^Test$/);
  await app.reads("localhost does not accept this user name and password", 40_000);
  await app.reads(`localhost · ${submissions} · TLS`);
  assert.match(await app.words(), /Encrypted with TLS 1\.\d/, "how far it came is told");
  const wrong = await heldByPage(app, "wrong horse");
  assert.ok(
    wrong.found.length > 0,
    "the search finds what stands in a field, and in what its view remembers",
  );
  await app.fillNamed("password", password);
  await app.press("button", /^Test$/);
  await app.reads("Letters may be sent from your address", 40_000);
  await app.picture("setup-2-by-hand");
  assert.equal((await app.all("heading", /Add your email account/)).length, 1, "it was only to see");
  await addAndRead();
  assert.deepEqual(search(app.profile, password), [], "the password is sealed");
  for (const secret of ["wrong horse", password]) {
    const { found, looked } = await heldByPage(app, secret);
    assert.deepEqual(found, [], "and nothing in the page holds it");
    assert.ok(looked > 10_000, `all of it was looked at: ${looked} objects`);
  }
  const answers = await answersKept(app);
  assert.ok(
    answers.some((text) => text.includes("does not accept this user name and password")),
    "what the shell answered was searched with it",
  );
});
