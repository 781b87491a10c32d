// The form of the search writes the query that one could type, and reads it back.
import { expect, it } from "vitest";
import { EMPTY, formOf, queryOfForm } from "../../src/state/searchForm";

it("writes operators, words and what is not wanted", () => {
  const form = {
    ...EMPTY,
    words: "red boat",
    not: "old draft",
    from: "Amara Okafor",
    folder: "Ferry timetable",
    kind: "any",
    state: "unread",
    after: "2026-11-01",
    larger: "1M",
  };
  const query =
    'from:"Amara Okafor" in:"Ferry timetable" has:attachment is:unread after:2026-11-01 larger:1M red boat -old -draft';
  expect(queryOfForm(form)).toBe(query);
  expect(formOf(query)).toEqual(form);
  expect(queryOfForm(EMPTY)).toBe("");
});

it("leaves among the words what it has no field for", () => {
  const query = "list:rust from:a from:b -in:trash type:pdf";
  expect(formOf(query)).toEqual({ ...EMPTY, from: "a", kind: "pdf", words: "list:rust from:b -in:trash" });
  const together = "(from:a OR from:b) is:unread";
  expect(formOf(together)).toEqual({ ...EMPTY, words: together });
  expect(queryOfForm(formOf(together))).toBe(together);
});
