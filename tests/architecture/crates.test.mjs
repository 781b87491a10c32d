// The walls between the crates. Each rule is shown a breach first, so that it is known to see one.
import assert from "node:assert/strict";
import test from "node:test";
import { files, metadata } from "./sources.mjs";
import { edges, forbiddenEdges, foreignLibraries, withoutLints } from "./rules/crates.mjs";

const dependency = (name, kind = null) => ({ name, kind });
const crate = (name, ...dependencies) => ({ name, dependencies });

test("siblings do not know each other, and only the engine joins them", () => {
  const sample = [crate("waxwing-store", dependency("waxwing-mime")), crate("waxwing-mime")];
  assert.deepEqual(
    forbiddenEdges(sample),
    ["waxwing-store may not use waxwing-mime"],
    "the rule sees a breach",
  );
  assert.equal(
    forbiddenEdges([crate("waxwing-new")]).length,
    1,
    "a crate that nobody thought about is a breach",
  );
  assert.deepEqual(forbiddenEdges(metadata().packages), []);
});

test("a test may use the testkit, but nothing that ships may", () => {
  const testkit = crate("waxwing-testkit");
  const inTests = [crate("waxwing-remote", dependency("waxwing-testkit", "dev")), testkit];
  const shipped = [crate("waxwing-remote", dependency("waxwing-testkit")), testkit];
  assert.deepEqual(forbiddenEdges(inTests), []);
  assert.equal(forbiddenEdges(shipped).length, 1, "a breach is seen");
});

test("each library has its owner", () => {
  const sample = [
    crate("waxwing-engine", dependency("rusqlite"), dependency("tauri-plugin-dialog"), dependency("tokio")),
  ];
  assert.equal(foreignLibraries(sample).length, 2, "SQL and windows are not the engine's");
  assert.deepEqual(foreignLibraries(metadata().packages), []);
});

test("each crate that is allowed exists, so that the picture is not out of date", () => {
  const names = metadata().packages.map((each) => each.name);
  assert.deepEqual(
    Object.keys(edges).filter((name) => !names.includes(name)),
    [],
  );
});

test("each crate takes over the lints of the house", () => {
  const bare = { path: "crates/new/Cargo.toml", text: '[package]\nname = "new"\n' };
  assert.equal(withoutLints([bare]).length, 1, "a breach is seen");
  assert.deepEqual(withoutLints(files(["Cargo.toml"])), []);
});
