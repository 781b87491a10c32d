// How much work something is, compared and never clocked, as crates/testkit/src/effort.rs does it in Rust. What is compared is
// the time that this process had a processor, so that a busy machine changes nothing; vitest runs each file in one of its own.
import { expect } from "vitest";

/** The longer one of two inputs is so many times as long: what a collector of garbage takes for more memory counts for little then. */
const LONGER = 16;
/** Between the work of what looks at each piece once (16 times) and of what holds each against all others (256 times). */
const LINEAR = 64;
/** Work is repeated until it takes so many microseconds. */
const ENOUGH = 20_000;
/** Tries that are made in any case, since the first ones are translated while they run, and at most. */
const FEWEST = 3;
const MOST = 8;

/**
 * Holds `work` to what is linear: on what `make` makes of `16 * size` it is not 64 times the work that it is on what it makes
 * of `size`.
 */
export function expectLinear<T>(
  what: string,
  size: number,
  make: (size: number) => T,
  work: (input: T) => unknown,
): void {
  const [short, long] = [make(size), make(LONGER * size)];
  let repeats = 1;
  while (took(() => work(short), repeats) < ENOUGH) repeats *= 2;
  let [least, leastOfLong, times] = [Infinity, Infinity, Infinity];
  for (let tries = 1; tries <= MOST && (tries <= FEWEST || times >= LINEAR); tries += 1) {
    least = Math.min(
      least,
      took(() => work(short), repeats),
    );
    leastOfLong = Math.min(
      leastOfLong,
      took(() => work(long), repeats),
    );
    times = leastOfLong / least;
  }
  expect(times, `${what}: so many times the work for ${LONGER} times as much`).toBeLessThan(LINEAR);
}

/** Microseconds for which this process has a processor while it does that so many times. */
function took(work: () => unknown, repeats: number): number {
  const before = process.cpuUsage();
  for (let each = 0; each < repeats; each += 1) work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
