// Drafts are kept while one types: at most two seconds may be lost.
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Keeper, type Outcome } from "../../src/state/keeper";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function stage(save: () => Promise<number>) {
  const told: Outcome[] = [];
  return { told, keeper: new Keeper(save, (outcome) => told.push(outcome)) };
}

it("saves within two seconds even when the typing never pauses", async () => {
  let saves = 0;
  const { keeper } = stage(() => Promise.resolve(++saves));
  for (let ms = 0; ms < 2000; ms += 100) {
    keeper.touch();
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(saves).toBeGreaterThanOrEqual(1);
});

it("saves at once when asked, and not at all when nothing changed", async () => {
  let saves = 0;
  const { keeper, told } = stage(() => Promise.resolve(++saves));
  expect(await keeper.flush()).toBe(true);
  expect(saves).toBe(0);
  keeper.touch();
  expect(await keeper.flush()).toBe(true);
  expect(told).toEqual([{ kind: "saved", at: 1 }]);
});

it("never saves twice at the same time, and always the newest last", async () => {
  let running = 0;
  let text = "";
  const stored: string[] = [];
  const { keeper } = stage(async () => {
    expect(++running, "two saves overlapped").toBe(1);
    const mine = text;
    await new Promise((done) => setTimeout(done, 500));
    stored.push(mine);
    running -= 1;
    return 1;
  });
  text = "one";
  keeper.touch();
  await vi.advanceTimersByTimeAsync(1300);
  text = "two";
  keeper.touch();
  const flushed = keeper.flush();
  await vi.advanceTimersByTimeAsync(2000);
  expect(await flushed).toBe(true);
  expect(stored).toEqual(["one", "two"]);
});

it("tries again after a failure and says so", async () => {
  let broken = true;
  const { keeper, told } = stage(() =>
    broken ? Promise.reject(new Error("disk full")) : Promise.resolve(7),
  );
  keeper.touch();
  expect(await keeper.flush(), "a failed save is not safe").toBe(false);
  broken = false;
  await vi.advanceTimersByTimeAsync(5000);
  expect(told.map((one) => one.kind)).toEqual(["failed", "saved"]);
});

it("saves nothing after it was closed", async () => {
  let saves = 0;
  const { keeper } = stage(() => Promise.resolve(++saves));
  keeper.touch();
  await keeper.close();
  keeper.touch();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(saves).toBe(0);
});
