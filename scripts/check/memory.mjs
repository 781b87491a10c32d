// A folder in memory for what the tests write. The cache waits for the disk after each thing that a person did, and there are
// thousands of them in the tests: on a disk that takes longer than all else they do. Nothing is left out by it, since what
// survives a program that is killed survives in memory too; that a disk keeps what it has taken is not ours to test.
import { chmodSync, existsSync, mkdtempSync, readFileSync, statfsSync } from "node:fs";
import { freemem } from "node:os";

const PLACE = "/dev/shm";
/** What the tests need at the same time is a tenth of this. */
const ENOUGH = 4 * 1024 ** 3;

/** A folder of our own there, or nothing where there is not room enough, or where no program may be run. */
export function roomInMemory(place = PLACE) {
  if (process.env.TMPDIR !== undefined || !existsSync(place)) return undefined;
  const mount = readFileSync("/proc/mounts", "utf8")
    .split("\n")
    .map((line) => line.split(" "))
    .find(([, where]) => where === place);
  const { bavail, bsize } = statfsSync(place);
  const room = Math.min(bavail * bsize, freemem());
  if (mount?.[2] !== "tmpfs" || mount[3].split(",").includes("noexec") || room < ENOUGH) return undefined;
  // The name is short, since those of sockets end after a hundred characters.
  const folder = mkdtempSync(`${place}/wx-`);
  // The servers' own users work in it as well.
  chmodSync(folder, 0o1777);
  return folder;
}
