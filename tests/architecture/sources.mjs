// Finds the files that the architecture tests look at. It judges none of them.
import { readdirSync, readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Folders that hold nothing that anyone wrote. */
const made = new Set([
  "node_modules",
  "target",
  "dist",
  "gen",
  "test-output",
  "test-results",
  ".git",
  "proptest-regressions",
]);

/** Letters and pages of attackers and strangers: data, not source. */
const data = ["tests/fixtures/", "icons/", "package-lock.json"];

/** Every text file of the project as `{ path, text }`, the path with forward slashes. */
export function files(extensions) {
  const found = [];
  walk(root, (path) => {
    const name = relative(root, path).split(sep).join("/");
    const wanted = extensions.some((extension) => name.endsWith(extension));
    const foreign = data.some((start) => name.startsWith(start)) || name.includes("/fixtures/");
    if (wanted && !foreign) found.push({ path: name, text: readFileSync(path, "utf8") });
  });
  return found;
}

/** What cargo knows. Without dependencies it needs no network. */
export function metadata({ dependencies = false } = {}) {
  const options = ["metadata", "--format-version", "1"];
  const more = dependencies ? ["--locked"] : ["--no-deps", "--offline"];
  const output = execFileSync("cargo", [...options, ...more], {
    cwd: root,
    maxBuffer: 1 << 28,
    encoding: "utf8",
  });
  return JSON.parse(output);
}

function walk(folder, visit) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !made.has(entry.name)) walk(path, visit);
    else if (entry.isFile()) visit(path);
  }
}
