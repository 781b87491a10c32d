// Into which processes the tests of a binary are divided: the house of journeys room by room, any other binary as one. Nothing
// is run here.

/** The source of the binary that has rooms. */
export const house = "tests/live/main.rs";

/**
 * The rooms of the house, each with its tests; any other binary is one for itself. `list` gives what the binary prints when it
 * is asked for its tests.
 */
export function rooms(binary, list) {
  if (binary.name !== house) return [{ ...binary, tests: [] }];
  const tests = (list() ?? "").split("\n").flatMap((line) => /^(.+): test\r?$/.exec(line)?.[1] ?? []);
  if (tests.length === 0) throw new Error("The journeys do not say which tests they have.");
  const names = [...new Set(tests.map((test) => test.split("::")[0]))];
  return names.map((room) => ({
    ...binary,
    name: `tests/live/${room}`,
    // One that stands in no room is called as its room would be. With no name at all, every test would run once more.
    tests: ["--exact", ...tests.filter((test) => test === room || test.startsWith(`${room}::`))],
  }));
}
