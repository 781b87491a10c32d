// A certificate that nobody vouches for, accepted by a person who has looked at it.
import assert from "node:assert/strict";

/** Looks at the certificate, ticks the box and accepts it. Gives its fingerprint. */
export async function accept(app) {
  await app.press("button", /^Look at the certificate…$/, { patience: 40_000 });
  await app.find("alertdialog", /certificate/);
  await app.reads(/SHA-256 fingerprint/);
  const fingerprint = /[0-9A-F]{2}(?::[0-9A-F]{2}){31}/.exec((await app.words()).replace(/\s/g, ""));
  assert.ok(fingerprint, "the fingerprint can be read");
  await app.press("radio", /I have compared the fingerprint/);
  await app.press("button", /^Accept this certificate$/);
  return fingerprint[0];
}
