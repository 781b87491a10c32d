// Signing in in the browser, in the real window: the address goes to the system's browser (here a program that keeps it), the
// person agrees at the provider's page, and mail comes and goes. What was taken back is one trouble, and signing in again heals it.
// Then an account that Thunderbird has on this computer: it reads by the browser's sign-in, and sends at another server, as
// somebody with a password there.
import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startInternet } from "../stage/internet.mjs";
import { App } from "./harness/app.mjs";
import { Desktop } from "./harness/desktop.mjs";
import { letter } from "./harness/letter.mjs";
import { folder, internetProgram } from "./harness/places.mjs";
import { Stage } from "./harness/stage.mjs";
import { until } from "./harness/until.mjs";

let stage, desktop, app, internet;
const kept = join(folder("browser"), "address");

before(async () => {
  const surroundings = join(folder("internet"), "surroundings.json");
  internet = await startInternet(internetProgram, surroundings, ["--provider", "localhost"]);
  const introspection = (await internet.ask("introspection")).at;
  [stage, desktop] = await Promise.all([
    Stage.start("good", "--mechanisms", "plain xoauth2 oauthbearer", "--introspection", introspection),
    Desktop.open("lena-oauth"),
  ]);
  const { imaps, submissions } = stage.ports;
  await internet.tell("describe", "waxwing.test", `imap=localhost:${imaps}`, `smtp=localhost:${submissions}`);
  const raw = letter({
    from: "Jonas Halvorsen <jonas@waxwing.test>",
    subject: "The keys for the boathouse",
    text: "They hang behind the second door.",
    minutesAgo: 20,
  });
  for (const person of ["lena", "amara"]) await stage.deliver(person, raw);
  app = await App.open(withBrowser(desktop), {
    profile: folder("lena-oauth-profile"),
    ca: stage.ca,
    surroundings,
  });
});

after(async () => {
  await app?.close();
  await internet?.end();
  await desktop?.close();
  await stage?.stop();
});

/** The desktop with a browser that keeps the address that it is to open. */
function withBrowser(desktop) {
  const programs = folder("programs");
  const program = join(programs, "xdg-open");
  writeFileSync(program, `#!/bin/sh\nprintf %s "$1" > "${kept}.new" && mv "${kept}.new" "${kept}"\n`);
  chmodSync(program, 0o755);
  desktop.env.PATH = `${programs}:${desktop.env.PATH}`;
  return desktop;
}

/** What the person does at the page that was opened. */
async function atThePage(decision) {
  const address = await until("the browser is opened", () => existsSync(kept) && readFileSync(kept, "utf8"));
  rmSync(kept);
  await internet.tell("browse", decision, address);
}

test("lena signs in in her browser, and her mail is there", async () => {
  await app.find("heading", /Add your email account/);
  await app.fillNamed("name", "Lena Brandt");
  await app.fillNamed("email", stage.people.lena.email);
  await app.reads("You sign in at Nordlicht itself, in your browser.");
  await app.press("button", /^Open the browser$/);
  await app.reads("Waxwing goes on by itself when you come back.");
  await app.picture("oauth-1-waiting");
  await atThePage("deny");
  await app.reads("The provider did not let Waxwing in.");
  await app.press("button", /^Open the browser$/);
  await atThePage(stage.people.lena.email);
  await app.find("treegrid", /Accounts and folders/, { patience: 30_000 });
  await app.press("option", /The keys for the boathouse/, { patience: 30_000 });
  await app.readsLetter("They hang behind the second door.");
});

test("what was taken back is told once, and signing in again heals it", async () => {
  await internet.tell("revoke", stage.people.lena.email);
  for (const server of ["dovecot", "postfix"]) await stage.order(`restart ${server}`);
  await app.reads("The sign-in at your provider counts no longer.", 60_000);
  await app.picture("oauth-2-ended");
  await app.press("button", /^Sign in again…$/);
  await app.press("button", /^Open the browser$/);
  await atThePage(stage.people.lena.email);
  await app.reads("is signed in again", 30_000);
  await app.reads(/checked|up to date/i, 30_000);
  assert.equal((await internet.ask("heard")).refreshes, 1, "the provider was asked once");
});

test("amara comes from Thunderbird, reads by the browser's sign-in, and sends as jonas with a password", async () => {
  await app.close();
  rmSync(kept, { force: true });
  writeThunderbird(desktop.env.HOME);
  const { amara, jonas } = stage.people;
  app = await App.open(desktop, {
    profile: folder("amara-two-ways"),
    ca: stage.ca,
    surroundings: internet.file,
  });
  await app.find("heading", /Add your email account/);
  await app.picture("oauth-3-thunderbird");
  await app.press("button", new RegExp(`^${amara.email.replaceAll(".", "\\.")}`));
  await app.press("button", /^Edit settings$/);
  // The form may grow under the hand as the search for servers ends.
  await until("sending has its own way of signing in", async () => {
    const isTicked = () => app.driver.run(() => document.querySelector("form input[type=checkbox]").checked);
    if (!(await isTicked())) await app.press("radio", /^Sending has its own way of signing in$/);
    return isTicked();
  });
  await app.reads("You sign in at Nordlicht itself, in your browser.");
  await app.fillNamed("outgoingPassword", jonas.password);
  await app.picture("oauth-4-two-ways");
  await app.press("button", /^Open the browser$/);
  await atThePage(amara.email);
  await app.find("treegrid", /Accounts and folders/, { patience: 30_000 });
  await app.press("option", /The keys for the boathouse/, { patience: 30_000 });
  await app.readsLetter("They hang behind the second door.");
  await app.press("button", /^Reply$/);
  await app.driver.type(await app.find("textbox", /^Letter$/), "I have them.");
  await app.press("button", /^Send$/);
  await until(
    "jonas has her answer",
    () => stage.letters("jonas").some(({ raw }) => raw.includes("Re: The keys for the boathouse")),
    60_000,
  );
});

/** A profile of Thunderbird's with one account, as Thunderbird writes it (profiles.ini, prefs.js). */
function writeThunderbird(home) {
  const profile = join(home, ".thunderbird/abcd.default-release");
  mkdirSync(profile, { recursive: true });
  writeFileSync(
    join(home, ".thunderbird/profiles.ini"),
    "[Profile0]\nName=default-release\nIsRelative=1\nPath=abcd.default-release\nDefault=1\n",
  );
  const { imaps, submissions } = stage.ports;
  const prefs = {
    "mail.accountmanager.accounts": "account1",
    "mail.account.account1.server": "server1",
    "mail.account.account1.identities": "id1",
    "mail.identity.id1.useremail": stage.people.amara.email,
    "mail.identity.id1.fullName": "Amara Diallo",
    "mail.identity.id1.smtpServer": "smtp1",
    "mail.server.server1.type": "imap",
    "mail.server.server1.hostname": "localhost",
    "mail.server.server1.userName": stage.people.amara.email,
    "mail.server.server1.socketType": 3,
    "mail.server.server1.port": imaps,
    "mail.smtpserver.smtp1.hostname": "127.0.0.1",
    "mail.smtpserver.smtp1.username": stage.people.jonas.email,
    "mail.smtpserver.smtp1.try_ssl": 3,
    "mail.smtpserver.smtp1.port": submissions,
  };
  const lines = Object.entries(prefs).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  writeFileSync(join(profile, "prefs.js"), lines.join(""));
}
