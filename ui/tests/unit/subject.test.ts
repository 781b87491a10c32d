// A letter's own subject is shown where it is not the conversation's.
import { expect, it, test } from "vitest";
import { isSameSubject } from "../../src/words/subject";

test.each([
  ["The contract", "Re: The contract", true],
  ["The contract", "AW: WG: [team] Re[2]: the  contract", true],
  ["The contract", "回复：The contract (fwd)", true],
  ["The contract", "Your invoice", false],
  ["The contract", "Re: The contract is off", false],
  ["[team]", "[team]", true],
  ["", "Re:", true],
  ["The contract", "VL: Пер: The contract (fwd) (FWD)", true],
  ["", "[team] (fwd)", true],
])("%s and %s", (one, other, same) => expect(isSameSubject(one, other)).toBe(same));

// A header may be a million signs long. Whoever looks through the rest for each answer in it is at this for hours.
it("a subject that a stranger has filled to the brim stops nothing", () => {
  expect(isSameSubject(`${"re:".repeat(330_000)} Lunch`, "Lunch")).toBe(true);
  expect(isSameSubject(`Lunch${" (fwd)".repeat(160_000)}`, "Lunch")).toBe(true);
  expect(isSameSubject(`Lunch ${"(fwd) ".repeat(160_000)}!`, "Lunch")).toBe(false);
  expect(isSameSubject(`${"[team] ".repeat(140_000)}Lunch`, "Dinner")).toBe(false);
});
