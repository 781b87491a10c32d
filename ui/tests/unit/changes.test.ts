// What the engine tells, against what was asked a moment before it.
import { QueryObserver } from "@tanstack/react-query";
import { expect, it, vi } from "vitest";
import type { ActivityView, Backend, ChangeView } from "../../src/ipc/backend";
import { followChanges } from "../../src/state/changes";
import { client } from "../../src/state/client";
import { onListingChanged } from "../../src/state/pulse";
import { keys } from "../../src/state/queries";
import { useWindow } from "../../src/state/window";

/** A limit for what never comes. */
const PATIENCE = 20_000;

// It comes first: a question that is due stays due for the tests behind it.
it("asks who a letter is from once more when letters are indexed, and not for each of them", () => {
  vi.useFakeTimers();
  let tell: (changes: ChangeView[]) => void = () => undefined;
  const engine = { onChanges: (listener: typeof tell) => ((tell = listener), () => undefined) };
  void followChanges(engine as unknown as Backend);
  const again = vi.spyOn(client, "invalidateQueries");
  const asked = () => again.mock.calls.filter(([filter]) => filter?.queryKey?.[0] === "who").length;
  for (let batch = 0; batch < 5; batch += 1) tell([{ kind: "searches" }]);
  vi.runAllTimers();
  expect(asked(), "five batches, one question").toBe(1);
  tell([{ kind: "searches" }]);
  vi.runAllTimers();
  expect(asked(), "the last one is never left out").toBe(2);
  again.mockRestore();
  vi.useRealTimers();
});

it("asks again when a change overtakes the first answer, which does not know of it", async () => {
  let tell: (changes: ChangeView[]) => void = () => undefined;
  const engine = { onChanges: (listener: typeof tell) => ((tell = listener), () => undefined) };
  void followChanges(engine as unknown as Backend);
  const answers: ((folders: string[]) => void)[] = [];
  const ask = vi.fn(() => new Promise<string[]>((resolve) => answers.push(resolve)));
  const seen = new QueryObserver(client, { queryKey: keys.mailboxes, queryFn: ask });
  const stop = seen.subscribe(() => undefined);
  expect(ask).toHaveBeenCalledTimes(1);
  tell([{ kind: "mailboxes", account: "lena" }]);
  answers[0]?.([]);
  await vi.waitFor(
    () => expect(ask, "the empty answer is older than the change").toHaveBeenCalledTimes(2),
    PATIENCE,
  );
  answers[1]?.(["Inbox"]);
  await vi.waitFor(() => expect(seen.getCurrentResult().data).toEqual(["Inbox"]), PATIENCE);
  tell([{ kind: "mailboxes", account: "lena" }]);
  await vi.waitFor(() => expect(ask, "a later change is asked for once").toHaveBeenCalledTimes(3), PATIENCE);
  stop();
});

it("believes what it was told of an account, and no answer that was on its way then", async () => {
  let tell: (changes: ChangeView[]) => void = () => undefined;
  const engine = { onChanges: (listener: typeof tell) => ((tell = listener), () => undefined) };
  void followChanges(engine as unknown as Backend);
  const account = (kind: string) => [{ id: "lena", activity: { kind } }];
  const answers: ((accounts: object[]) => void)[] = [];
  const ask = vi.fn(() => new Promise<object[]>((resolve) => answers.push(resolve)));
  const seen = new QueryObserver(client, { queryKey: keys.accounts, queryFn: ask });
  const stop = seen.subscribe(() => undefined);
  answers[0]?.(account("idle"));
  await vi.waitFor(() => expect(seen.getCurrentResult().data).toEqual(account("idle")), PATIENCE);
  void seen.refetch();
  const upToDate: ActivityView = { kind: "upToDate", checkedAt: 1, shut: [] };
  tell([
    { kind: "activity", account: "lena", activity: { kind: "syncing", done: 1, total: 2, secondsLeft: 1 } },
  ]);
  tell([{ kind: "activity", account: "lena", activity: upToDate }]);
  answers[1]?.(account("connecting"));
  await vi.waitFor(
    () => expect(ask, "that answer is older, and is asked for once more").toHaveBeenCalledTimes(3),
    PATIENCE,
  );
  answers[2]?.([{ id: "lena", activity: upToDate }]);
  await vi.waitFor(
    () => expect(seen.getCurrentResult().data).toEqual([{ id: "lena", activity: upToDate }]),
    PATIENCE,
  );
  expect(ask).toHaveBeenCalledTimes(3);
  stop();
});

it("asks for a search again when letters can be found that were listed before, and for no other list", () => {
  vi.useFakeTimers();
  let tell: (changes: ChangeView[]) => void = () => undefined;
  const engine = { onChanges: (listener: typeof tell) => ((tell = listener), () => undefined) };
  void followChanges(engine as unknown as Backend);
  const asked = vi.fn();
  const stop = onListingChanged(asked);
  tell([{ kind: "searches" }]);
  expect(asked, "a folder has the same letters").not.toHaveBeenCalled();
  useWindow.getState().search("boat");
  tell([{ kind: "searches" }]);
  expect(asked).toHaveBeenCalledTimes(1);
  useWindow.getState().search("");
  stop();
  // What is asked later on account of it is not left to the next test.
  vi.runAllTimers();
  vi.useRealTimers();
});
