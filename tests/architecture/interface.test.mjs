// The walls inside the interface. Each rule is shown a breach first, so that it is known to see one.
import assert from "node:assert/strict";
import test from "node:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { files, root } from "./sources.mjs";
import { breaches, imports } from "./rules/interface.mjs";

const file = (path, text) => [{ path: `ui/src/${path}`, text }];

test("a room uses its own floor and those below", () => {
  assert.equal(breaches(file("state/rows.ts", 'import { List } from "../views/List";')).length, 1);
  assert.equal(breaches(file("ipc/memory/a.ts", 'export { x } from "../../state/x";')).length, 1);
  assert.equal(breaches(file("actions/move.ts", 'const v = await import("../components/Toast");')).length, 1);
  assert.equal(
    breaches(file("views/main/List.tsx", 'import "../../components/Row.css"; import x from "react";')).length,
    0,
  );
  assert.equal(
    breaches(file("App.tsx", 'import { Main } from "./views/main/Main";')).length,
    0,
    "the roof sees all",
  );
  assert.deepEqual(breaches(files([".ts", ".tsx"])), []);
});

test("only ui/src/ipc/tauri.ts knows the shell", () => {
  const line = 'import { invoke } from "@tauri-apps/api/core";';
  assert.equal(breaches(file("state/rows.ts", line)).length, 1, "a breach is seen");
  assert.equal(breaches(file("ipc/tauri.ts", line)).length, 0);
  assert.equal(
    breaches(file("views/x.ts", 'import type { A } from "../ipc/bindings";')).length,
    1,
    "nor its bindings",
  );
});

test("imports are found over several lines, too", () => {
  assert.deepEqual(imports('import {\n  a,\n  b,\n} from "./x";\nimport "y";\nexport * from \'z\';'), [
    "./x",
    "y",
    "z",
  ]);
});

test("ui/src has no room that is on no floor", () => {
  const rooms = readdirSync(join(root, "ui/src"), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const known = ["actions", "components", "ipc", "state", "views", "words"];
  assert.deepEqual(
    rooms.map((entry) => entry.name).filter((name) => !known.includes(name)),
    [],
  );
});
