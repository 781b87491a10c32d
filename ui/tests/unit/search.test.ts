// The search field's text: which pieces become chips, what is asked, and what is offered.
import { describe, expect, it } from "vitest";
import {
  chipOf,
  hasToken,
  hintsFor,
  queryOf,
  takeChips,
  tokenOf,
  typingIn,
  withToken,
} from "../../src/state/search";

const known = {
  people: ["Amara Okafor", "Amara Ferry"],
  folders: ["Inbox", "Ferry timetable", "Inbox"],
  accounts: ["Work", "lena@harbour.example"],
};
const hints = (text: string) => hintsFor(typingIn(text), known).map((hint) => hint.token);
const taken = (text: string, ended = false) => {
  const { chips, text: rest } = takeChips(text, ended);
  return [chips.map((chip) => chip.token), rest];
};

describe("chips", () => {
  it("are finished operators, and nothing else", () => {
    expect(taken("from:amara ")).toEqual([["from:amara"], ""]);
    expect(taken("from:amara"), "it may go on").toEqual([[], "from:amara"]);
    expect(taken("from:amara", true), "Enter ends it").toEqual([["from:amara"], ""]);
    expect(taken('quarterly from:"Amara Okafor" has:attachment rep')).toEqual([
      ['from:"Amara Okafor"', "has:attachment"],
      "quarterly rep",
    ]);
    expect(taken('from:"Amara Ok', true), "the phrase is still open").toEqual([[], 'from:"Amara Ok']);
    expect(taken("has:wings http://a is: ", true), "words").toEqual([[], "has:wings http://a is: "]);
  });
  it("stay where they are beside an OR or parentheses", () => {
    expect(taken("from:a OR from:b ", true)).toEqual([[], "from:a OR from:b "]);
    expect(taken("-(from:a is:unread) in:b ", true)).toEqual([[], "-(from:a is:unread) in:b "]);
  });
  it("know their operator whatever its case, and a minus", () => {
    expect(chipOf("-IS:Unread")).toEqual({
      token: "-IS:Unread",
      operator: "is",
      value: "Unread",
      negative: true,
    });
    expect(
      ["after:2026-11", "older:2w", "larger:1.5M", "smaller:500", "cc:lena", "is:answered", "type:pdf"].map(
        chipOf,
      ),
    ).not.toContain(null);
    expect(["after:noon", "larger:life", "is:bird", "of:lena", "from:"].map(chipOf)).toEqual(
      Array(5).fill(null),
    );
  });
});

it("asks for the chips and then the words, and for nothing where an operator still wants its value", () => {
  const { chips, text } = takeChips("has:attachment quarterly", true);
  expect(queryOf(chips, text)).toBe("has:attachment quarterly");
  expect(queryOf(chips, "from:")).toBe("has:attachment");
  expect(queryOf([], "boat -in:")).toBe("boat");
  expect(queryOf([], "http:"), "that is no operator").toBe("http:");
});

it("writes a value with spaces in quotes, and never breaks out of them", () => {
  expect(tokenOf("from", 'Amara "the" Okafor', true)).toBe('-from:"Amara  the  Okafor"');
  expect(tokenOf("in", "Inbox")).toBe("in:Inbox");
});

describe("hints", () => {
  it("offer operators to an empty field and to a beginning, and nothing to one letter", () => {
    expect(hints("")).toHaveLength(21);
    expect(hints("boat "), "nothing covers the results").toEqual([]);
    expect(hints("b")).toEqual([]);
    expect(hints("boat be")).toEqual(["before:"]);
    expect(hints("fi")).toEqual(["filename:"]);
    expect(hints("-su")).toEqual(["-subject:"]);
    expect(hints("quarterly")).toEqual([]);
  });
  it("offer what an operator takes", () => {
    expect(hints("from:am")).toEqual(['from:"Amara Okafor"', 'from:"Amara Ferry"']);
    expect(hints("boat in:f")).toEqual(['in:"Ferry timetable"']);
    expect(hints("in:")).toEqual(["in:Inbox", 'in:"Ferry timetable"']);
    expect(hints("is:un")).toEqual(["is:unread"]);
    expect(hints("cc:am")).toHaveLength(2);
    expect(hints("account:w")).toEqual(["account:Work"]);
    expect(hints("type:p")).toEqual(["type:pdf", "type:presentation"]);
    expect(hints("older:")).toEqual(["older:7d", "older:2w", "older:3m", "older:1y"]);
    expect(hints('-in:"ferry t')).toEqual(['-in:"Ferry timetable"']);
    expect(hints("from:")).toEqual([]);
    expect(hints("http:")).toEqual([]);
  });
  it("replace what is being typed and nothing before it", () => {
    expect(typingIn('boat in:"ferry t').before).toBe("boat ");
    expect(typingIn("-fr").before).toBe("");
  });
});

it("adds a token to a query and takes it away", () => {
  expect(withToken('boat "red one"', "-in:trash", true)).toBe('boat "red one" -in:trash');
  expect(withToken("boat -IN:trash x", "-in:trash", false)).toBe("boat x");
  expect(hasToken("boat Sort:best", "sort:best")).toBe(true);
  expect(hasToken("in:trash", "-in:trash")).toBe(false);
});
