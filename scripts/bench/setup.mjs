// How long it takes from the last key of an address to "found": for a provider of the built-in list, for a domain that
// publishes its servers, and for one whose servers have to be tried while three sources hang. The interface's pause after
// the last key is part of each. And from "Add account" to the first 50 rows of a large mailbox: both servers tried as the
// window tries them, the account added, and its rows asked for until they are there.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startInternet } from "../../tests/stage/internet.mjs";
import { startStage } from "../../tests/stage/stage.mjs";
import { root } from "../terminal.mjs";
import { build, median } from "./with/programs.mjs";

export const title = "From the last key of an address to its servers, and from there to mail";

const ROUNDS = 5;
const ROWS = 50;

/** Rows of `[what, milliseconds in the middle, at worst, bound]`, the first of them the head. A bound that is missed fails. */
export async function measure({
  programs = process.env.WAXWING_BENCH_PROGRAMS ?? "release",
  letters = Number(process.env.WAXWING_BENCH_LETTERS ?? 100_000),
} = {}) {
  if (!["release", "debug"].includes(programs)) {
    throw new Error(`WAXWING_BENCH_PROGRAMS is release or debug, and not ${programs}`);
  }
  build(["waxwing-internet", "waxwing-stage"], programs);
  const program = (name) => join(root, "target", programs, name);
  const pause = pauseOfInterface();
  const folder = mkdtempSync(join(tmpdir(), "waxwing-setup-"));
  const built = { program: program("waxwing-stage") };
  const stage = await startStage([], built);
  const { imaps, pop3s, submissions } = stage.ports;
  const start = (name, options = []) =>
    startInternet(program("waxwing-internet"), join(folder, `${name}.json`), options);
  const doors = ["--imap", `${imaps}:tls`, "--pop3", `${pop3s}:tls`, "--smtp", `${submissions}:tls`];
  const published = await start("published");
  const hanging = await start("hanging", ["--authorities", stage.ca, "--host", "localhost", ...doors]);
  try {
    await published.tell(
      "describe",
      "waxwing.test",
      `imap=localhost:${imaps}`,
      `smtp=localhost:${submissions}`,
    );
    await hanging.tell("hang", "waxwing.test");
    const look = (email, internet) => {
      const words = ["--profile", join(folder, "profile"), "--json", "servers", email];
      const told = execFileSync(program("waxwing-cli"), [...words, "--surroundings", internet.file], {
        env: { ...process.env, WAXWING_KEYRING: "none" },
        encoding: "utf8",
      });
      return JSON.parse(told);
    };
    const line = (what, email, internet, how, bound) => {
      const times = [];
      for (let round = 0; round < ROUNDS; round++) {
        const found = look(email, internet);
        if (!found.how.startsWith(how)) throw new Error(`${what} was found by ${found.how}`);
        times.push(found.milliseconds + pause);
      }
      const worst = Math.max(...times);
      if (worst > bound) throw new Error(`${what} took ${worst} ms of at most ${bound}`);
      return [what, String(median(times)), String(worst), String(bound)];
    };
    return [
      ["how", "median ms", "worst ms", "at most"],
      line("in the built-in list", "lena@gmx.de", published, "the list of providers", 500),
      line("published by the domain", "lena@waxwing.test", published, "published by autoconfig", 500),
      line("tried, with three that hang", "lena@waxwing.test", hanging, "the usual names", 3_000),
      await firstRows(program("examples/first_rows"), folder, letters, built),
    ];
  } finally {
    await Promise.all([published.end(), hanging.end(), stage.end()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** From "Add account" to the first rows of a mailbox of that many letters. */
async function firstRows(program, folder, letters, built) {
  const what = `"Add account" to ${ROWS} rows of ${letters.toLocaleString("en")}`;
  const bound = 1_000;
  const stage = await startStage(["--fill", `lena:${letters}:1`], built);
  try {
    const { email, password } = stage.people.lena;
    const doors = [stage.ports.imaps, stage.ports.submissions].map(String);
    const times = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const words = [join(folder, `rows-${round}`), email, ...doors, stage.ca, String(ROWS)];
      const told = execFileSync(program, words, { input: `${password}\n`, encoding: "utf8" });
      // The first time the server reads its mailbox for the first time, too.
      if (round > 0) times.push(JSON.parse(told).milliseconds);
    }
    const worst = Math.max(...times);
    if (worst > bound) throw new Error(`${what} took ${worst} ms of at most ${bound}`);
    return [what, String(median(times)), String(worst), String(bound)];
  } finally {
    await stage.end();
  }
}

/** How long the interface waits after the last key. */
function pauseOfInterface() {
  const text = readFileSync(join(root, "ui/src/views/setup/useSetup.ts"), "utf8");
  const pause = /^const PAUSE = (\d+);$/m.exec(text);
  if (pause === null) throw new Error("the interface's pause is not where it was");
  return Number(pause[1]);
}
