// "The best matches first" in a query: known wherever the engine takes it, taken away and put back, and a chip.
import { expect, it } from "vitest";
import { isBest, withBest } from "../../src/state/bestFirst";
import { chipOf } from "../../src/state/search";

it("is known wherever it stands, as the engine takes it", () => {
  for (const query of [
    "sort:best",
    "lamp SORT:Best",
    'sort:"best" lamp',
    "(lamp sort:best) OR boat",
    "-sort:best",
  ])
    expect(isBest(query), query).toBe(true);
  for (const query of ["best", "sort:", "sort:worst", '"sort:best"', "sort:bestow"])
    expect(isBest(query), query).toBe(false);
});

it("is taken away as often as it stands there, and put in front", () => {
  expect(withBest("sort:best lamp sort:best boat", false)).toBe("lamp boat");
  expect(withBest("(lamp sort:best) OR boat", false)).toBe("(lamp) OR boat");
  expect(withBest("lamp", true)).toBe("sort:best lamp");
  expect(
    withBest("OR lamp", true),
    "an OR in front means nothing, and binds nothing behind another word",
  ).toBe("sort:best lamp");
  expect(withBest(withBest('lamp "red boat', true), false)).toBe('lamp "red boat');
});

it("is a chip as other operators are, but for its opposite, which there is not", () => {
  expect(chipOf("sort:best")).toMatchObject({ operator: "sort", value: "best", negative: false });
  expect(chipOf("-sort:best")).toBeNull();
  expect(chipOf("sort:worst")).toBeNull();
});
