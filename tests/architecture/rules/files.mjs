// What every source file owes its reader: an opening comment, a length that can be read, a name that says something,
// no path of somebody's machine, no test that is switched off.

/** At most this many lines. */
export const longest = 400;

/** Files that a program writes. */
const generated = new Set(["ui/src/ipc/bindings.ts"]);

/** The people of the tests may have a home, in samples. */
const people = ["lena", "jonas", "amara"].join("|");

const emptyNames = /^(utils?|helpers?|common|managers?|services?|misc|shared|stuff|lib2?)(\.[a-z.]+)?$/;

/** The endings of the files that these rules are for. */
export const sourceEndings = [".rs", ".ts", ".tsx", ".mjs", ".css"];

/** Files without a comment at their top that says something. */
export function withoutOpening(files) {
  return files
    .filter(({ path, text }) => !opens(path, text))
    .map(({ path }) => `${path} does not say what it is for`);
}

/** Files that are longer than a person reads. */
export function tooLong(files) {
  return files
    .filter(({ path }) => !generated.has(path))
    .map(({ path, text }) => ({ path, lines: text.split("\n").length - 1 }))
    .filter(({ lines }) => lines > longest)
    .map(({ path, lines }) => `${path} has ${lines} lines of at most ${longest}`);
}

/** Files and folders whose name says nothing. */
export function emptyNamed(files) {
  return files
    .filter(({ path }) =>
      path.split("/").some((part) => part !== "lib.rs" && part !== "lib" && emptyNames.test(part)),
    )
    .map(({ path }) => `${path} has a name that says nothing`);
}

/** Absolute paths of the machine that somebody works on. */
export function machinePaths(files) {
  const pattern = new RegExp(
    `(^|[\\s"'\`(=:])/(${["root", "home", "work", "Users"].join("|")})/(?!${people})[\\w.]`,
    "m",
  );
  return files
    .filter(({ text }) => pattern.test(text))
    .map(({ path }) => `${path} holds a path of somebody's machine`);
}

/** Tests that do not run. */
export function switchedOff(files) {
  const rust = /^\s*#\[ignore\b/m;
  const script = /\b(?:it|test|describe)\.(?:skip|only|todo|fixme)\s*\(|\bxit\s*\(/;
  return files
    .filter(({ path, text }) => (path.endsWith(".rs") ? rust : script).test(text))
    .map(({ path }) => `${path} has a test that is switched off, or alone`);
}

/** Rust that silences a lint without saying why. */
export function silenced(files) {
  const attribute = /^\s*#!?\[(?:cfg_attr\([^\]]*?)?(?:allow|expect)\(((?:[^()"]|"[^"]*"|\([^()]*\))*)\)\]/gm;
  return files
    .filter(({ path }) => path.endsWith(".rs"))
    .filter(({ text }) => [...text.matchAll(attribute)].some((match) => !match[1].includes("reason")))
    .map(({ path }) => `${path} silences a lint without a reason`);
}

function opens(path, text) {
  const first = text.replace(/^#!.*\n/, "").trimStart();
  const comment = path.endsWith(".rs")
    ? /^\/\/! (.+)/
    : path.endsWith(".css")
      ? /^\/\* (.+)/
      : /^(?:\/\/|\/\*\*?) ?(.+)/;
  const said = comment.exec(first)?.[1] ?? "";
  return said.split(" ").length >= 3;
}

/** Tests that a page of documentation says hold something, and that are not there: `place::name_of_the_test`. */
export function missingTests(pages, sources) {
  const names = new Set();
  for (const { path, text } of sources)
    if (path.endsWith(".rs")) for (const [, name] of text.matchAll(/\bfn (\w+)/g)) names.add(name);
  return pages.flatMap(({ path, text }) =>
    [...text.matchAll(/`[^`\n]*::(\w+)`/g)]
      // A shorter word is a folder of tests, or a thing of Rust.
      .filter(([, name]) => name.split("_").length > 4 && !names.has(name))
      .map(([, name]) => `${path}: there is no test ${name}`),
  );
}

/**
 * Files of the journeys that belong to no program, so that what they test is never run: each is the root of a test binary that
 * the manifest names, or a module that the file above it names.
 */
export function outsideTheHouse(files, manifest) {
  const text = new Map(files.map((file) => [file.path, file.text]));
  const roots = new Set([...manifest.matchAll(/^path = "(.+)"$/gm)].map(([, path]) => `tests/${path}`));
  const hasModule = (path, name) =>
    new RegExp(`^\\s*(?:pub(?:\\(.+\\))? )?mod ${name};`, "m").test(text.get(path) ?? "");
  return files
    .map(({ path }) => path)
    .filter((path) => path.startsWith("tests/live/") && path.endsWith(".rs") && !roots.has(path))
    .filter((path) => {
      const [name, ...above] = path
        .replace(/\/mod\.rs$/, "")
        .replace(/\.rs$/, "")
        .split("/")
        .reverse();
      const folder = above.reverse().join("/");
      return !["/main.rs", "/mod.rs", ".rs"].some((end) => hasModule(folder + end, name));
    })
    .map((path) => `${path} belongs to no program: nothing in it is run`);
}
