// The steps of `npm test`, in their order. Each is a line of the table: what it is called, what it runs, how its tests
// are counted and how many minutes it may take before it is taken for one that hangs. How a step is run is in ../test.mjs.
import { globSync } from "./find.mjs";
import * as counts from "./counts.mjs";

const npm = (script) => ["npm", "run", "--silent", script];
const nodeTest = (...patterns) => ["node", "--test", "--test-reporter=spec", ...patterns.flatMap(globSync)];
const oneByOne = ([node, ...rest]) => [node, "--test-concurrency=1", ...rest];

export const steps = [
  // The shell takes the built interface into itself when it is compiled, so this comes first.
  { name: "build", what: "the interface builds", run: npm("ui:build"), count: counts.one, minutes: 15 },
  {
    name: "rustfmt",
    what: "Rust is formatted",
    run: ["cargo", "fmt", "--all", "--check"],
    count: counts.one,
    minutes: 10,
  },
  {
    name: "prettier",
    what: "scripts are formatted",
    run: ["npx", "prettier", "--check", "scripts", "tests", "*.mjs"],
    count: counts.one,
    minutes: 10,
  },
  {
    name: "interface",
    what: "types, lints and format of the interface",
    run: npm("ui:check"),
    count: counts.one,
    minutes: 15,
  },
  {
    name: "clippy",
    what: "lints of Rust",
    run: ["cargo", "clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"],
    count: counts.one,
    minutes: 25,
  },
  {
    name: "cargo",
    what: "Rust's tests, with real servers",
    run: ["node", "scripts/check/cargo.mjs"],
    count: counts.cargo,
    minutes: 60,
  },
  {
    name: "architecture",
    what: "the walls of the house",
    run: nodeTest("tests/architecture/*.test.mjs"),
    count: counts.node,
    minutes: 10,
  },
  {
    name: "scripts",
    what: "the scripts' own tests, and the stage for JavaScript",
    run: nodeTest("tests/scripts/*.test.mjs", "tests/stage/*.test.mjs"),
    count: counts.node,
    minutes: 10,
  },
  {
    name: "programs",
    what: "the app and the stage are built, for the steps that follow",
    run: ["cargo", "build", "--workspace", "--bins", "--locked"],
    count: counts.one,
    minutes: 20,
  },
  {
    name: "bindings",
    what: "the interface's view of the shell is up to date",
    run: ["node", "scripts/bindings.mjs", "--check"],
    count: counts.one,
    minutes: 15,
  },
  {
    name: "vitest",
    what: "the interface's unit tests",
    run: npm("ui:test"),
    count: counts.vitest,
    minutes: 15,
  },
  {
    name: "browser",
    what: "the interface in a browser, with axe",
    run: npm("ui:browser"),
    count: counts.playwright,
    minutes: 45,
  },
  {
    name: "desktop",
    what: "journeys in the real window",
    run: oneByOne(nodeTest("tests/desktop/*.test.mjs")),
    count: counts.node,
    minutes: 40,
  },
];
