// Marks of a search that were switched off stay so behind a letter that is looked at in front, and come with other letters.
import { expect, it } from "vitest";
import { findElsewhere, forgetFound, unmark, useFind } from "../../src/state/letterFind";

const isOff = () => useFind.getState().off;

it("marks in the pane in front, and leaves what is behind it as it was", () => {
  unmark();
  const back = findElsewhere();
  expect(isOff(), "in front nobody has switched them off").toBe(false);
  unmark();
  const further = findElsewhere();
  expect(isOff()).toBe(false);
  further();
  expect(isOff(), "of the one that is in front again").toBe(true);
  back();
  expect(isOff()).toBe(true);
  const another = findElsewhere();
  unmark();
  forgetFound();
  another();
  expect(isOff(), "other letters stand there now").toBe(false);
});

it("switches nothing off behind that was not", () => {
  forgetFound();
  const back = findElsewhere();
  unmark();
  back();
  expect(isOff()).toBe(false);
});
