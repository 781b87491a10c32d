// Asks axe whether what the page shows now keeps WCAG 2.1 A and AA, and fails with its own words where it does not.
import { expect, type Page } from "@playwright/test";
import { createRequire } from "node:module";

const source = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

interface Violation {
  id: string;
  help: string;
  nodes: { html: string; failureSummary?: string }[];
}

/** Fails when axe finds a violation in the page as it stands, or in the part of it that the selector names. */
export async function expectAccessible(page: Page, what: string, within = "body"): Promise<void> {
  // Colours are measured as they are in the end, not in the middle of a fade.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((each) => each.finished.catch(() => undefined))).then(
      () => undefined,
    ),
  );
  await page.addScriptTag({ path: source });
  const violations = await page.evaluate(async (part) => {
    const axe = (
      window as unknown as {
        axe: { run: (where: object, how: object) => Promise<{ violations: Violation[] }> };
      }
    ).axe;
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
    return (await axe.run({ include: part }, { runOnly: { type: "tag", values: tags } })).violations;
  }, within);
  const told = violations.map(
    (one) =>
      `${one.id}: ${one.help}\n${one.nodes.map((node) => `  ${node.html}\n  ${node.failureSummary ?? ""}`).join("\n")}`,
  );
  expect(told, `${what} must have no violation`).toEqual([]);
}
