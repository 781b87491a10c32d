// Times, sizes, names, and that no sentence is missing.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { usual, useLooks } from "../../src/state/looks";
import { rowsSaid } from "../../src/state/rowsSaid";
import { peopleSaid } from "../../src/words/people";
import { hasWords, say } from "../../src/words";
import { calledName, colourOf, firstName, initials, nameOf } from "../../src/words/address";
import { fileSize, letterTime, shortTime, timeLeft } from "../../src/words/times";

const now = new Date(2026, 10, 23, 11, 0).getTime();
const at = (...parts: [number, number, number, number, number]) => new Date(...parts).getTime();

describe("times", () => {
  it("are short where they are near, and longer where they are far", () => {
    expect(shortTime(at(2026, 10, 23, 10, 42), now)).toBe("10:42");
    expect(shortTime(at(2026, 10, 22, 23, 59), now)).toBe("Yesterday");
    expect(shortTime(at(2026, 10, 20, 8, 0), now)).toBe("Fri");
    expect(shortTime(at(2026, 2, 3, 8, 0), now)).toBe("3 Mar");
    expect(shortTime(at(2024, 2, 3, 8, 0), now)).toBe("3 Mar 2024");
  });
  it("have the hour in a conversation", () => {
    expect(letterTime(at(2026, 10, 19, 16, 20), now)).toBe("Thu 16:20");
  });
  it("say a letter of tomorrow by its date and not as if it were of today", () => {
    expect(shortTime(at(2026, 10, 25, 8, 0), now)).toBe("25 Nov");
    expect(letterTime(at(2026, 10, 25, 8, 0), now)).toBe("25 Nov 08:00");
  });
  it("guess what is left in round numbers", () => {
    expect(timeLeft(18)).toBe("about 20 s left");
    expect(timeLeft(1)).toBe("about 5 s left");
    expect(timeLeft(170)).toBe("about 3 min left");
    expect(timeLeft(7300)).toBe("about 2 h left");
  });
});

describe("people", () => {
  it("are not called by an address that is another's", () => {
    const named = (name: string, email = "x@evil.example") => nameOf({ name, email });
    expect(named("Jonas")).toBe("Jonas");
    expect(named("X@Evil.example")).toBe("X@Evil.example");
    expect(named("Jonas @ Fjord")).toBe("Jonas @ Fjord");
    expect(named("x@evil.example."), "no address, as the engine reads it").toBe("x@evil.example.");
    for (const name of ["service@bank.example", "Bank (service@bank.example)", "service\uff20bank.example"])
      expect(named(name)).toBe(`x@evil.example \u201c${name}\u201d`);
  });
});

describe("sizes", () => {
  it("count as file managers do", () => {
    expect([2_100_000_000, 15_000_000_000, 999_960_000].map(fileSize)).toEqual(["2.1 GB", "15 GB", "1 GB"]);
    expect([0, 1].map(fileSize)).toEqual(["0 bytes", "1 byte"]);
    expect([12, 640_000, 2_100_000, 999_700].map(fileSize)).toEqual([
      "12 bytes",
      "640 KB",
      "2.1 MB",
      "1.0 MB",
    ]);
  });
});

describe("names", () => {
  it("become two letters in any script", () => {
    expect(
      ["Amara Okafor", "Stadtwerke", "amara@kustwerk.example", "佐藤 結衣", "دانا خوري", ""].map(initials),
    ).toEqual(["AO", "ST", "AM", "佐結", "دخ", "?"]);
  });
  it("are short where there is a first name", () => {
    expect(firstName("Amara Okafor")).toBe("Amara");
    expect(firstName("amara@kustwerk.example")).toBe("amara@kustwerk.example");
  });
  it("are short for people only: the first word of a firm is not its first name", () => {
    const called = (name: string | null, email: string) => calledName({ name, email });
    expect(called("Amara Okafor", "amara@kustwerk.example")).toBe("Amara");
    expect(called("Jérôme Petit", "petit.jerome@x.example"), "without accents in the address").toBe("Jérôme");
    expect(called("Ferry Trust", "post@ferrytrust.example")).toBe("Ferry Trust");
    expect(called("Lena Brandt", "lb@nordlicht.example")).toBe("Lena Brandt");
    expect(called(null, "news@x.example")).toBe("news@x.example");
  });
  it("keep their colour whatever the case of the address", () => {
    expect(colourOf("Amara@Kustwerk.example")).toBe(colourOf("amara@kustwerk.example"));
  });
});

const root = join(import.meta.dirname, "../../src");
const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name));

it("has one place that says in which language it speaks", () => {
  // The engine in memory writes as the engine does; of days it is the order that differs, which the person's own language tells.
  const isElse = (name: string) =>
    !/^(?:ipc\/memory|words\/(?:locale|days)\.ts)/.test(name.replaceAll("\\", "/"));
  const own = files.filter(isElse).filter((name) => {
    const text = readFileSync(join(root, name), "utf8");
    return /"en(?:-[A-Z]+)?"|\.toLocale\w*\(\)|new Intl\.(?:Number|DateTime|List|PluralRules|RelativeTime)\w*\((?!LOCALE)/.test(
      text,
    );
  });
  expect(own).toEqual([]);
});

describe("sentences", () => {
  it("count one and many", () => {
    expect(say("done-archived", { rows: rowsSaid(1) })).toBe("Archived 1 conversation");
    const moved = { rows: rowsSaid(3), folder: "Lighthouse" };
    expect(say("done-moved", moved)).toBe("Moved 3 conversations to Lighthouse");
    useLooks.setState({ everywhere: { ...usual, grouping: "messages" } });
    expect(rowsSaid(1), "where each letter has a row").toBe("1 letter");
    useLooks.setState({ everywhere: usual });
  });
  it("stand where nobody says who a letter is from", () => {
    expect(peopleSaid({ people: [], avatar: "" }).lead).toBe("(no sender)");
    expect(peopleSaid({ people: [], avatar: "a@b.example" }).lead).toBe("a@b.example");
  });
  it("speak of one as of one", () => {
    const both = (id: string) => [1, 2].map((n) => say(id, { n }));
    expect(both("folder-empty-keep")).toEqual(["Keep it", "Keep them"]);
    expect(both("keeping-free-keep")).toEqual(["Keep it here", "Keep them here"]);
    expect(both("protocol-choice-keep").map((said) => said.split(" on ")[0])).toEqual([
      "Keep it",
      "Keep them",
    ]);
    expect(both("letters-hidden")).toEqual(["1 more letter", "2 more letters"]);
    expect(both("done-in-trash-already")[0]).toBe(
      "It is in Trash already. Open Trash to delete it for good.",
    );
  });
  it("are there for every id that the source names", () => {
    const missing = files.flatMap((name) =>
      [...readFileSync(join(root, name), "utf8").matchAll(/\bsay\(\s*"([^"]+)"/g)]
        .map((match) => match[1] ?? "")
        .filter((id) => !hasWords(id))
        .map((id) => `${name}: ${id}`),
    );
    expect(missing, "every sentence stands in words/").toEqual([]);
    expect(hasWords("no-such-sentence"), "the check can fail").toBe(false);
  });
});
