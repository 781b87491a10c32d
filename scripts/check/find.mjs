// Finds files by a pattern with one star in its last part, since Node 20 has no glob of its own.
import { readdirSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { root } from "../terminal.mjs";

/** The files that fit `folder/*.ending`, relative to the project, in order; the pattern itself when there are none. */
export function globSync(pattern) {
  const folder = dirname(pattern);
  const [start, end] = posix.basename(pattern).split("*");
  let names = [];
  try {
    names = readdirSync(join(root, folder)).filter((name) => name.startsWith(start) && name.endsWith(end));
  } catch {
    // The folder does not exist: the runner says so when it is given the pattern.
  }
  return names.length > 0 ? names.sort().map((name) => posix.join(folder, name)) : [pattern];
}
