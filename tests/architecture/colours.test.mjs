// A letter's frame is drawn by the sanitiser and its card by the interface: nobody may see where one ends and the other
// begins, so both write the same colours.
import assert from "node:assert/strict";
import test from "node:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./sources.mjs";

/** Which of the app's colours each of the frame's is. */
const pairs = {
  paper: "sheet",
  ink: "ink",
  faint: "ink-2",
  link: "accent-text",
  line: "line",
};

const read = (path) => readFileSync(join(root, path), "utf8");

/** The custom properties of the rule that begins with these words. */
function colours(css, beginning) {
  const start = css.indexOf(beginning);
  assert.notEqual(start, -1, `there is a rule ${beginning}`);
  const rule = css.slice(css.indexOf("{", start) + 1, css.indexOf("}", start));
  return new Map(
    [...rule.matchAll(/--([a-z0-9-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value.trim()]),
  );
}

for (const [theme, beginning] of [
  ["light", ":root {"],
  ["dark", ':root[data-theme="dark"] {'],
]) {
  test(`a letter's frame has the colours of its card, ${theme}`, () => {
    const app = colours(read("ui/src/tokens.css"), beginning);
    const frame = colours(read(`crates/sanitize/src/frame/${theme}.css`), ":root {");
    for (const [mine, theirs] of Object.entries(pairs)) {
      assert.ok(app.get(theirs)?.startsWith("#"), `the app has the colour ${theirs}`);
      assert.equal(frame.get(mine), app.get(theirs), `--${mine} of the frame is --${theirs} of the app`);
    }
  });
}

test("dark is dark, however it was chosen", () => {
  const css = read("ui/src/tokens.css");
  const chosen = colours(css, ':root[data-theme="dark"] {');
  const systems = colours(css, ':root:not([data-theme="light"]) {');
  assert.deepEqual([...systems], [...chosen]);
});
