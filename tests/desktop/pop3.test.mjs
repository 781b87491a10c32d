// The same over POP3: amara's mail comes to her computer and stays there when the servers are gone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addAccount } from "./harness/account.mjs";
import { App } from "./harness/app.mjs";
import { attachFile } from "./harness/attach.mjs";
import { Desktop } from "./harness/desktop.mjs";
import { field, letter } from "./harness/letter.mjs";
import { folder } from "./harness/places.mjs";
import { Stage } from "./harness/stage.mjs";
import { until } from "./harness/until.mjs";

const profile = folder("amara-mail");
let stage, desktop, app;

before(async () => {
  [stage, desktop] = await Promise.all([Stage.start(), Desktop.open("amara")]);
});

after(async () => {
  await app?.close();
  await desktop?.close();
  await stage?.stop();
});

test("amara adds her POP3 account by typing, and her mail comes down", async () => {
  await stage.deliver(
    "amara",
    letter({
      from: "Lena Brandt <lena@waxwing.test>",
      to: "amara@waxwing.test",
      subject: "The survey from Tuesday",
      text: "With the corrected heights.",
      minutesAgo: 15,
    }),
  );
  app = await App.open(desktop, { profile, ca: stage.ca });
  const { pop3s, submission } = stage.ports;
  await addAccount(app, stage, "amara", {
    name: "Amara Okafor",
    protocol: "pop3",
    incoming: { port: pop3s },
    outgoing: { port: submission, security: "STARTTLS" },
  });
  await app.press("option", /The survey from Tuesday/);
  await app.readsLetter("With the corrected heights.");
  await app.reads("POP3");
  await app.picture("pop3-1-reading");
});

test("she answers with an attachment, the letter arrives, and the copy is on her computer", async () => {
  await app.press("button", /^Reply$/);
  await app.driver.type(await app.find("textbox", /^Letter$/), "The door clears the rail now.");
  await attachFile(app, "stairs.txt", "text/plain", "two steps north");
  await app.find("listitem", /stairs.txt/);
  await app.press("button", /^Send$/);
  await app.gone("dialog", /./);
  const arrived = await until("the letter is at lena's", () => stage.letters("lena")[0], 30_000);
  assert.equal(field(arrived.raw, "Subject"), "Re: The survey from Tuesday");
  assert.match(arrived.raw, /stairs\.txt/);
  assert.equal(stage.letters("amara", "Sent").length, 0, "the server has no folder of hers to keep it in");
  await app.press("row", /^Sent/);
  await app.press("option", /The survey from Tuesday/);
  await app.readsLetter("The door clears the rail now.");
});

test("after a restart without any server all of it is there", async () => {
  await app.close();
  await stage.stop();
  stage = undefined;
  app = await App.open(desktop, { profile });
  await app.press("option", /The survey from Tuesday/);
  // Opened is the newest, which is her answer, with the letter folded in it.
  await app.press("button", /With the corrected heights/);
  await app.readsLetter("With the corrected heights.");
  await app.press("row", /^Sent/);
  await app.press("option", /The survey from Tuesday/);
  await app.readsLetter("The door clears the rail now.");
  await app.reads("stairs.txt");
  await app.picture("pop3-2-offline");
});
