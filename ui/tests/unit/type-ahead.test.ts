// Going to a row by the beginning of its name.
import { expect, it } from "vitest";
import { ahead, isBegun, typedOn } from "../../src/components/typeAhead";

const names = ["report-1.txt", "Résumé.pdf", "scan 1.png", "scan 2.png", "report-2.txt"];

it("goes to the next name that begins so, round from the last to the first, by one sign again and again", () => {
  expect(ahead(names, 0, "r")).toBe(1);
  expect(ahead(names, 1, "rr")).toBe(4);
  expect(ahead(names, 4, "rrr")).toBe(0);
  expect(ahead(names, 0, "x")).toBeNull();
  expect(ahead([], 0, "x")).toBeNull();
});

it("stays where one is while that begins like what is typed on, whatever its accents and capitals", () => {
  expect(ahead(names, 1, "res")).toBe(1);
  expect(ahead(names, 0, "RE")).toBe(0);
  expect(ahead(names, 2, "scan 2")).toBe(3);
  expect(ahead(names, 0, "report-2")).toBe(4);
});

it("begins anew after a pause", () => {
  const first = typedOn({ text: "", at: 0 }, "s", 5_000);
  expect(typedOn(first, "c", 5_900).text).toBe("sc");
  expect(typedOn(first, "c", 6_000).text).toBe("c");
  expect(isBegun(first, 5_999)).toBe(true);
  expect(isBegun(first, 6_000)).toBe(false);
  expect(isBegun({ text: "", at: 0 }, 1)).toBe(false);
});
