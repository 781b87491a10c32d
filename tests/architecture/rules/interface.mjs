// The walls inside ui/src: views stand on components, components on state and actions, those on words and ipc.
// Only ipc/tauri.ts (and the generated bindings) knows the shell. ESLint shows the same walls in the editor.
import { posix } from "node:path";

/** The floors, from the ground up. A room may use its own floor and those below. */
const floors = [["ipc"], ["words"], ["state", "actions"], ["components"], ["views"]];

const knowTheShell = new Set(["ui/src/ipc/tauri.ts", "ui/src/ipc/bindings.ts"]);

/** What a file imports, by `import`, `export … from` or `import()`. */
export function imports(text) {
  const pattern = /\b(?:from|import)\s*\(?\s*["']([^"'\n]+)["']/g;
  return [...text.matchAll(pattern)].map((match) => match[1]);
}

/** Imports that go up the house, reach for the shell, or go round ipc to its bindings. */
export function breaches(files) {
  return files
    .filter(({ path }) => path.startsWith("ui/src/"))
    .flatMap(({ path, text }) => imports(text).flatMap((name) => breach(path, name)));
}

function breach(path, name) {
  if (name.startsWith("@tauri-apps/") && !knowTheShell.has(path)) {
    return [`${path} imports ${name}: only ui/src/ipc/tauri.ts knows the shell`];
  }
  if (!name.startsWith(".")) return [];
  const target = posix.join(posix.dirname(path), name);
  const [from, to] = [floor(path), floor(target)];
  if (!target.startsWith("ui/src/")) return [`${path} imports ${name}, which is outside ui/src`];
  if (from !== undefined && to === undefined)
    return [`${path} imports ${name}, which stands above every room`];
  if (from !== undefined && to > from) return [`${path} imports ${name}, which stands above it`];
  if (
    /\/ipc\/(bindings|tauri)(\.ts)?$/.test(target) &&
    !path.startsWith("ui/src/ipc/") &&
    from !== undefined
  ) {
    return [`${path} imports ${name}: the rooms know ipc by ui/src/ipc/index.ts and backend.ts alone`];
  }
  return [];
}

/** The floor of a file's room; none for App.tsx and main.tsx, which stand on the roof. */
function floor(path) {
  const room = /^ui\/src\/([^/]+)\//.exec(`${path}/`)?.[1];
  const index = floors.findIndex((rooms) => rooms.includes(room));
  return index < 0 ? undefined : index;
}
