// What can be wrong with an account, as a person reads it: four failures, four sentences, and nothing saved.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fillSetup } from "./harness/account.mjs";
import { App } from "./harness/app.mjs";
import { Desktop } from "./harness/desktop.mjs";
import { folder } from "./harness/places.mjs";
import { search } from "./harness/search.mjs";
import { Stage } from "./harness/stage.mjs";

const profile = folder("refused-mail");
const sentences = new Set();
let stage, expired, strict, desktop, app;

before(async () => {
  [stage, expired, strict, desktop] = await Promise.all([
    Stage.start(),
    Stage.start("expired"),
    Stage.start("good", "--mechanisms", "plain"),
    Desktop.open("lena-refused"),
  ]);
  app = await App.open(desktop, { profile, ca: stage.ca });
});

after(async () => {
  await app?.close();
  await desktop?.close();
  await stage?.stop();
  await expired?.stop();
  await strict?.stop();
});

/** Fills the form, presses the button, and gives the sentence about the incoming server. */
async function refused({ password, incoming, outgoing, says }) {
  await fillSetup(app, {
    name: "Lena Brandt",
    email: stage.people.lena.email,
    password,
    incoming,
    outgoing: outgoing ?? { port: stage.ports.submissions },
  });
  await app.press("button", /^Add account$/);
  // A server that is not there is told at once, and a press that is repeated begins anew: what was read a moment ago counts.
  const [sentence] = says.exec(await app.reads(says, 40_000));
  assert.ok(!sentences.has(sentence), `“${sentence}” is about one failure only`);
  sentences.add(sentence);
  assert.equal((await app.all("treegrid")).length, 0, "no account was made");
}

test("a wrong password is told as such", async () => {
  await refused({
    password: "wrong horse",
    incoming: { port: stage.ports.imaps },
    says: /localhost does not accept this user name and password\./,
  });
  await app.picture("refusals-1-password");
});

test("a certificate that is out of date is told as such", async () => {
  await refused({
    password: stage.people.lena.password,
    incoming: { port: expired.ports.imaps },
    says: /localhost cannot prove that it is the right server: its certificate is not valid\./,
  });
  await app.picture("refusals-2-certificate");
});

test("a server that is not there is told as such", async () => {
  await refused({
    password: stage.people.lena.password,
    incoming: { port: 9 },
    says: /localhost does not answer\./,
  });
  await app.picture("refusals-3-unreachable");
});

test("a way of signing in that the server does not have is told as such", async () => {
  await app.close();
  app = await App.open(desktop, { profile, ca: strict.ca });
  await refused({
    password: strict.people.lena.password,
    incoming: { port: strict.ports.imaps, method: "Challenge (CRAM-MD5)" },
    outgoing: { port: strict.ports.submissions },
    says: /localhost does not offer this way of signing in\./,
  });
  await app.picture("refusals-4-method");
});

test("nothing of it was saved", async () => {
  await app.close();
  for (const password of ["wrong horse", stage.people.lena.password])
    assert.deepEqual(search(profile, password), [], "no password is in the profile");
  app = await App.open(desktop, { profile, ca: stage.ca });
  await app.find("heading", /Add your email account/);
  assert.equal((await app.all("treegrid")).length, 0, "there is no account after a restart either");
});
