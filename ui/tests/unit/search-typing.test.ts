// The search field as it is typed, letter by letter: which pieces become chips, when they are text again, and what is asked.
import { describe, expect, it } from "vitest";
import { done, NOTHING_TYPED, queryOf, retype, takeChips, type Typed } from "../../src/state/searchTyping";

const taken = (text: string, ended = false) => {
  const { chips, text: rest } = takeChips(text, ended ? null : text.length);
  return [chips.map((chip) => chip.token), rest];
};
/** Typed letter by letter at the end of the field, or where the caret is. */
const typed = (letters: string, from: Typed & { caret?: number } = NOTHING_TYPED) => {
  let field = { ...from, caret: from.caret ?? from.text.length };
  for (const letter of letters) {
    const text = field.text.slice(0, field.caret) + letter + field.text.slice(field.caret);
    field = retype(field, text, field.caret + 1);
  }
  return field;
};
const seen = (field: Typed) => [field.chips.map((chip) => chip.token), field.text];

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
  it("are text again, where they stood, once an OR or a parenthesis is typed", () => {
    for (const query of [
      "red from:a OR from:b ",
      "boat from:a OR red",
      "boat in:trash OR in:junk x",
      "red from:a blue is:unread OR x",
      "4711 from:jonas (red OR blue) ",
      'from:"Amara Okafor" kettle -(red boat) ',
    ]) {
      expect(seen(typed(query)), query).toEqual([[], query]);
      expect(queryOf(typed(query)), query).toBe(query);
    }
  });
  it("have the minus of the NOT before them", () => {
    expect(taken("NOT from:a red ", true)).toEqual([["-from:a"], "red "]);
    expect(taken("red NOT NOT from:a NOT -is:unread ", true)).toEqual([["from:a", "is:unread"], "red "]);
    expect(seen(typed("red NOT from:a"))).toEqual([[], "red NOT from:a"]);
    expect(seen(typed("red NOT from:a "))).toEqual([["-from:a"], "red "]);
    expect(queryOf(typed("red NOT from:a blue"))).toBe("red -from:a blue");
    expect(seen(typed("NOT red AND from:a ")), "a word keeps its NOT").toEqual([["from:a"], "NOT red AND "]);
    expect(queryOf(typed("NOT red AND from:a "))).toBe("NOT red AND from:a ");
    expect(seen(typed("NOT (from:a) ")), "and so do parentheses").toEqual([[], "NOT (from:a) "]);
  });
  it("wait until an OR is known to be one", () => {
    expect(seen(typed("red from:a OR"))).toEqual([["from:a"], "red OR"]);
    expect(queryOf(typed("red from:a OR")), "and are asked in their place").toBe("red from:a OR");
    expect(seen(typed("red from:a ORANGE "))).toEqual([["from:a"], "red ORANGE "]);
  });
  it("are chips again once the OR is gone", () => {
    const { text, chips } = typed("red from:a OR ");
    expect(seen(retype({ text, chips }, "red from:a "))).toEqual([["from:a"], "red "]);
  });
  it("keep their place while the text before and behind them changes", () => {
    const field = typed("red from:a blue");
    expect(seen(field)).toEqual([["from:a"], "red blue"]);
    expect(queryOf(typed("dish ", { ...field, caret: 0 }))).toBe("dish red from:a blue");
    expect(queryOf(retype(field, "blue", 0)), "a word before is gone").toBe("from:a blue");
    expect(queryOf(retype(field, "red", 3)), "words behind are gone").toBe("red from:a ");
    expect(queryOf(retype(field, "redblue", 3)), "a word over its place").toBe("from:a redblue");
    expect(queryOf(retype(field, '"red blue', 1)), "quotes over its place").toBe('from:a "red blue');
    expect(queryOf(retype(field, "x", 1)), "all is replaced").toBe("from:a x");
  });
  it("at the end leave the words before them to Backspace, to a letter that is composed and to another word", () => {
    let field = typed("lamp from:amara ");
    expect(seen(field)).toEqual([["from:amara"], "lamp "]);
    for (const text of ["lamp", "lam", "la"]) {
      field = retype(field, text);
      expect(field).toMatchObject({ text, caret: text.length });
    }
    expect(queryOf(field)).toBe("la from:amara ");
    let ended = done("lamp from:amara");
    for (const text of ["lam", "la", "l", ""]) ended = retype(ended, text);
    expect(queryOf(ended)).toBe("from:amara ");
    let other = done("4711 from:jonas");
    for (const text of ["b", "bo", "boa", "boat"]) other = retype(other, text);
    expect(other.text, "all was chosen and typed over").toBe("boat");
    expect(queryOf({ chips: other.chips, text: other.text })).toMatch(/boat/u);
    const composed = retype(done("会議 from:amara"), "に会議", 1);
    expect(composed).toMatchObject({ text: "に会議", caret: 1 });
  });
  it("are none within parentheses that an operator stands before", () => {
    const field = typed("subject:(final drawings) -in:(trash junk) ");
    expect(seen(field)[0]).toEqual([]);
    expect(queryOf(field)).toBe("subject:(final drawings) -in:(trash junk) ");
  });
  it("are not taken out of what is being typed in the middle", () => {
    const field = typed("from:am", { ...NOTHING_TYPED, text: " lamp", caret: 0 });
    expect(seen(field)).toEqual([[], "from:am lamp"]);
    expect(seen(typed(" ", field))).toEqual([["from:am"], "lamp"]);
    expect(typed(" ", field).caret, "one goes on where one was").toBe(0);
  });
});

describe("what is asked", () => {
  it("stands in the order in which it was typed, and asks for nothing where an operator still wants its value", () => {
    expect(queryOf(takeChips("has:attachment quarterly", null))).toBe("has:attachment quarterly");
    expect(queryOf(typed("has:attachment from:"))).toBe("has:attachment ");
    expect(queryOf(typed("boat -in:"))).toBe("boat ");
    expect(queryOf(typed("http:")), "that is no operator").toBe("http:");
    expect(queryOf(typed("from: "))).toBe("");
    expect(queryOf({ chips: [], text: "from: lamp" }), "also before other words").toBe("lamp");
  });
  it("says with a space that the last word is whole", () => {
    expect(queryOf(typed("  boat"))).toBe("boat");
    expect(queryOf(typed("boat  "))).toBe("boat ");
    expect(queryOf(typed("4711 from:jonas ")), "a chip behind it").toBe("4711 from:jonas ");
    expect(queryOf(typed("from:jonas 4711"))).toBe("from:jonas 4711");
    expect(queryOf(done("from:jonas 4711")), "after Enter").toBe("from:jonas 4711 ");
    expect(seen(done("4711 from:jonas"))).toEqual([["from:jonas"], "4711"]);
    expect(queryOf(typed("0", done("4711 from:jonas"))), "and one may go on").toBe("from:jonas 47110");
  });
});
