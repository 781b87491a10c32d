// The folder in memory that the tests write to: where there is none to be had, nothing breaks.
import assert from "node:assert/strict";
import test from "node:test";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { leave, roomInMemory } from "../../scripts/check/memory.mjs";

const folder = mkdtempSync(join(tmpdir(), "waxwing-memory-"));
const usual = process.env.TMPDIR;
delete process.env.TMPDIR;
test.after(() => {
  if (usual !== undefined) process.env.TMPDIR = usual;
  rmSync(folder, { recursive: true });
});

/** A place that is mounted as is said, from the first to the last. */
function place(...ways) {
  const here = mkdtempSync(join(folder, "place-"));
  const mounts = `${here}-mounts`;
  writeFileSync(mounts, ways.map((way) => way.replace("HERE", here)).join("\n"));
  return [here, { mounts, enough: 1 }];
}

test("a folder of our own is made there, and goes again", () => {
  const [here, options] = place("tmpfs HERE tmpfs rw,nosuid 0 0");
  const made = roomInMemory(here, options);
  assert.equal(made, join(here, `wx-${process.pid}`));
  assert.ok(made.length - here.length < 12, "names of sockets are short");
  writeFileSync(join(made, "something"), "");
  leave(made);
  assert.ok(!existsSync(made));
});

test("where it is no memory, no program may be run or there is too little room, the disk will do", () => {
  for (const ways of [
    ["tmpfs HERE tmpfs rw,noexec 0 0"],
    ["/dev/sda HERE ext4 rw 0 0"],
    ["tmpfs HERE tmpfs rw 0 0", "tmpfs HERE tmpfs rw,noexec 0 0"],
    ["tmpfs /elsewhere tmpfs rw 0 0"],
  ])
    assert.equal(roomInMemory(...place(...ways)), undefined, ways.join(", then "));
  const [here, options] = place("tmpfs HERE tmpfs rw 0 0");
  assert.equal(roomInMemory(here, { ...options, enough: Infinity }), undefined);
  assert.equal(roomInMemory(here, { ...options, mounts: join(folder, "nowhere") }), undefined);
  assert.equal(roomInMemory(join(folder, "nowhere"), options), undefined);
  writeFileSync(join(here, `wx-${process.pid}`), "somebody was here first");
  assert.equal(roomInMemory(here, options), undefined);
  const link = join(folder, "link");
  symlinkSync(here, link);
  assert.equal(roomInMemory(link, options), undefined, "what is mounted there is not known");
});

test("what was mounted last counts", () => {
  const [here, options] = place("tmpfs HERE tmpfs rw,noexec 0 0", "tmpfs HERE tmpfs rw 0 0");
  assert.notEqual(roomInMemory(here, options), undefined);
});

test("what a killed run has left is taken away, and what is in use is not", () => {
  const [here, options] = place("tmpfs HERE tmpfs rw 0 0");
  const dead = 2 ** 22 + 1;
  const old = new Date(Date.now() - 86_400_000);
  const left = [`wx-${dead}`, `wx-${dead + 1}`, `wx-${process.ppid}`, "wx-notes"].map((name) =>
    join(here, name),
  );
  for (const each of left) mkdirSync(each);
  for (const each of [left[0], left[2], left[3]]) utimesSync(each, old, old);
  assert.notEqual(roomInMemory(here, options), undefined);
  assert.deepEqual(
    left.map((each) => existsSync(each)),
    [false, true, true, true],
  );
});
