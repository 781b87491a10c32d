// Each kind of trouble has its own sentence and a button that helps.
import { expect, it } from "vitest";
import { FluentResource } from "@fluent/bundle";
import words from "../../src/words/en.troubles.ftl?raw";
import { helpFor, troubleOf } from "../../src/state/troubles";
import type { TroubleKind } from "../../src/ipc/backend";

const KINDS: TroubleKind[] = [
  "wrongPassword",
  "badCertificate",
  "unreachable",
  "wrongPort",
  "methodRefused",
  "refused",
  "badAnswer",
  "diskFull",
  "store",
  "vault",
  "gone",
  "invalid",
];

it("has a different sentence for each kind", () => {
  expect(new Set(KINDS.map((kind) => helpFor(kind).sentence)).size).toBe(KINDS.length);
});

it("has words for each sentence and each button", () => {
  const ids = new FluentResource(words).body.map((entry) => entry.id);
  for (const kind of KINDS) {
    const help = helpFor(kind);
    expect(ids, kind).toContain(help.sentence);
    if (help.button !== null) expect(ids, kind).toContain(help.button);
    expect(help.button === null, "a remedy without a button, or the other way round").toBe(
      help.remedy === "none",
    );
  }
});

it("turns whatever was thrown into a trouble with a sentence", () => {
  expect(troubleOf({ kind: "gone", sentence: "s", detail: null }).kind).toBe("gone");
  expect(troubleOf(new Error("a bug")).sentence).toBe("a bug");
  expect(troubleOf({ kind: "nonsense", sentence: "s" }).kind).toBe("badAnswer");
});
