// What a search is written in: which pieces can be chips, and what is offered. What is typed is in search-typing.test.ts.
import { describe, expect, it } from "vitest";
import { chipOf, hasToken, hintsFor, tokenOf, typingIn, withToken } from "../../src/state/search";

const known = {
  people: [
    { asked: "Amara Okafor", said: "Amara Okafor" },
    { asked: "ferry@harbour.example", said: "Amara Ferry · ferry@harbour.example" },
  ],
  folders: [
    { name: "Inbox", path: "Inbox" },
    { name: "Inbox", path: "Work/Inbox" },
    { name: "Inbox", path: "lena@harbour.example/Inbox" },
    { name: "Ferry timetable", path: "Ferry timetable" },
  ],
  accounts: ["Work", "lena@harbour.example"],
  tags: ["$forwarded", "keel", "work"],
  lists: [
    { list: "rust-users.example", name: "Users of Rust" },
    { list: "crew.example", name: "Crew" },
  ],
};
const hints = (text: string, caret?: number) =>
  hintsFor(typingIn(text, caret), known).map((hint) => hint.token);
describe("chips", () => {
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

it("know the signs that keyboards of other scripts and word processors write", () => {
  const [value, negative] = ["Amara Okafor", true];
  for (const token of ["-from:“Amara Okafor”", "－from：«Amara Okafor»", "-FROM：„Amara Okafor“"])
    expect(chipOf(token), token).toEqual({
      token,
      operator: token.slice(1, 5).toLowerCase(),
      value,
      negative,
    });
  expect(chipOf("from：amara")?.value).toBe("amara");
  expect(hints("from：am")).toHaveLength(2);
  expect(hints("in:“ferry t")).toEqual(['in:"Ferry timetable"']);
  expect(hints("（fro")).toEqual(["from:"]);
  expect(tokenOf("in", "«Ferien»"), "a name with such signs stands in quotes").toBe('in:"«Ferien»"');
});

it("take days and sizes as they are written elsewhere, as the engine does", () => {
  const days = ["23.11.2026", "11/23/2026", "11.2026", "20261123", "2026/11"].map((day) => `on:${day}`);
  const sizes = ["5MiB", "1,5mb", '"1 M"', "500", "2g"].map((size) => `larger:${size}`);
  expect([...days, ...sizes].map(chipOf)).not.toContain(null);
  const none = ["on:23.11-2026", "on:23.11.26", "larger:1,5,5m", "larger:5x"].map(chipOf);
  expect(none).toEqual([null, null, null, null]);
});

it("writes a value with spaces in quotes, and never breaks out of them", () => {
  expect(tokenOf("from", 'Amara "the" Okafor', true)).toBe('-from:"Amara  the  Okafor"');
  expect(tokenOf("in", "Inbox")).toBe("in:Inbox");
});

describe("hints", () => {
  it("offer operators to an empty field and to a beginning, and nothing to one letter", () => {
    expect(hints("")).toHaveLength(22);
    expect(hints("boat "), "nothing covers the results").toEqual([]);
    expect(hints("lamp", 0), "nor the words behind the caret").toEqual([]);
    expect(hints("b")).toEqual([]);
    expect(hints("boat be")).toEqual(["before:"]);
    expect(hints("fi")).toEqual(["filename:"]);
    expect(hints("-su")).toEqual(["-subject:"]);
    expect(hints("quarterly")).toEqual([]);
  });
  it("offer what an operator takes", () => {
    expect(hints("from:am")).toEqual(['from:"Amara Okafor"', "from:ferry@harbour.example"]);
    expect(hints("boat in:f")).toEqual(['in:"Ferry timetable"']);
    const inboxes = ["in:Inbox", "in:Work/Inbox", "in:lena@harbour.example/Inbox"];
    expect(hints("in:")).toEqual([...inboxes, 'in:"Ferry timetable"']);
    expect(hints("in:inb"), "those of one name are told apart").toEqual(inboxes);
    expect(hints("in:work/"), "by what they stand in").toEqual(["in:Work/Inbox"]);
    const abroad = { ...known, folders: ["Réunions", "Łódź"].map((name) => ({ name, path: name })) };
    expect(hintsFor(typingIn("in:reu"), abroad), "case and accents make no difference").toEqual([
      { token: "in:Réunions", finished: true },
    ]);
    expect(hints("is:un")).toEqual(["is:unread"]);
    expect(hints("cc:am")).toHaveLength(2);
    expect(hints("account:w")).toEqual(["account:Work"]);
    expect(hints("tag:")).toEqual(["tag:$forwarded", "tag:keel", "tag:work"]);
    expect(hints("boat -tag:k")).toEqual(["-tag:keel"]);
    expect(hints("type:p")).toEqual(["type:pdf", "type:presentation"]);
    expect(hints("older:")).toEqual(["older:7d", "older:2w", "older:3m", "older:1y"]);
    expect(hints('-in:"ferry t')).toEqual(['-in:"Ferry timetable"']);
    expect(hints("from:")).toEqual([]);
    expect(hints("http:")).toEqual([]);
  });
  it("offer all people that there are, up to twenty, and say who of one name is meant", () => {
    const people = Array.from({ length: 30 }, (_, at) => ({ asked: `a${at}`, said: `A · a${at}` }));
    const offered = hintsFor(typingIn("-from:a"), { ...known, people });
    expect(offered.map(({ token }) => token)).toEqual(
      people.slice(0, 20).map(({ asked }) => `-from:${asked}`),
    );
    expect(offered[1]?.said).toBe("A · a1");
    expect(hintsFor(typingIn("from:ama"), known)).toEqual([
      { token: 'from:"Amara Okafor"', finished: true },
      {
        token: "from:ferry@harbour.example",
        finished: true,
        said: "Amara Ferry · ferry@harbour.example",
      },
    ]);
  });
  it("offer OR, AND and NOT where they bind something, written large", () => {
    expect([hints("red AN"), hints("red NO"), hints("red OR"), hints("(a) NOT")]).toEqual([
      ["AND"],
      ["NOT"],
      ["OR"],
      ["NOT"],
    ]);
    expect(hints("NO"), "a NOT may be the first").toEqual(["NOT"]);
    expect([hints("AN"), hints("red or"), hints("red OR AN"), hints("red N"), hints("red NOTE")]).toEqual(
      Array(5).fill([]),
    );
    expect(typingIn("red NO").before, "and what stands before is left").toBe("red ");
  });
  it("offer mailing lists by their List-Id, whichever name one begins with", () => {
    expect(hints("list:")).toEqual(["list:rust-users.example", "list:crew.example"]);
    expect(hints("list:us")).toEqual(["list:rust-users.example"]);
    expect(hints("-list:CR")).toEqual(["-list:crew.example"]);
  });
  it("are offered behind a parenthesis, and not within quotes", () => {
    expect(hints("(fro")).toEqual(["from:"]);
    expect(hints("red (from:am")).toHaveLength(2);
    expect(hints("(red OR (is:st")).toEqual(["is:starred"]);
    expect(hints("-(in:f")).toEqual(['in:"Ferry timetable"']);
    expect(hints("(")).toEqual([]);
    expect(hints('"red (fro')).toEqual([]);
  });
  it("belong to what stands at the caret", () => {
    expect(hints("fro boat", 3)).toEqual(["from:"]);
    expect(typingIn("red fro boat", 7)).toMatchObject({ before: "red ", after: " boat" });
    expect(hints("(from:am) boat", 8)).toHaveLength(2);
    expect(hints("boat fro", 4), "at the end of another word").toEqual([]);
    expect(hints("from:am boat", 2), "within a word").toEqual([]);
  });
  it("replace what is being typed and nothing before it", () => {
    expect(typingIn('boat in:"ferry t').before).toBe("boat ");
    expect(typingIn("-fr").before).toBe("");
  });
});

it("adds a token to a query and takes it away", () => {
  expect(withToken('boat "red one"', "-in:trash", true)).toBe('-in:trash boat "red one"');
  expect(withToken("boat -IN:trash x", "-in:trash", false)).toBe("boat x");
  expect(withToken("is:unread AND boat", "is:unread", false), "no AND without a neighbour is left").toBe(
    "boat",
  );
  expect(hasToken("boat Sort:best", "sort:best")).toBe(true);
  expect(hasToken("in:trash", "-in:trash")).toBe(false);
});

describe("a token that is added", () => {
  it("is one, however often it is pressed, and nothing that is still being typed takes it", () => {
    for (const query of ['"red boat', "kettle OR", "kettle OR dish", "(red", "OR red", "in:", "red "]) {
      const once = withToken(query, "-in:trash", true);
      expect(hasToken(once, "-in:trash"), query).toBe(true);
      expect(withToken(once, "-in:trash", false), query).toBe(query === "OR red" ? "red" : query);
    }
    expect(withToken('"red boat', "-in:trash", true)).toBe('-in:trash "red boat');
    expect(withToken("kettle OR", "-in:trash", true)).toBe("-in:trash kettle OR");
    expect(withToken("OR red", "-in:trash", true), "an OR in front means nothing").toBe("-in:trash red");
    expect(withToken("AND NOT red", "-in:trash", true)).toBe("-in:trash NOT red");
  });
  it("is not what stands within an OR, parentheses or quotes", () => {
    for (const query of ["red OR -in:trash", "-in:trash OR red", "(red -in:trash)", '"red -in:trash"'])
      expect(hasToken(query, "-in:trash"), query).toBe(false);
    expect(hasToken("red NOT in:trash", "-in:trash"), "a NOT is its minus").toBe(true);
    expect(withToken("red AND NOT in:trash y", "-in:trash", false)).toBe("red AND y");
    expect(hasToken("red NOT -in:trash", "-in:trash")).toBe(false);
    expect(withToken("x OR -in:trash -in:trash y", "-in:trash", false)).toBe("x OR -in:trash y");
  });
});
