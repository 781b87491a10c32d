// A list that was left, as the engine tells of it: of the letters that are shown or at hand those of that list are asked for again, and
// nothing else is, nor is anything when letters go through the outbox.
import { QueryObserver } from "@tanstack/react-query";
import { beforeEach, expect, it, vi } from "vitest";
import type { Backend, ChangeView } from "../../src/ipc/backend";
import { followChanges } from "../../src/state/changes";
import { client } from "../../src/state/client";
import { keys } from "../../src/state/queries";

/** A limit for what never comes. */
const PATIENCE = 20_000;

let tell: (changes: ChangeView[]) => void = () => undefined;

beforeEach(() => {
  client.clear();
  const engine = { onChanges: (listener: typeof tell) => ((tell = listener), () => undefined) };
  void followChanges(engine as unknown as Backend);
});

const LEFT: ChangeView = { kind: "listLeft", account: "lena", list: "crew.example" };
const body = (id: string | null) => ({ list: id === null ? null : { id } });

function shown(queryKey: readonly unknown[], answer: () => unknown) {
  const ask = vi.fn(() => Promise.resolve(answer()));
  const observer = new QueryObserver(client, { queryKey, queryFn: ask, staleTime: Infinity });
  observer.subscribe(() => undefined);
  return ask;
}

it("asks again for letters of that list alone, and only when it was left", async () => {
  const asked = {
    ofIt: shown([...keys.body("1"), {}], () => body("crew.example")),
    ofAnother: shown([...keys.body("2"), {}], () => body("news.example")),
    ofNone: shown([...keys.body("3"), {}], () => body(null)),
    lists: shown(keys.subscriptions, () => []),
    outbox: shown(keys.outbox, () => []),
  };
  const times = () => Object.values(asked).map((each) => each.mock.calls.length);
  await vi.waitFor(() => expect(times()).toEqual([1, 1, 1, 1, 1]), PATIENCE);
  await vi.waitFor(() => expect(client.isFetching()).toBe(0), PATIENCE);
  tell([LEFT]);
  await vi.waitFor(() => expect(times()).toEqual([2, 1, 1, 2, 1]), PATIENCE);
  await vi.waitFor(() => expect(client.isFetching()).toBe(0), PATIENCE);
  tell([{ kind: "outbox" }]);
  await vi.waitFor(() => expect(times()).toEqual([2, 1, 1, 2, 2]), PATIENCE);
});

it("asks once more for a letter whose first answer is older than that, if it is of the list", async () => {
  const answers: ((body: unknown) => void)[] = [];
  const first = (email: string) => {
    const ask = vi.fn(() => new Promise((resolve) => answers.push(resolve)));
    const query = { queryKey: [...keys.body(email), {}], queryFn: ask, staleTime: Infinity };
    new QueryObserver(client, query).subscribe(() => undefined);
    return ask;
  };
  const [ofIt, ofAnother] = [first("1"), first("2")];
  expect(answers).toHaveLength(2);
  tell([LEFT]);
  answers[1]?.(body("news.example"));
  answers[0]?.(body("crew.example"));
  await vi.waitFor(() => expect(ofIt).toHaveBeenCalledTimes(2), PATIENCE);
  expect(ofAnother).toHaveBeenCalledTimes(1);
});
