// The decisions in docs/adr: each tells its state, and the list of them is whole and true. The rule is shown a breach first.
import assert from "node:assert/strict";
import test from "node:test";
import { files } from "./sources.mjs";
import { problems } from "./rules/decisions.mjs";

const body = "\n\n## Context\n\na\n\n## Decision\n\nb\n\n## Consequences\n\nc\n";
const file = (name, text) => ({ path: `docs/adr/${name}`, text });
const one = file("0001-one.md", `# 1. One\n\nStatus: accepted${body}`);
const two = file("0002-two.md", `# 2. Two\n\nStatus: accepted. It changes\n[ADR 1](0001-one.md).${body}`);
const lines = [
  "- [1. One](0001-one.md): accepted.",
  "- [2. Two](0002-two.md): accepted. It changes [ADR 1](0001-one.md).",
];

test("a list that lacks a decision, or tells another title or state, is a breach", () => {
  assert.deepEqual(problems([one, two], lines.join("\n")), []);
  assert.equal(problems([one, two], lines[0]).length, 1, "one is not listed");
  assert.equal(problems([one], lines.join("\n")).length, 1, "one is listed that is not there");
  assert.equal(problems([one], "- [1. Won](0001-one.md): accepted.").length, 2, "another title");
  assert.equal(problems([one], "- [1. One](0001-one.md): superseded.").length, 2, "another state");
  assert.equal(problems([one, two], lines.toReversed().join("\n")).length, 1, "out of order");
});

test("a decision without its number, its state or a section is a breach", () => {
  const listedAlone = (text, line) => problems([file("0001-one.md", text)], line);
  assert.equal(
    listedAlone(`# 3. One\n\nStatus: accepted${body}`, "- [3. One](0001-one.md): accepted.").length,
    1,
  );
  assert.equal(listedAlone(`# 1. One\n\nAccepted.${body}`, "- [1. One](0001-one.md): .").length, 1);
  assert.equal(
    listedAlone(`# 1. One\n\nStatus: accepted${body}`.replace("## Decision", "## What"), lines[0]).length,
    1,
  );
});

test("each decision tells its state, and docs/adr/README.md lists them all", () => {
  const pages = files([".md"]).filter(({ path }) => path.startsWith("docs/adr/"));
  const decisions = pages.filter(({ path }) => !path.endsWith("/README.md"));
  assert.ok(decisions.length > 60, `only ${decisions.length} were found`);
  const list = pages.find(({ path }) => path === "docs/adr/README.md");
  assert.ok(list, "there is a list");
  decisions.sort((one, other) => one.path.localeCompare(other.path));
  assert.deepEqual(problems(decisions, list.text), []);
});
