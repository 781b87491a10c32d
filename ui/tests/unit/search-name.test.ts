// What a search may be called that is about to be kept.
import { expect, it } from "vitest";
import { suggestedName } from "../../src/state/searchName";

it("suggests what is looked for, without operators and what is not wanted", () => {
  for (const [query, name] of [
    ['from:"Amara Okafor" lamp -draft -in:trash ', "Amara Okafor lamp"],
    ["sort:best (ferry OR quay)", "ferry quay"],
    ['"red boat" is:unread', "red boat unread"],
    ["-kettle", ""],
    ["harbour ".repeat(9), "harbour harbour harbour harbour harbour…"],
  ] as const)
    expect(suggestedName(query)).toBe(name);
});
