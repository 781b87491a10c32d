// A folder in memory for what the tests write. The cache waits for the disk after each thing that a person did, and there are
// thousands of them in the tests: on a disk that takes longer than all else they do. Nothing is left out by it, since what
// survives a program that is killed survives in memory too; that a disk keeps what it has taken is not ours to test.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
} from "node:fs";
import { freemem } from "node:os";
import { join } from "node:path";

const PLACE = "/dev/shm";
/** What the tests need at the same time is a tenth of this. */
const ENOUGH = 4 * 1024 ** 3;
/** What a run that was killed has left is taken for that when nobody has written to it for so long. */
const FORSAKEN = 3 * 3_600_000;

/** A folder of our own there, or nothing where there is not room enough, or where no program may be run, or anything is odd. */
export function roomInMemory(
  place = PLACE,
  { mounts = "/proc/mounts", enough = ENOUGH, owner = process.pid } = {},
) {
  try {
    if (process.env.TMPDIR !== undefined || !existsSync(place) || !isRoomy(place, mounts)) return undefined;
    clear(place);
    const { bavail, bsize } = statfsSync(place);
    if (Math.min(bavail * bsize, freemem()) < enough) return undefined;
    // The name is short, since those of sockets end after a hundred characters.
    const folder = join(place, `wx-${owner}`);
    mkdirSync(folder);
    // The servers' own users work in it as well.
    chmodSync(folder, 0o1777);
    return folder;
  } catch {
    // The tests go on without: on the disk they take longer, and that is all.
    return undefined;
  }
}

/** Takes such a folder away. What is still written to by a server that outlives its test stays for the next run to clear. */
export function leave(folder) {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  } catch {
    // It is no failure of a test.
  }
}

/** Whether it is memory, and programs may be run from there. What was mounted last lies on top. */
function isRoomy(place, mounts) {
  const mount = readFileSync(mounts, "utf8")
    .split("\n")
    .map((line) => line.split(" "))
    .findLast(([, where]) => where === place);
  return mount?.[2] === "tmpfs" && !mount[3].split(",").includes("noexec");
}

/** Takes away what runs have left that were killed. */
function clear(place) {
  for (const name of readdirSync(place)) {
    const owner = /^wx-(\d+)$/.exec(name)?.[1];
    const folder = join(place, name);
    if (owner === undefined || isAlive(Number(owner))) continue;
    // A process of another container that shares this memory cannot be asked.
    if (statSync(folder).mtimeMs < Date.now() - FORSAKEN) leave(folder);
  }
}

function isAlive(id) {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return error.code !== "ESRCH";
  }
}
