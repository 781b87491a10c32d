// How often the window follows what the engine tells: at once, but for a stream.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ChangeView } from "../../src/ipc/backend";
import { hurry, PACE, paced, ROW } from "../../src/state/pace";

const listing: ChangeView = { kind: "listing", mailbox: "inbox" };
const syncing = (done: number): ChangeView => ({
  kind: "activity",
  account: "lena",
  activity: { kind: "syncing", done, total: 100, secondsLeft: null },
});
const emails: ChangeView = { kind: "emails" };

let told: ChangeView[][];
let tell: (changes: ChangeView[]) => void;

/** A stream has begun: nothing of it is followed at once any more. */
function stream() {
  for (let at = 0; at < ROW; at++) tell([listing]);
  told.length = 0;
}

beforeEach(() => {
  vi.useFakeTimers();
  // What was done in another test is long ago.
  vi.advanceTimersByTime(60_000);
  told = [];
  tell = paced((changes) => told.push(changes));
});
afterEach(() => vi.useRealTimers());

describe("what the engine tells", () => {
  it("is followed at once, a few times in a row", () => {
    for (let at = 1; at <= ROW; at++) {
      tell([listing]);
      expect(told).toHaveLength(at);
    }
  });

  it("is followed a few times a second while it streams, each thing once, and the last of it too", () => {
    stream();
    for (let done = 1; done <= 50; done++) {
      tell([listing, syncing(done), emails]);
      vi.advanceTimersByTime(40);
    }
    vi.advanceTimersByTime(PACE);
    expect(told.length, "fifty times within two seconds").toBeLessThanOrEqual((50 * 40) / PACE + 1);
    expect(told.length).toBeGreaterThan(5);
    for (const together of told) expect(together).toHaveLength(3);
    expect(told.at(-1)).toContainEqual(syncing(50));
    for (const together of told) expect(together, "that letters are others too").toContainEqual(emails);
  });

  it("is followed at once where somebody has to see it, with all that waits", () => {
    const trouble: ChangeView = {
      kind: "trouble",
      account: "lena",
      trouble: { kind: "unreachable", sentence: "No.", detail: null },
    };
    const done: ChangeView = {
      kind: "activity",
      account: "lena",
      activity: { kind: "upToDate", checkedAt: 0, shut: [] },
    };
    for (const loud of [trouble, done, { kind: "outbox" } as const, { kind: "accounts" } as const]) {
      stream();
      tell([listing]);
      expect(told, "it waits").toHaveLength(0);
      tell([loud]);
      expect(told).toEqual([[listing, loud]]);
      vi.advanceTimersByTime(10 * PACE);
      expect(told, "and is told once").toHaveLength(1);
    }
  });

  it("is followed at once after the person has done something", () => {
    stream();
    hurry();
    tell([listing]);
    tell([emails]);
    expect(told).toHaveLength(2);
    vi.advanceTimersByTime(60_000);
    stream();
    tell([listing]);
    expect(told, "a minute later that is over").toHaveLength(0);
  });

  it("is followed at once again when the stream is over", () => {
    stream();
    vi.advanceTimersByTime(2 * ROW * PACE);
    tell([listing]);
    expect(told).toHaveLength(1);
  });
});
