// Looking for bytes in everything that a profile keeps on disk.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The files under a folder that hold these words. */
export function search(folder, words) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => readFileSync(path).includes(words));
}
