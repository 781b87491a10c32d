// What can be wrong with an account, as a person reads it: four failures, four sentences, and nothing saved.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fillSetup } from "./harness/account.mjs";
import { App } from "./harness/app.mjs";
import { Desktop } from "./harness/desktop.mjs";
import { folder } from "./harness/places.mjs";
import { Stage } from "./harness/stage.mjs";

const profile = folder("refused-mail");
const sentences = new Set();
let stage, expired, desktop, app;

before(async () => {
  [stage, expired, desktop] = await Promise.all([
    Stage.start(),
    Stage.start("expired"),
    Desktop.open("lena-refused"),
  ]);
  app = await App.open(desktop, { profile, ca: stage.ca });
});

after(async () => {
  await app?.close();
  await desktop?.close();
  await stage?.stop();
  await expired?.stop();
});

/** Fills the form, presses the button, and gives the sentence about the incoming server. */
async function refused({ password, incoming, says }) {
  await fillSetup(app, {
    name: "Lena Brandt",
    email: stage.people.lena.email,
    password,
    incoming,
    outgoing: { port: stage.ports.submissions },
  });
  await app.press("button", /^Add account$/);
  await app.reads(says, 40_000);
  const [sentence] = says.exec(await app.words());
  assert.ok(!sentences.has(sentence), `“${sentence}” is about one failure only`);
  sentences.add(sentence);
  assert.equal((await app.all("treegrid")).length, 0, "no account was made");
}

test("a wrong password is told as such", async () => {
  await refused({
    password: "wrong horse",
    incoming: { port: stage.ports.imaps },
    says: /password[^.]*\./i,
  });
  await app.picture("refusals-1-password");
});

test("a certificate that is out of date is told as such", async () => {
  await refused({
    password: stage.people.lena.password,
    incoming: { port: expired.ports.imaps },
    says: /certificate[^.]*\./i,
  });
  await app.picture("refusals-2-certificate");
});

test("a server that is not there is told as such", async () => {
  await refused({
    password: stage.people.lena.password,
    incoming: { port: 9 },
    says: /(cannot be reached|could not be reached|no answer|does not answer|not reach)[^.]*\./i,
  });
  await app.picture("refusals-3-unreachable");
});
