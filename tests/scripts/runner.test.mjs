// Whether a step's program is run, kept and ended as it should be: a runner that hides a failure would be worse than none.
import assert from "node:assert/strict";
import test from "node:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { steps } from "../../scripts/check/steps.mjs";
import { globSync } from "../../scripts/check/find.mjs";
import { runAndKeep } from "../../scripts/terminal.mjs";

const folder = mkdtempSync(join(tmpdir(), "waxwing-runner-"));
test.after(() => rmSync(folder, { recursive: true }));

test("what a program prints is kept, and its failure is seen", async () => {
  const log = join(folder, "a.log");
  const { ok, output } = await runAndKeep(["sh", "-c", "echo one; echo two >&2; exit 3"], {
    log,
    minutes: 1,
  });
  assert.equal(ok, false);
  assert.match(output, /one/);
  assert.match(readFileSync(log, "utf8"), /two/);
});

test("a program that takes too long is ended with what it started", { timeout: 300_000 }, async () => {
  const { ok, output } = await runAndKeep(["sh", "-c", "echo group $$; sleep 3600 & wait"], {
    log: join(folder, "b.log"),
    minutes: 0.01,
  });
  assert.equal(ok, false);
  assert.match(output, /longer than/);
  const group = Number(/group (\d+)/.exec(output)[1]);
  while (isThere(group)) await new Promise((done) => setTimeout(done, 20));
});

/** Whether a group of programs has one that still runs. */
function isThere(group) {
  try {
    return process.kill(-group, 0);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
    return false;
  }
}

test("a program that is not there is a failure, not a silence", async () => {
  const { ok, output } = await runAndKeep(["no-such-program"], { log: join(folder, "c.log"), minutes: 1 });
  assert.equal(ok, false);
  assert.match(output, /could not be started/);
});

test("each step has a name of its own, and a folder without tests is not passed over", () => {
  const names = steps.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  assert.deepEqual(
    globSync("tests/nowhere/*.test.mjs"),
    ["tests/nowhere/*.test.mjs"],
    "the runner fails on the pattern",
  );
  assert.ok(globSync("tests/architecture/*.test.mjs").length >= 4);
});
