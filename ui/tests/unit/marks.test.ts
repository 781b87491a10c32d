// Where the words of a search are marked in a line.
import { expect, it } from "vitest";
import { marks, wordsOf } from "../../src/ipc/memory/marking";
import { inPieces, piecesApart } from "../../src/state/marks";

const shown = (text: string, query: string) =>
  inPieces(text, marks(query, { part: "text", text }))
    .map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
    .join("");

it("marks what the words are the beginning of, whatever their case and accents", () => {
  expect(shown("The Kettle and kettles", "kett")).toBe("The [Kett]le and [kett]les");
  expect(shown("Crème brûlée", "creme brul")).toBe("[Crème] [brûl]ée");
  expect(shown("Cre\u0300me", "crème"), "in whichever form").toBe("[Cre\u0300me]");
  expect(shown("a teakettle", "kettle"), "not in the middle of a word").toBe("a teakettle");
  expect(shown("東京都に行きました", "京都"), "but anywhere where there are no spaces").toBe(
    "東[京都]に行きました",
  );
  expect(shown("Straße 7", "strasse"), "no more than the index folds").toBe("Straße 7");
});

it("marks what is asked to be said, and nothing that is not wanted or is no word", () => {
  expect(
    wordsOf('from:Amara subject:"final drawings" -boat is:unread in:archive (lamp OR kettle) x'),
  ).toEqual(["final drawings", "kettle", "amara", "lamp"]);
  expect(shown("nothing", "")).toBe("nothing");
  expect(shown("lamp lamplight", "lamp lampl"), "marks do not lie in each other").toBe("[lamp] [lampl]ight");
});

it("leaves alone what the places are not of", () => {
  expect(inPieces("lamp", [[0, 9]]), "the text has become shorter").toEqual([
    { text: "lamp", marked: false },
  ]);
  expect(inPieces("", [[0, 1]])).toEqual([]);
});

it("cuts pieces in two: a word that reaches across is marked in both", () => {
  const pieces = inPieces("Winter timetable.pdf", [[7, 16]]);
  expect(piecesApart(pieces, 13)).toEqual([
    [
      { text: "Winter ", marked: false },
      { text: "timeta", marked: true },
    ],
    [
      { text: "ble", marked: true },
      { text: ".pdf", marked: false },
    ],
  ]);
  expect(piecesApart(pieces, 20)[1]).toEqual([]);
});
