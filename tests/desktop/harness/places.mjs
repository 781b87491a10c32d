// Where the tests of the real app find what was built, and where they put what they have seen.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");

export const application = process.env.WAXWING_APP ?? join(target, "debug", "waxwing");
export const stageProgram = join(target, "debug", "waxwing-stage");
export const internetProgram = join(target, "debug", "waxwing-internet");
export const driverProgram = process.env.TAURI_DRIVER ?? join(root, "target", "tools", "bin", "tauri-driver");
export const webKitDriver = process.env.WEBKIT_DRIVER ?? "/usr/bin/WebKitWebDriver";

/** Screenshots and logs. */
export const output = join(root, "test-output", "desktop");

/** The pictures of the documentation. */
export const images = join(root, "docs", "images");

const made = new Set();

/** A folder that goes when the test's process ends. Its path is short: a socket's may have 107 bytes only. */
export function folder(name) {
  const path = mkdtempSync(join(tmpdir(), `waxwing-${name}-`));
  made.add(path);
  return path;
}

process.once("exit", () => {
  for (const path of made) rmSync(path, { recursive: true, force: true, maxRetries: 3 });
});
