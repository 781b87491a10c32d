// A list that is left by mail in memory: as with the real engine, when the letter has been sent, and not before.
import { afterEach, expect, it, vi } from "vitest";
import type { ChangeView } from "../../src/ipc/backend";
import { openMemory } from "../../src/ipc/memory";

afterEach(() => {
  vi.useRealTimers();
});

it("is left when its letter has been sent", async () => {
  vi.useFakeTimers();
  const engine = openMemory(new URLSearchParams());
  const come = async <T>(answer: Promise<T>): Promise<T> => {
    await vi.advanceTimersByTimeAsync(50);
    return answer;
  };
  const lists = async () => (await come(engine.subscriptions())).lists;
  const told: ChangeView[] = [];
  void engine.onChanges((changes) => told.push(...changes));
  const leftTold = () => told.filter(({ kind }) => kind === "listLeft");
  const [list] = await lists();
  await come(engine.leaveList(list?.email ?? "", "mail"));
  expect((await lists())[0]?.leftAt, "a letter may fail, or be taken back").toBeNull();
  expect((await come(engine.outbox()))[0]?.state).toEqual({ kind: "waiting" });
  expect(leftTold()).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_000);
  const [left] = await lists();
  expect([left?.leftBy, left?.leftAt]).toEqual(["mail", expect.any(Number)]);
  expect(leftTold(), "and that is told").toEqual([
    { kind: "listLeft", account: list?.account, list: list?.list },
  ]);
});
