// Asks axe, inside the real window, whether what it shows keeps WCAG 2.1 A and AA. Letters stand in frames of their
// own and are their senders' work, so they are left out.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Fails with axe's own words where it finds a violation in what the app shows now. */
export async function expectAccessible(app, what) {
  // The driver's scripts run beside the page's policy, which takes no script of ours otherwise.
  await app.driver.post("/execute/sync", { script: axe, args: [] });
  const script = `
    const done = arguments[0];
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
    Promise.all(document.getAnimations().map((each) => each.finished.catch(() => undefined)))
      .then(() => window.axe.run({ exclude: ["iframe"] }, { iframes: false, runOnly: { type: "tag", values: tags } }))
      .then(({ violations, passes }) => done({ violations, passes: passes.length }), (error) => done({ error: String(error) }));`;
  const { violations, passes, error } = await app.driver.post("/execute/async", { script, args: [] });
  assert.equal(error, undefined, `axe looked at ${what}`);
  assert.ok(passes > 5, `axe has found something to look at in ${what}: ${passes} rules`);
  const told = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ html }) => `  ${html}`).join("\n")}`,
  );
  assert.deepEqual(told, [], `${what} has no violation`);
}
