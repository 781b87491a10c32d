// A letter's own subject is shown where it is not the conversation's.
import { expect, test } from "vitest";
import { isSameSubject } from "../../src/words/subject";

test.each([
  ["The contract", "Re: The contract", true],
  ["The contract", "AW: WG: [team] Re[2]: the  contract", true],
  ["The contract", "回复：The contract (fwd)", true],
  ["The contract", "Your invoice", false],
  ["The contract", "Re: The contract is off", false],
  ["[team]", "[team]", true],
  ["", "Re:", true],
])("%s and %s", (one, other, same) => expect(isSameSubject(one, other)).toBe(same));
