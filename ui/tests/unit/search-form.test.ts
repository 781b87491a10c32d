// The form of the search writes the query that one could type, and reads it back.
import { expect, it } from "vitest";
import { EMPTY, formOf, queryOfForm } from "../../src/state/searchForm";

it("writes operators, words and what is not wanted", () => {
  const form = {
    ...EMPTY,
    words: "red boat",
    not: "old draft",
    from: "Amara Okafor",
    cc: "jonas",
    list: "rust",
    folder: "Ferry timetable",
    kind: "any",
    state: "unread",
    after: "2026-11-01",
    on: "2026-11-23",
    tag: "work",
    larger: "1M",
    smaller: "5M",
    order: "best",
  };
  const query =
    'from:Amara from:Okafor cc:jonas list:rust in:"Ferry timetable" has:attachment is:unread after:2026-11-01 ' +
    "on:2026-11-23 tag:work larger:1M smaller:5M sort:best red boat -old -draft";
  expect(queryOfForm(form)).toBe(query);
  expect(formOf(query)).toEqual(form);
  expect(queryOfForm(EMPTY)).toBe("");
});

it("leaves among the words what it has no field for", () => {
  const query = "on:2026-11 in:a in:b -in:trash type:pdf";
  expect(formOf(query)).toEqual({ ...EMPTY, folder: "a", kind: "pdf", words: "on:2026-11 in:b -in:trash" });
  const together = "(from:a OR from:b) is:unread";
  expect(formOf(together)).toEqual({ ...EMPTY, words: together });
  expect(queryOfForm(formOf(together))).toBe(together);
});

it("means words in any order, and a phrase where quotes are typed, in every field alike", () => {
  const form = {
    ...EMPTY,
    from: '"Amara Okafor" ferry',
    to: "lena vogt",
    subject: 'final "red boat" 4711',
    body: "lamp room",
    filename: "plan b",
    not: '"old draft" blue',
  };
  const query =
    'from:"Amara Okafor" from:ferry to:lena to:vogt subject:final subject:"red boat" subject:4711 body:lamp body:room ' +
    'filename:plan filename:b -"old draft" -blue';
  expect(queryOfForm(form)).toBe(query);
  expect(formOf(query)).toEqual(form);
});

it("closes what is open, so that nothing swallows what follows", () => {
  const of = (words: string, not = "old") => queryOfForm({ ...EMPTY, words, not });
  expect(of('"red boat')).toBe('"red boat" -old');
  expect(of('x (red "blue boat')).toBe('x (red "blue boat") -old');
  expect(of("((red) OR")).toBe("((red)) -old");
  expect(of("red OR")).toBe("red -old");
  expect(of("red", '"old draft')).toBe('red -"old draft"');
  expect(of("red", "old OR (blue -draft)")).toBe("red -old -blue -draft");
  expect(queryOfForm({ ...EMPTY, state: "unread", words: "OR red" })).toBe("is:unread red");
  expect(of("red AND")).toBe("red -old");
  expect(of("red NOT")).toBe("red -old");
});

it("knows NOT and AND, and writes a minus for the one and nothing for the other", () => {
  expect(formOf('red AND NOT old NOT from:a NOT "blue boat" subject:x')).toMatchObject({
    words: "red -from:a",
    not: 'old "blue boat"',
    subject: "x",
  });
  expect(formOf("NOT NOT red")).toMatchObject({ words: "red", not: "" });
  expect(formOf("NOT (red blue)")).toMatchObject({ words: "NOT (red blue)" });
  expect(queryOfForm({ ...EMPTY, from: "amara NOT ferry", words: "red NOT old", not: "NOT blue" })).toBe(
    "from:amara -from:ferry red NOT old -blue",
  );
  expect(queryOfForm({ ...EMPTY, subject: "-draft AND plan" })).toBe("-subject:draft subject:plan");
  expect(queryOfForm({ ...EMPTY, from: '"Amara Ok', words: "x" })).toBe('from:"Amara Ok" x');
});

it("can want only that a word is not there", () => {
  const form = { ...EMPTY, not: "boat" };
  expect(queryOfForm(form)).toBe("-boat");
  expect(formOf("-boat")).toEqual(form);
});

it("leaves days among the words that its calendar cannot show", () => {
  expect(formOf("after:7d before:2026-11 boat")).toEqual({ ...EMPTY, words: "after:7d before:2026-11 boat" });
  expect(formOf("after:2026-02-31").after).toBe("");
  expect(formOf("after:2026-11-23 before:today")).toEqual({
    ...EMPTY,
    after: "2026-11-23",
    words: "before:today",
  });
});

it("reads a query with the signs of other keyboards, and writes it so that it means the same", () => {
  const form = formOf("from：“Amara Okafor” －draft “red boat”");
  expect(form).toEqual({ ...EMPTY, from: "“Amara Okafor”", not: "draft", words: "“red boat”" });
  expect(queryOfForm(form)).toBe("from:“Amara Okafor” “red boat” -draft");
  expect(queryOfForm({ ...EMPTY, words: "“red boat", not: "old" })).toBe("“red boat” -old");
});

it("takes words that a language of programs knows for words", () => {
  for (const word of ["constructor", "toString", "__proto__", "valueOf"]) {
    expect(queryOfForm({ ...EMPTY, subject: word }), word).toBe(`subject:${word}`);
    expect(formOf(`subject:${word}`).subject, word).toBe(word);
  }
});
