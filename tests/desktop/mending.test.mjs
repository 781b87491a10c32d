// An account that has to be mended, in the real window: its servers have signed their certificates themselves, then the
// password changes, then another certificate is shown.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fillSetup } from "./harness/account.mjs";
import { App } from "./harness/app.mjs";
import { accept } from "./harness/certificate.mjs";
import { Desktop } from "./harness/desktop.mjs";
import { letter } from "./harness/letter.mjs";
import { folder } from "./harness/places.mjs";
import { search } from "./harness/search.mjs";
import { Stage } from "./harness/stage.mjs";
import { until } from "./harness/until.mjs";

const profile = folder("mended-mail");
let stage, desktop, app;

before(async () => {
  [stage, desktop] = await Promise.all([Stage.start("self-signed"), Desktop.open("lena-mends")]);
  app = await App.open(desktop, { profile, ca: stage.ca });
});

after(async () => {
  await app?.close();
  await desktop?.close();
  await stage?.stop();
});

test("certificates that nobody vouches for are explained and accepted, one server after the other", async () => {
  const { email, password } = stage.people.lena;
  await fillSetup(app, {
    name: "Lena Brandt",
    email,
    password,
    incoming: { port: stage.ports.imaps },
    outgoing: { port: stage.ports.submissions },
  });
  await app.press("button", /^Add account$/);
  await app.reads(/localhost cannot prove that it is the right server/, 40_000);
  await app.picture("mending-1-refused");
  const first = await accept(app);
  const second = await accept(app);
  assert.notEqual(first, second, "each server has its own");
  await app.find("treegrid", /Accounts and folders/, { patience: 40_000 });
});

test("a password that has changed is typed once more, and mail comes again", async () => {
  await app.reads(/up to date, checked/, 30_000);
  await stage.order("password lena battery staple");
  await app.press("button", /^Sign in again…$/, { patience: 90_000 });
  await app.fill("textbox", /^Password for localhost/, "wrong once more");
  await app.press("button", /^Sign in$/);
  // In the sheet: the status line has said so all the while.
  await until("the sheet says why", async () =>
    /does not accept this user name and password/.test(
      await app.text(await app.find("dialog", /^Sign in again/)),
    ),
  );
  await app.picture("mending-2-sign-in");
  await app.fill("textbox", /^Password for localhost/, "battery staple");
  await app.press("button", /^Sign in$/);
  await app.gone("dialog", /^Sign in again/, 30_000);
  await stage.deliver(
    "lena",
    letter({ from: "Amara <amara@waxwing.test>", subject: "After the new password", text: "Good morning." }),
  );
  await app.reads("After the new password", 60_000);
  assert.deepEqual(search(profile, "battery staple"), [], "the password is sealed");
});

test("another certificate is an alarm, and is accepted only by a person who has looked", async () => {
  await stage.order("certificate self-signed");
  await app.reads(/shows another certificate than the one that you accepted/, 90_000);
  await app.picture("mending-3-alarm");
  await app.press("button", /^Change servers…$/);
  await app.find("dialog", /^Servers of/);
  await accept(app);
  await app.reads(/with the certificate that you accepted/, 40_000);
  await app.picture("mending-4-accepted");
  await app.press("button", /^Save$/);
  await app.gone("dialog", /^Servers of/, 40_000);
  await stage.deliver(
    "lena",
    letter({
      from: "Amara <amara@waxwing.test>",
      subject: "After the new certificate",
      text: "Good evening.",
    }),
  );
  await app.reads("After the new certificate", 60_000);
});
