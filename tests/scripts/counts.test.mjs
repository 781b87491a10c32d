// Whether the sum of `npm test` is right: the endings that the runners really print, good and bad.
import assert from "node:assert/strict";
import test from "node:test";
import * as counts from "../../scripts/check/counts.mjs";

test("cargo's binaries are summed", () => {
  const output = [
    "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s",
    "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.01s",
  ].join("\n");
  assert.deepEqual(counts.cargo(output), { passed: 15, failed: 2 });
  assert.deepEqual(counts.cargo("error: could not compile"), { passed: 0, failed: 0 });
});

test("node's two reporters are read", () => {
  assert.deepEqual(counts.node("# tests 5\n# pass 4\n# fail 1\n# cancelled 0\n"), { passed: 4, failed: 1 });
  assert.deepEqual(counts.node("ℹ tests 5\nℹ pass 3\nℹ fail 1\nℹ cancelled 1\n"), { passed: 3, failed: 2 });
});

test("vitest is read in colour and without", () => {
  assert.deepEqual(counts.vitest(" Test Files  2 passed (2)\n      Tests  30 passed (30)\n"), {
    passed: 30,
    failed: 0,
  });
  const coloured =
    "\u001b[2m      Tests \u001b[22m \u001b[31m1 failed\u001b[39m | \u001b[32m9 passed\u001b[39m (10)";
  assert.deepEqual(counts.vitest(coloured), { passed: 9, failed: 1 });
});

test("for Playwright a flaky test and one that did not run have failed", () => {
  const output =
    "  1 failed\n    a.spec.ts:3:1 › 7 passed the gate\n  1 flaky\n  2 did not run\n  30 passed (12.3s)\n";
  assert.deepEqual(counts.playwright(output), { passed: 30, failed: 4 });
});
