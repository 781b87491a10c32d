// What may come in from outside: licences and banned crates, by the lists in deny.toml. `cargo deny` reads the same
// lists and knows more (advisories, sources), but has to be installed; these rules need nothing but cargo.

/** The lists of deny.toml: `{ licences, banned }`. */
export function lists(deny) {
  const licences = /\[licenses\][\s\S]*?\nallow = \[([\s\S]*?)\n\]/.exec(deny)?.[1] ?? "";
  const banned = /\[bans\][\s\S]*?\ndeny = \[([\s\S]*?)\n\]/.exec(deny)?.[1] ?? "";
  return {
    licences: new Set([...licences.matchAll(/"([^"]+)"/g)].map((match) => match[1])),
    banned: new Set([...banned.matchAll(/crate = "([^"]+)"/g)].map((match) => match[1])),
  };
}

/** Whether an SPDX expression (cargo's old `A/B` included) can be met with allowed licences alone. */
export function isAllowed(expression, allowed) {
  const words = expression.replaceAll("/", " OR ").replaceAll(/[()]/g, " $& ").split(/\s+/).filter(Boolean);
  let at = 0;
  const either = () => {
    let met = both();
    while (words[at] === "OR") {
      at += 1;
      met = both() || met;
    }
    return met;
  };
  const both = () => {
    let met = one();
    while (words[at] === "AND") {
      at += 1;
      met = one() && met;
    }
    return met;
  };
  const one = () => {
    if (words[at] === "(") {
      at += 1;
      const met = either();
      at += 1;
      return met;
    }
    let name = words[at];
    at += 1;
    if (words[at] === "WITH") {
      name = `${name} WITH ${words[at + 1]}`;
      at += 2;
    }
    return allowed.has(name);
  };
  return either() && at === words.length;
}

/** Packages whose licence is missing or not allowed. */
export function badLicences(packages, allowed) {
  return packages
    .filter(({ license }) => !license || !isAllowed(license, allowed))
    .map(({ name, version, license }) => `${name} ${version}: ${license ?? "no licence"}`);
}

/** Packages that are banned by name. */
export function bannedPackages(packages, banned) {
  return packages
    .filter(({ name }) => banned.has(name))
    .map(({ name, version }) => `${name} ${version} is banned`);
}

/** Features that must stay off, since they write passwords to the log. */
export function talkative(nodes) {
  return nodes
    .filter(({ id, features }) => /[/#]lettre[@#]/.test(id) && features.includes("tracing"))
    .map(({ id }) => `${id} has the feature "tracing", which logs AUTH`);
}

/** npm packages that ship with the app, from package-lock.json. */
export function shippedPackages(lock) {
  return Object.entries(lock.packages)
    .filter(
      ([path, entry]) => path.startsWith("node_modules/") && !entry.dev && !entry.devOptional && !entry.link,
    )
    .map(([path, entry]) => ({
      name: path.slice("node_modules/".length),
      version: entry.version,
      license: entry.license,
    }));
}
