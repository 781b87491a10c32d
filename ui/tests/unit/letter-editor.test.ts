// The parts of the editor that need no cursor.
import { expect, it } from "vitest";
import { linkFrom, ownTextOf } from "../../src/views/compose/letterEditor";

it.each([
  ["nordlicht.example", "https://nordlicht.example"],
  [" https://a.example/x ", "https://a.example/x"],
  ["lena@a.example", "mailto:lena@a.example"],
  ["localhost.example:8080/x", "https://localhost.example:8080/x"],
])("makes a link of %s", (typed, link) => expect(linkFrom(typed)).toBe(link));

it.each(["", "javascript:alert(1)", "two words", "file:///etc/passwd", "lena"])("makes none of %j", (typed) =>
  expect(linkFrom(typed)).toBeNull(),
);

it("reads the own words and not the quoted ones", () => {
  const root = document.createElement("div");
  root.innerHTML = "<div>Yes.</div><blockquote>see attached<div>deeper</div></blockquote><div>Lena</div>";
  expect(ownTextOf(root)).toBe("Yes.\nLena\n\n");
});

it("sees through the hard and the invisible spaces that an editor leaves", () => {
  const root = document.createElement("div");
  root.innerHTML = "<div>I&nbsp;<b>\u200battach</b></div>";
  expect(ownTextOf(root).trim()).toBe("I attach");
});
