// Programs that the tests start. Each has a log of its own among the test's output, and none of them outlives us:
// they end with their group when they are stopped, when the test's process ends, and when it is killed.
import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { output } from "./places.mjs";
import { until } from "./until.mjs";

const running = new Set();

export class Child {
  /** Starts a program. `pipes` are the streams that are ours to talk through; all else goes into the log. */
  static start(name, command, args, { env = process.env, cwd, pipes = {} } = {}) {
    mkdirSync(join(output, "logs"), { recursive: true });
    const log = join(output, "logs", `${name}.log`);
    const file = openSync(log, "w");
    const stdio = [pipes.input ? "pipe" : "ignore", pipes.output ? "pipe" : file, file];
    if (pipes.third) stdio.push("pipe");
    // The kernel ends it when we are killed; a group of its own lets us end its children too.
    const leash = ["--pdeathsig", "TERM", "--", command, ...args];
    const child = spawn("setpriv", leash, { env, cwd, stdio, detached: true });
    closeSync(file);
    return new Child(name, child, log);
  }

  constructor(name, child, log) {
    this.name = name;
    this.child = child;
    this.log = log;
    this.ended = new Promise((done) => {
      child.once("exit", done);
      child.once("error", done);
    });
    running.add(this);
    void this.ended.then(() => (this.over = true));
  }

  /** The first line that it writes into one of its pipes. */
  async firstLine(stream, milliseconds = 30_000) {
    let text = "";
    stream.on("data", (piece) => (text += piece));
    await until(
      `${this.name} says where it is`,
      () => {
        if (this.over) throw new Error(`${this.name} ended at once: ${this.said()}`);
        return text.includes("\n");
      },
      milliseconds,
    );
    return text.split("\n", 1)[0];
  }

  said() {
    return readFileSync(this.log, "utf8").slice(-4000);
  }

  /** Asks the program and its children to end, and makes sure of it. */
  async stop(patience = 3000) {
    signal(this, "SIGTERM");
    const timer = setTimeout(() => signal(this, "SIGKILL"), patience);
    await this.ended;
    clearTimeout(timer);
    signal(this, "SIGKILL");
    running.delete(this);
  }

  /** No farewell. */
  async kill() {
    signal(this, "SIGKILL");
    await this.ended;
    running.delete(this);
  }
}

function signal(child, name) {
  try {
    process.kill(-child.child.pid, name);
  } catch {
    // The whole group is gone already, which is what was wanted.
  }
}

process.once("exit", () => {
  for (const child of running) signal(child, "SIGKILL");
});
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(name, () => process.exit(1));
