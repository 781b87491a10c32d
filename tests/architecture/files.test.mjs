// What every file owes its reader. Each rule is shown a breach first, so that it is known to see one.
import assert from "node:assert/strict";
import test from "node:test";
import { files } from "./sources.mjs";
import * as rules from "./rules/files.mjs";

const sources = files(rules.sourceEndings);
const written = files([...rules.sourceEndings, ".toml", ".json", ".md", ".sql", ".html", ".ftl"]);
const file = (path, text = "") => [{ path, text }];

test("the files are found", () => {
  assert.ok(sources.length > 50, `only ${sources.length} were found`);
  assert.ok(sources.some(({ path }) => path === "crates/model/src/lib.rs"));
});

test("each file says at its top what it is for", () => {
  assert.equal(rules.withoutOpening(file("crates/a/src/x.rs", "use std::io;\n")).length, 1);
  assert.equal(
    rules.withoutOpening(file("crates/a/src/x.rs", "// Not for the documentation at all.\n")).length,
    1,
  );
  assert.equal(rules.withoutOpening(file("ui/src/x.ts", "// x\n")).length, 1, "a word is no sentence");
  assert.equal(
    rules.withoutOpening(file("scripts/x.mjs", "#!/usr/bin/env node\n// Does one thing well.\n")).length,
    0,
  );
  assert.deepEqual(rules.withoutOpening(sources), []);
});

test("no file is longer than 400 lines", () => {
  assert.equal(rules.tooLong(file("x.rs", "a\n".repeat(401))).length, 1);
  assert.equal(rules.tooLong(file("x.rs", "a\n".repeat(400))).length, 0);
  assert.deepEqual(rules.tooLong(sources), []);
});

test("each file and folder has a name that says something", () => {
  assert.equal(rules.emptyNamed(file("crates/store/src/utils.rs")).length, 1);
  assert.equal(rules.emptyNamed(file("ui/src/common/x.ts")).length, 1);
  assert.equal(rules.emptyNamed(file("crates/store/src/lib.rs")).length, 0);
  assert.deepEqual(rules.emptyNamed(sources), []);
});

test("no file knows somebody's machine", () => {
  const path = ["", "home", "someone", "mail"].join("/");
  assert.equal(rules.machinePaths(file("x.rs", `let a = "${path}";`)).length, 1);
  assert.equal(rules.machinePaths(file("x.md", "see https://example.org/home/x")).length, 0);
  assert.deepEqual(rules.machinePaths(written), []);
});

test("no test is switched off", () => {
  assert.equal(rules.switchedOff(file("x.rs", "#[test]\n#[ig" + "nore]\nfn a() {}")).length, 1);
  assert.equal(rules.switchedOff(file("x.test.ts", "it.sk" + 'ip("a", () => {});')).length, 1);
  assert.deepEqual(rules.switchedOff(sources), []);
});

test("each test that a page of documentation names is there", () => {
  const source = file("crates/a/tests/a.rs", "fn what_was_there_is_still_there() {}");
  const page = (name) => file("docs/a.md", `| a | \`imap::${name}\` |`);
  assert.equal(rules.missingTests(page("what_was_there_is_no_longer_there"), source).length, 1);
  assert.equal(rules.missingTests(page("what_was_there_is_still_there"), source).length, 0);
  const pages = written.filter(({ path }) => path.startsWith("docs/") && path.endsWith(".md"));
  assert.deepEqual(rules.missingTests(pages, sources), []);
});

test("each file of the journeys belongs to one of their programs", () => {
  const manifest = '[[test]]\nname = "live"\npath = "live/main.rs"\n';
  const house = (main, ...more) =>
    rules.outsideTheHouse(
      [...file("tests/live/main.rs", main), ...more.flatMap((path) => file(path))],
      manifest,
    );
  assert.equal(house("mod drafts;\n", "tests/live/moving.rs").length, 1, "a file");
  assert.equal(house("mod drafts;\n", "tests/live/drafts/mod.rs", "tests/live/drafts/cut.rs").length, 1);
  assert.equal(house("// mod moving;\n", "tests/live/moving/mod.rs").length, 1, "a folder");
  assert.equal(house("mod drafts;\n", "tests/live/drafts/mod.rs").length, 0);
  const manifests = files(["tests/Cargo.toml"]);
  assert.equal(manifests.length, 1);
  assert.ok(sources.filter(({ path }) => path.startsWith("tests/live/")).length > 50, "they are found");
  assert.deepEqual(rules.outsideTheHouse(sources, manifests[0].text), []);
});

test("no lint is silenced without a reason", () => {
  assert.equal(rules.silenced(file("x.rs", "#[allow(dead_code)]\nfn a() {}")).length, 1);
  assert.equal(
    rules.silenced(file("x.rs", '#[expect(clippy::panic, reason = "it is over")]\nfn a() {}')).length,
    0,
  );
  assert.deepEqual(rules.silenced(sources), []);
});
