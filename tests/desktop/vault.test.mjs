// Where passwords are kept when there is no keyring, or none for a while, in the real window: behind a passphrase, for one run,
// and in a keyring that begins later than the app.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addAccount, fillSetup } from "./harness/account.mjs";
import { App } from "./harness/app.mjs";
import { Desktop } from "./harness/desktop.mjs";
import { letter } from "./harness/letter.mjs";
import { folder } from "./harness/places.mjs";
import { search } from "./harness/search.mjs";
import { Stage } from "./harness/stage.mjs";

const PASSPHRASE = "twelve grey herons";
let stage, desktop, app;

before(async () => {
  [stage, desktop] = await Promise.all([Stage.start(), Desktop.open("lena-vault")]);
  const raw = letter({
    from: "Jonas Halvorsen <jonas@waxwing.test>",
    subject: "The keys for the boathouse",
    text: "They hang behind the second door.",
    minutesAgo: 20,
  });
  await stage.deliver("lena", raw);
});

after(async () => {
  await app?.close();
  await desktop?.close();
  await stage?.stop();
});

async function open(profile) {
  await app?.close();
  app = await App.open(desktop, { profile, ca: stage.ca });
}

/** Her account, as far as the press on the button. */
async function addLena() {
  const { email, password } = stage.people.lena;
  await fillSetup(app, {
    name: "Lena Brandt",
    email,
    password,
    incoming: { port: stage.ports.imaps },
    outgoing: { port: stage.ports.submissions },
  });
  await app.press("button", /^Add account$/);
}

async function choosePassphrase() {
  await app.find("dialog", /^Where should your password be kept\?/);
  await app.fill("textbox", /^Passphrase$/, PASSPHRASE);
  await app.fill("textbox", /^Passphrase, once more$/, PASSPHRASE);
  await app.press("button", /^Use this passphrase$/);
  await app.gone("dialog", /^Where should your password be kept\?/, 20_000);
}

test("a keyring that is not there is asked again when it is, and no other key takes its place", async () => {
  const profile = folder("vault-keyring");
  await open(profile);
  await addAccount(app, stage, "lena", {
    name: "Lena Brandt",
    incoming: { port: stage.ports.imaps },
    outgoing: { port: stage.ports.submissions },
  });
  await app.reads(/up to date, checked/, 30_000);
  await desktop.stopKeyring();
  await open(profile);
  await app.find("dialog", /^Your passwords are locked/);
  await app.reads("no keyring is running");
  await app.picture("vault-1-no-keyring");
  await desktop.startKeyring();
  await app.press("button", /^Ask the keyring again$/);
  await app.gone("dialog", /^Your passwords are locked/, 20_000);
  await app.reads(/up to date, checked/, 30_000);
  assert.equal(desktop.keyringEntries().length, 1, "it is the key of before");
});

test("without a keyring a passphrase is chosen, and opens the passwords of the next run", async () => {
  await desktop.stopKeyring();
  const profile = folder("vault-passphrase");
  await open(profile);
  await addLena();
  await app.picture("vault-2-choice");
  await choosePassphrase();
  await app.find("option", /The keys for the boathouse/, { patience: 40_000 });
  await open(profile);
  await app.find("dialog", /^Your passwords are locked/);
  await app.fill("textbox", /^Passphrase$/, "twelve white herons");
  await app.press("button", /^Unlock$/);
  await app.reads("That passphrase does not open the vault", 20_000);
  await app.fill("textbox", /^Passphrase$/, PASSPHRASE);
  await app.press("button", /^Unlock$/);
  await app.gone("dialog", /^Your passwords are locked/, 20_000);
  await app.reads(/up to date, checked/, 30_000);
  for (const secret of [PASSPHRASE, stage.people.lena.password])
    assert.deepEqual(search(profile, secret), [], "neither stands in the profile");
});

test("a password that was kept for one run is typed once more in the next", async () => {
  const profile = folder("vault-run");
  await open(profile);
  await addLena();
  await app.press("button", /^Only until I close Waxwing$/);
  await app.find("option", /The keys for the boathouse/, { patience: 40_000 });
  await open(profile);
  await choosePassphrase();
  await app.reads(/enter it again/, 30_000);
  // The account connects anew once the vault is open, and what tells of it is drawn anew with that.
  await app.opens(/^Sign in again…$/, /^Sign in again/);
  await app.fill("textbox", /^Password for localhost/, stage.people.lena.password);
  await app.press("button", /^Sign in$/);
  await app.gone("dialog", /^Sign in again/, 40_000);
  await app.reads(/up to date, checked/, 30_000);
});
