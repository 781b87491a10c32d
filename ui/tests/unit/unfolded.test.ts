// Which letters of a conversation are open, and which have a line, however many there are.
import { expect, test } from "vitest";
import { lines, MOST_FOLDED, MOST_OPEN, openAtFirst } from "../../src/state/unfolded";

const letters = (count: number, unread: (number: number) => boolean) =>
  Array.from({ length: count }, (_, number) => ({ id: String(number), unread: unread(number) }));

test("five hundred letters that were not read do not all open", () => {
  const open = openAtFirst(letters(500, () => true));
  expect(open.size, "the newest, and the first ones").toBe(MOST_OPEN);
  expect([...open].sort()).toEqual(["0", "1", "2", "3", "4", "499", "5", "6", "7", "8"]);
  expect(openAtFirst(letters(500, (number) => number >= 497))).toEqual(new Set(["497", "498", "499"]));
  expect(openAtFirst(letters(3, () => false)), "of letters that were read the newest").toEqual(
    new Set(["2"]),
  );
  expect(openAtFirst([])).toEqual(new Set());
});

test("the middle of many folded letters is told by its number, and comes on request", () => {
  const all = letters(500, () => false);
  const isOpen = ({ id }: { id: string }) => id === "499" || id === "100";
  const first = lines(all, isOpen, 0);
  expect(
    first.filter((line) => "hidden" in line),
    "a row on each side of the open one",
  ).toEqual([
    { hidden: 100 - MOST_FOLDED, id: "10" },
    { hidden: 398 - MOST_FOLDED, id: "111" },
  ]);
  expect(first).toHaveLength(2 * MOST_FOLDED + 2 + 2);
  const more = lines(all, isOpen, 200);
  expect(
    more.filter((line) => "hidden" in line),
    "those of the shorter row are all there",
  ).toEqual([{ hidden: 398 - 220, id: "211" }]);
  expect(lines(all, isOpen, 10_000), "and all of them, in their order").toEqual(all);
  const few = letters(MOST_FOLDED + 1, () => false);
  expect(
    lines(few, () => false, 0),
    "one line is not left out for another",
  ).toEqual(few);
});
