// Talks to the person at the terminal and runs programs. What is run, and why, is decided by the callers.
import { spawn, spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));

const colours = process.stdout.isTTY && !process.env.NO_COLOR;

export const bold = (text) => (colours ? `\u001b[1m${text}\u001b[0m` : text);
export const red = (text) => (colours ? `\u001b[31m${text}\u001b[0m` : text);
export const green = (text) => (colours ? `\u001b[32m${text}\u001b[0m` : text);

/** Says a line. */
export function say(text = "") {
  process.stdout.write(`${text}\n`);
}

/** Says why this cannot go on, and ends. */
export function giveUp(text) {
  process.stderr.write(`${red(text)}\n`);
  process.exit(1);
}

/** Asks a question that a yes answers. Without a terminal, or in CI, the answer is what `silent` says. */
export async function agrees(question, { silent }) {
  if (!process.stdin.isTTY || process.env.CI) return silent;
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await lines.question(`${question} [Y/n] `);
  lines.close();
  return !/^\s*n/i.test(answer);
}

/** What a program prints on its standard output, or nothing if it fails or is not there. */
export function outputOf(program, ...options) {
  const { status, stdout } = spawnSync(program, options, { cwd: root, encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

/** Runs a program that shows its own progress, and says whether it succeeded. */
export function run([program, ...options], { env = process.env } = {}) {
  const { status, error } = spawnSync(program, options, { cwd: root, stdio: "inherit", env });
  if (error) process.stderr.write(`${program} could not be started: ${error.message}\n`);
  return status === 0;
}

const running = new Set();

/** Ends all that `runAndKeep` has started and that still runs. */
export function endRunning() {
  for (const leader of running) endGroup(leader);
}

/**
 * Runs a program, shows what it prints, and keeps it: in the answer and in a file. After `minutes` it is ended with
 * all that it started.
 */
export function runAndKeep([program, ...options], { env = process.env, log, minutes }) {
  mkdirSync(dirname(log), { recursive: true });
  return new Promise((resolve) => {
    const child = spawn(program, options, {
      cwd: root,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    if (child.pid !== undefined) running.add(child.pid);
    let output = "";
    const keep = (stream) => (chunk) => {
      stream.write(chunk);
      appendFileSync(log, chunk);
      output += chunk;
    };
    child.stdout.setEncoding("utf8").on("data", keep(process.stdout));
    child.stderr.setEncoding("utf8").on("data", keep(process.stderr));
    const timer = setTimeout(() => {
      keep(process.stderr)(`\n${program} was ended: it took longer than ${minutes} minutes\n`);
      endGroup(child.pid);
    }, minutes * 60_000);
    const end = (ok) => {
      clearTimeout(timer);
      running.delete(child.pid);
      resolve({ ok, output });
    };
    child.on("error", (error) => {
      keep(process.stderr)(`${program} could not be started: ${error.message}\n`);
      end(false);
    });
    // Not "close": a process that outlives the program may hold the pipe open.
    child.on("exit", (code) => setTimeout(end, 100, code === 0));
  });
}

function endGroup(leader) {
  try {
    process.kill(-leader, "SIGKILL");
  } catch {
    // It ended by itself in the meantime.
  }
}
