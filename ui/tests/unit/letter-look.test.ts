// How letters are looked at: a change is told, and what changes nothing leaves nothing behind.
import { beforeEach, expect, it } from "vitest";
import { lookOf, setLetterLook, useLooks } from "../../src/state/letterLook";

beforeEach(() => useLooks.setState({ looks: new Map() }));

it("a letter that is left as it came leaves nothing behind, and nobody is told", () => {
  const before = useLooks.getState().looks;
  setLetterLook("1", { shown: "no" });
  expect(useLooks.getState().looks, "the same, so that nobody draws").toBe(before);
  expect(before.size).toBe(0);
});

it("a letter whose pictures were shown for once shows them no more", () => {
  setLetterLook("1", { shown: "once" });
  setLetterLook("1", { plain: true });
  expect(lookOf("1")).toMatchObject({ shown: "once", plain: true });
  setLetterLook("1", { shown: "no" });
  expect(lookOf("1")).toMatchObject({ shown: "no", plain: true });
  expect(lookOf("2")).toMatchObject({ shown: "no", plain: false });
});
