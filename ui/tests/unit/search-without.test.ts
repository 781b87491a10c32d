// A query from which a chip goes: it means the rest, with nothing in it that binds what is not there, whatever stood around.
import { describe, expect, it } from "vitest";
import { isBest, withBest } from "../../src/state/bestFirst";
import { withToken } from "../../src/state/search";
import { cut, type Piece } from "../../src/state/searchPieces";
import { done, queryOf, withoutChips } from "../../src/state/searchTyping";
import { without } from "../../src/state/searchWithout";

const X = "from:x";
const isX = ({ text }: Piece) => text.replace(/^-/u, "") === X;
const left = (query: string) => without(query, isX).trim();

describe("what is left of a query", () => {
  it.each([
    ["a AND from:x AND b", "a AND b"],
    ["a AND from:x", "a"],
    ["from:x AND a", "a"],
    ["a from:x AND b", "a AND b"],
    ["a AND from:x b", "a AND b"],
    ["a NOT from:x", "a"],
    ["a AND NOT from:x AND NOT b", "a AND NOT b"],
    ["a NOT AND from:x b", "a b"],
    ["a -from:x AND from:x AND b", "a AND b"],
    ["a OR from:x", "a"],
    ["from:x OR a", "a"],
    ["a OR from:x OR b", "a OR b"],
    ["(from:x)", ""],
    ["a (from:x)", "a"],
    ["a OR (from:x)", "a"],
    ["a AND -(from:x) AND b", "a AND b"],
    ["a NOT (from:x AND from:x)", "a"],
    ["subject:(from:x)", ""],
    ["((from:x) ())", ""],
    ["(a AND from:x) OR b", "(a) OR b"],
    ["(from:x AND a)", "(a)"],
    ["(from:x", ""],
    ["a AND (b from:x", "a AND (b"],
    ["a AND () AND from:x", "a AND ()"],
    ["a) AND from:x", "a)"],
    ['"a AND from:x" AND from:x', '"a AND from:x"'],
    ["from:x kettle OR", "kettle OR"],
    ["a AND from:x AND", "a"],
  ])("%s is %s", (query, expected) => {
    expect(left(query)).toBe(expected);
  });
});

/** What a query means and what is odd about it, as the engine reads it (crates/store/src/search/query.rs); from:x asks for nothing. */
function read(query: string): { means: string; odd: number } {
  const pieces = cut(query);
  let odd = 0;
  let at = 0;
  const all = (depth: number): string | null => {
    const choices: string[][] = [];
    let or = false;
    let before: "nothing" | "something" | "between" = "nothing";
    let not: boolean | null = null;
    const end = () => {
      if (before === "between" || not !== null) odd += 1;
      const parts = choices.map((one) => (one.length > 1 ? `{${one.join("|")}}` : one.join("")));
      return parts.length > 1 ? `[${parts.join(" ")}]` : (parts[0] ?? null);
    };
    for (let piece = pieces[at]; piece !== undefined; piece = pieces[at]) {
      at += 1;
      const { kind } = piece;
      if (kind === "close") {
        if (depth > 0) return end();
        continue;
      }
      if (kind === "not") {
        not = not !== true;
        continue;
      }
      if (kind === "or" || kind === "and") {
        const binds = before === "something" && not === null;
        if (binds) {
          or ||= kind === "or" && choices.length > 0;
          before = "between";
        } else odd += 1;
        continue;
      }
      let turned = not === true;
      if (piece.text.startsWith("-")) turned = !turned;
      const text = piece.text.replace(/^-/u, "");
      const node = kind === "open" ? all(depth + 1) : text === X ? null : text;
      not = null;
      before = "something";
      if (node === null) continue;
      const meant = turned ? `!${node}` : node;
      if (or) choices.at(-1)?.push(meant);
      else choices.push([meant]);
      or = false;
    }
    return end();
  };
  return { means: all(0) ?? "", odd };
}

/** All queries of so many pieces. */
function* queries(most: number, before: readonly string[] = []): Generator<string> {
  if (before.includes(X)) yield before.join(" ");
  if (before.length === most) return;
  for (const piece of ["a", X, "AND", "OR", "NOT", "(", ")", "-("]) yield* queries(most, [...before, piece]);
}

it("means what it meant, and has nothing more that is odd, in all queries of five pieces", () => {
  let seen = 0;
  for (const query of queries(5)) {
    const rest = without(query, isX);
    const told = `“${query}” is “${rest}”`;
    const [was, is] = [read(query), read(rest)];
    if (cut(rest).some(isX)) expect.unreachable(told);
    if (was.means !== is.means || is.odd > was.odd) expect.unreachable(`${told}: ${was.means}, ${is.means}`);
    seen += 1;
  }
  expect(seen).toBeGreaterThan(10_000);
});

it("is what the chips of the strip leave", () => {
  expect(withToken("a AND -in:trash AND b", "-in:trash", false)).toBe("a AND b");
  expect(withToken("a AND NOT in:trash", "-in:trash", false).trim()).toBe("a");
  expect(withBest("kettle AND (sort:best) AND boat", false)).toBe("kettle AND boat");
  expect(withBest("kettle OR sort:best", false).trim()).toBe("kettle");
  expect(isBest(withBest("kettle AND sort:best", false))).toBe(false);
});

describe("a chip of the field", () => {
  const after = (query: string, ...tokens: string[]) => {
    const field = done(query);
    return queryOf(
      withoutChips(
        field,
        field.chips.filter(({ token }) => tokens.includes(token)),
      ),
    ).trim();
  };
  it("takes along what held it to the rest", () => {
    expect(after("a AND from:x AND b", X)).toBe("a AND b");
    expect(after("a AND from:x", X)).toBe("a");
    expect(after("from:x AND to:y AND a", X)).toBe("to:y AND a");
    expect(after("from:x AND to:y AND a", X, "to:y")).toBe("a");
    expect(after("a AND NOT from:x AND NOT b", "-from:x")).toBe("a AND NOT b");
    expect(after("a AND from:x AND from:x AND b", X)).toBe("a AND b");
  });
  it("leaves what is being typed as it is, sign by sign", () => {
    const [first] = done("from:x boat").chips;
    const field = { chips: first === undefined ? [] : [first], text: "boat  AND  oran" };
    expect(withoutChips(field, field.chips)).toEqual({ chips: [], text: "boat  AND  oran" });
  });
  it("that still wants its value leaves no AND alone in what is asked meanwhile", () => {
    expect(queryOf({ chips: [], text: "kettle AND from: AND boat" })).toBe("kettle AND boat");
    expect(queryOf({ chips: [], text: "kettle AND from:" }).trim()).toBe("kettle");
  });
});
