// Whether each journey runs in one process and in no other: one that runs nowhere would fail nobody.
import assert from "node:assert/strict";
import test from "node:test";
import { house, rooms } from "../../scripts/check/rooms.mjs";

const binary = { executable: "live", folder: "tests", name: house };
const list = (...tests) => `${tests.map((name) => `${name}: test`).join("\n")}\n\n${tests.length} tests\n`;

test("each room of the journeys has its tests, by their whole names", () => {
  const all = rooms(binary, () => list("drafts::kept::a", "drafts::b", "draft::c"));
  assert.deepEqual(
    all.map(({ name, tests }) => [name, tests]),
    [
      ["tests/live/drafts", ["--exact", "drafts::kept::a", "drafts::b"]],
      ["tests/live/draft", ["--exact", "draft::c"]],
    ],
  );
});

test("a test that stands in no room runs alone, and not all of them with it", () => {
  const all = rooms(binary, () => list("the_house_stands", "drafts::b"));
  assert.deepEqual(
    all.map(({ tests }) => tests),
    [
      ["--exact", "the_house_stands"],
      ["--exact", "drafts::b"],
    ],
  );
});

test("any other binary is one, and journeys that say nothing are a failure", () => {
  const other = { ...binary, name: "crates/store/src/lib.rs" };
  assert.deepEqual(
    rooms(other, () => assert.fail("it is not asked")).map(({ tests }) => tests),
    [[]],
  );
  assert.throws(() => rooms(binary, () => undefined), /do not say/);
  assert.throws(() => rooms(binary, () => "0 tests\n"), /do not say/);
});
