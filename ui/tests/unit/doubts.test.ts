// The gentle questions before a letter leaves.
import { expect, it } from "vitest";
import { doubtsAbout, speaksOfAttachment } from "../../src/state/doubts";

const letter = { subject: "Survey", ownText: "Good morning", attachments: 0 };

it("has none about a whole letter", () => {
  expect(doubtsAbout(letter)).toEqual([]);
});
it("misses a file that the text promises, and no longer once there is one", () => {
  const promising = { ...letter, ownText: "I attach the survey once more." };
  expect(doubtsAbout(promising)).toEqual(["forgottenAttachment"]);
  expect(doubtsAbout({ ...promising, attachments: 1 })).toEqual([]);
});
it("misses a subject", () => {
  expect(doubtsAbout({ ...letter, subject: "  " })).toEqual(["noSubject"]);
});
it("holds nobody to the subject of the letter that is answered", () => {
  expect(doubtsAbout({ ...letter, subject: "Re: Invoice attached" })).toEqual([]);
  expect(doubtsAbout({ ...letter, subject: "Invoice attached" })).toEqual(["forgottenAttachment"]);
});
it.each([
  "see the attached plan",
  "Anbei die Rechnung",
  "Die Pläne sind im Anhang.",
  "Vous trouverez ci-joint",
  "Adjunto el plano",
  "см. во вложении",
])("understands %s", (text) => expect(speaksOfAttachment(text)).toBe(true));
it.each(["I am unattached", "a heart attack", "he attacks", "die Anbeiung"])("is not fooled by %s", (text) =>
  expect(speaksOfAttachment(text)).toBe(false),
);
