// What comes in from outside. Each rule is shown a breach first, so that it is known to see one.
import assert from "node:assert/strict";
import test from "node:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { metadata, root } from "./sources.mjs";
import * as rules from "./rules/supply.mjs";

const { licences, banned } = rules.lists(readFileSync(join(root, "deny.toml"), "utf8"));
const everything = metadata({ dependencies: true });

test("the lists are read", () => {
  assert.ok(licences.has("MIT") && licences.has("MPL-2.0"));
  assert.ok(banned.has("openssl") && banned.has("native-tls"));
  assert.ok(everything.packages.length > 300, `cargo knows only ${everything.packages.length} packages`);
});

test("licence expressions are understood", () => {
  const allowed = new Set(["MIT", "Zlib", "Apache-2.0 WITH LLVM-exception"]);
  for (const good of [
    "MIT",
    "GPL-3.0 OR MIT",
    "GPL-3.0/MIT",
    "(MIT OR GPL-3.0) AND Zlib",
    "Apache-2.0 WITH LLVM-exception",
  ]) {
    assert.equal(rules.isAllowed(good, allowed), true, good);
  }
  for (const bad of [
    "GPL-3.0",
    "MIT AND GPL-3.0",
    "(MIT OR Zlib) AND GPL-3.0",
    "Apache-2.0",
    "MIT GPL-3.0",
    "",
  ]) {
    assert.equal(rules.isAllowed(bad, allowed), false, bad);
  }
});

test("every crate has a licence that we may ship", () => {
  assert.equal(rules.badLicences([{ name: "a", version: "1", license: "AGPL-3.0" }], licences).length, 1);
  assert.equal(rules.badLicences([{ name: "a", version: "1", license: null }], licences).length, 1);
  assert.deepEqual(rules.badLicences(everything.packages, licences), []);
});

test("no crate is banned", () => {
  assert.equal(rules.bannedPackages([{ name: "native-tls", version: "1" }], banned).length, 1);
  assert.deepEqual(rules.bannedPackages(everything.packages, banned), []);
});

test("lettre does not log passwords", () => {
  const sample = { id: "registry+https://example.org#lettre@0.11.0", features: ["builder", "tracing"] };
  assert.equal(rules.talkative([sample]).length, 1);
  assert.ok(
    everything.resolve.nodes.some(({ id }) => /[/#]lettre[@#]/.test(id)),
    "lettre is there to be looked at",
  );
  assert.deepEqual(rules.talkative(everything.resolve.nodes), []);
});

test("every npm package that ships has a licence that we may ship", () => {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const shipped = rules.shippedPackages(lock);
  assert.ok(
    shipped.some(({ name }) => name === "react"),
    "react ships",
  );
  assert.ok(!shipped.some(({ name }) => name === "vitest"), "vitest does not");
  assert.deepEqual(rules.badLicences(shipped, licences), []);
});
