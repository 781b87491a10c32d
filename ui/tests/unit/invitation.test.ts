// What is said of an answer that did not go, and how often a list that is being gathered is asked for.
import { expect, it } from "vitest";
import { attempted } from "../../src/actions/attempt";
import { askedWhole, nextAsking } from "../../src/state/rows";

it("tells what was done from what failed, so that nothing is said to be answered that was not", async () => {
  expect(await attempted(() => Promise.resolve())).toBe(true);
  const refused = { kind: "invalid", sentence: "There is no way out." };
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
  expect(await attempted(() => Promise.reject(refused))).toBe(false);
});

it("asks for a list less and less often while it does not come whole", () => {
  const times = Array.from({ length: 6 }, () => nextAsking("boat"));
  expect(times).toEqual([250, 500, 1_000, 2_000, 4_000, 4_000]);
  expect(nextAsking("another")).toBe(250);
  askedWhole("another");
  expect(nextAsking("another")).toBe(250);
});
