// How letters are looked at: a change is told, and what changes nothing leaves nothing behind.
import { beforeEach, expect, it } from "vitest";
import { backend, setBackend } from "../../src/ipc";
import { openMemory } from "../../src/ipc/memory";
import { lookOf, restorePlain, setLetterLook, showAllPlain, useLooks } from "../../src/state/letterLook";

beforeEach(() => {
  setBackend(openMemory());
  useLooks.setState({ looks: new Map(), plain: false });
});

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

it("all letters are text where that is wished, but those of which something else was said", async () => {
  setLetterLook("1", { plain: true });
  setLetterLook("1", { plain: false });
  setLetterLook("2", { original: true });
  showAllPlain(true);
  expect(lookOf("1").plain, "somebody wanted to see it").toBe(false);
  expect(lookOf("2"), "of this one only its colours were spoken of").toMatchObject({
    plain: true,
    original: true,
  });
  expect(lookOf("3").plain).toBe(true);
  useLooks.setState({ plain: false });
  await restorePlain();
  expect(lookOf("3").plain, "in the next run").toBe(true);
  showAllPlain(false);
  expect(await backend().setting("letterPlain")).toBe("no");
  expect(lookOf("3").plain).toBe(false);
});
