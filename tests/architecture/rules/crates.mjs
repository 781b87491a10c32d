// Which crate may depend on which, and which crate owns which library (ARCHITECTURE.md, "Who may enter which room").
// Reads what `cargo metadata --no-deps` says; the walls inside the interface are in interface.mjs.

/** What each crate may use of ours. A crate that is not named here may not exist. */
export const edges = {
  "waxwing-model": [],
  "waxwing-mime": ["waxwing-model"],
  "waxwing-sanitize": ["waxwing-model"],
  "waxwing-remote": ["waxwing-model"],
  "waxwing-store": ["waxwing-model"],
  "waxwing-vault": ["waxwing-model"],
  "waxwing-engine": [
    "waxwing-model",
    "waxwing-mime",
    "waxwing-sanitize",
    "waxwing-remote",
    "waxwing-store",
    "waxwing-vault",
  ],
  "waxwing-cli": ["waxwing-model", "waxwing-engine"],
  "waxwing-testkit": [],
  waxwing: ["waxwing-model", "waxwing-engine"],
  journeys: ["waxwing-model", "waxwing-engine", "waxwing-testkit"],
};

/** For tests alone, on top of the edges. */
const forTests = ["waxwing-testkit", "waxwing-model"];

/** One library, one owner. A pattern ends with `*`. */
export const owners = {
  "tauri*": ["waxwing"],
  "specta*": ["waxwing"],
  gtk: ["waxwing"],
  webkit2gtk: ["waxwing"],
  drag: ["waxwing"],
  "async-imap": ["waxwing-remote"],
  "imap-*": ["waxwing-remote", "waxwing-testkit"],
  lettre: ["waxwing-mime", "waxwing-remote"],
  "hickory-*": ["waxwing-remote"],
  psl: ["waxwing-remote"],
  "quick-xml": ["waxwing-remote"],
  reqwest: ["waxwing-remote"],
  "rustls-platform-verifier": ["waxwing-remote"],
  rustls: ["waxwing-remote", "waxwing-testkit"],
  ring: ["waxwing-remote", "waxwing-testkit"],
  stringprep: ["waxwing-remote"],
  "tokio-rustls": ["waxwing-remote", "waxwing-testkit"],
  "mail-parser": ["waxwing-mime"],
  chardetng: ["waxwing-mime"],
  rusqlite: ["waxwing-store"],
  keyring: ["waxwing-vault"],
  "keyring-core": ["waxwing-vault"],
  "zbus-secret-service-keyring-store": ["waxwing-vault"],
  argon2: ["waxwing-vault"],
  chacha20poly1305: ["waxwing-vault"],
  ammonia: ["waxwing-sanitize"],
  cssparser: ["waxwing-sanitize"],
  html5ever: ["waxwing-sanitize"],
  "unicode-security": ["waxwing-sanitize"],
  rcgen: ["waxwing-testkit"],
  clap: ["waxwing-cli"],
};

/** Crates that use another crate of ours that they may not use. */
export function forbiddenEdges(packages) {
  const ours = new Set(packages.map((each) => each.name));
  const problems = [];
  for (const each of packages) {
    const allowed = edges[each.name];
    if (!allowed) {
      problems.push(
        `${each.name} is not in the picture: say in tests/architecture/rules/crates.mjs what it may use`,
      );
      continue;
    }
    for (const { name, kind } of each.dependencies) {
      if (!ours.has(name) || allowed.includes(name)) continue;
      if (kind === "dev" && forTests.includes(name)) continue;
      problems.push(`${each.name} may not use ${name}`);
    }
  }
  return problems;
}

/** Crates that use a library that another one owns. Tests may use it: they do not ship. */
export function foreignLibraries(packages) {
  return packages.flatMap((each) =>
    each.dependencies
      .filter(({ name, kind }) => kind !== "dev" && !mayUse(each.name, name))
      .map(({ name }) => `${each.name} uses ${name}, which belongs to ${ownersOf(name).join(" and ")}`),
  );
}

/** Crates whose manifest does not take over the lints of the house (no unsafe code, no unwrap). */
export function withoutLints(manifests) {
  return manifests
    .filter(({ text }) => /^\[package\]/m.test(text) && !/^\[lints\]\s*\nworkspace = true/m.test(text))
    .map(({ path }) => `${path} lacks "[lints] workspace = true"`);
}

function mayUse(crate, library) {
  const allowed = ownersOf(library);
  return allowed.length === 0 || allowed.includes(crate);
}

function ownersOf(library) {
  const fits = (pattern) =>
    pattern.endsWith("*") ? library.startsWith(pattern.slice(0, -1)) : library === pattern;
  const pattern = Object.keys(owners).find(fits);
  return pattern ? owners[pattern] : [];
}
