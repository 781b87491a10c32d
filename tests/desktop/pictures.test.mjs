// Pictures from the network in the real window: whose are always shown is told in the letter itself, and taken back there.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { expectAccessible } from "./harness/accessible.mjs";
import { Demo } from "./harness/demo.mjs";
import { until } from "./harness/until.mjs";

let demo, app;

before(async () => {
  demo = await Demo.open("lena-pictures");
  app = demo.app;
});

after(() => demo?.close());

test("pictures of a sender who is vouched for are always shown from now on, and no longer", async () => {
  await app.press("option", /This fortnight in async/);
  // What is known of the sender comes with the letter, and what hangs on it is offered at once.
  await app.press("button", /^Always from /);
  // Nothing leaves the computer for the demo mailbox, so none can come.
  await app.reads(/The picture could not be fetched: cdn\.rustnieuws\.example/);
  await until("the picture that is missed has the place that the letter gives it", async () => {
    const [width, height] = await app.driver.run(missed);
    return width === 44 && height === 44;
  });
  await app.picture("pictures-1-always-shown");
  await expectAccessible(app, "the line of who is always shown");
  assert.equal((await app.all("button", /^Show images/)).length, 0, "nothing is blocked");
  await app.press("button", /^Change$/);
  await app.picture("pictures-2-change");
  await app.press("menuitem", /^No longer show pictures from /);
  await app.find("button", /^Show images/);
  assert.equal((await app.all("button", /^Change$/)).length, 0, "nothing is claimed any longer");
});

/** Runs in the page: the size of the picture in the open letter that could not be fetched. */
function missed() {
  const { contentDocument } = document.querySelector("iframe[data-letter]");
  const picture = contentDocument.querySelector("img.waxwing-remote:not([src])");
  return [picture?.clientWidth ?? 0, picture?.clientHeight ?? 0];
}
