// The files of the browser as they are asked of the engine: an order and words are its, pages follow each other, what is typed while it
// is at work is asked for once, and a list that is not whole is looked at again.
import { QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { setBackend } from "../../src/ipc";
import type { FilesView, FileView } from "../../src/ipc/backend";
import { openMemory } from "../../src/ipc/memory";
import { client } from "../../src/state/client";
import { useFiles } from "../../src/views/main/questions/useFiles";

const file = (name: string): FileView =>
  ({
    file: { name, part: "2", size: 1 },
    letter: { id: name, subject: "", from: [] },
  }) as unknown as FileView;
const page = (names: string[], more: Partial<FilesView> = {}): FilesView => ({
  files: names.map(file),
  next: null,
  total: names.length,
  unread: 0,
  ...more,
});
const behind = (row: number) => ({ email: "7", place: 0, row });
const source = { kind: "starred" } as const;

/** What was asked for, each with the way to answer it. */
let asked: { of: string; answer: (page: FilesView) => void }[] = [];

beforeEach(() => {
  asked = [];
  client.clear();
  setBackend({
    ...openMemory(new URLSearchParams()),
    files: (_source, order, words, behind) =>
      new Promise((answer) => {
        asked.push({ of: `${order} ${words} ${behind?.row ?? "from the beginning"}`, answer });
      }),
  });
});

afterEach(() => {
  vi.useRealTimers();
});

const look = (words: string) =>
  renderHook(({ words }) => useFiles(source, words, "name"), {
    initialProps: { words },
    wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>,
  });
const ofAsked = () => asked.map(({ of }) => of);
const answer = (at: number, with_: FilesView) =>
  act(() => {
    asked[at]?.answer(with_);
    return Promise.resolve();
  });

it("goes on with the next page, and is the same list for whoever only looks at it", async () => {
  const { result, rerender } = look("");
  await answer(0, page(["a", "b"], { next: behind(2), total: 3 }));
  await waitFor(() => expect(result.current.hasMore).toBe(true));
  act(() => result.current.more());
  await waitFor(() => expect(ofAsked()).toEqual(["name  from the beginning", "name  2"]));
  await answer(1, page(["c"], { total: 3 }));
  await waitFor(() => expect(result.current.found.map((each) => each.file.name)).toEqual(["a", "b", "c"]));
  expect([result.current.total, result.current.hasMore]).toEqual([3, false]);
  const { found } = result.current;
  rerender({ words: "" });
  expect(result.current.found).toBe(found);
});

it("shows none twice that stands in two pages", async () => {
  const { result } = look("");
  await answer(0, page(["a", "b"], { next: behind(2), total: 4 }));
  await waitFor(() => expect(result.current.hasMore).toBe(true));
  act(() => result.current.more());
  await waitFor(() => expect(asked).toHaveLength(2));
  await answer(1, page(["b", "c"], { total: 3 }));
  await waitFor(() => expect(result.current.found.map((each) => each.file.name)).toEqual(["a", "b", "c"]));
});

it("asks once for what is typed while the engine is at work, and shows the files of before until then", async () => {
  const { result, rerender } = look("");
  await answer(0, page(["bill", "map"]));
  await waitFor(() => expect(result.current.found).toHaveLength(2));
  rerender({ words: "b" });
  await waitFor(() => expect(ofAsked()).toHaveLength(2));
  for (const words of ["bi", "bil", "bill"]) rerender({ words });
  expect(result.current.found, "nothing flickers").toHaveLength(2);
  expect(result.current.isLooking).toBe(true);
  await answer(1, page(["bill", "bottle"]));
  await waitFor(() =>
    expect(ofAsked()).toEqual([
      "name  from the beginning",
      "name b from the beginning",
      "name bill from the beginning",
    ]),
  );
  await answer(2, page(["bill"]));
  await waitFor(() => expect(result.current.found.map((each) => each.file.name)).toEqual(["bill"]));
  expect(result.current.isLooking).toBe(false);
});

it("looks at the beginning again while letters are looked into, and asks for all of it when there is more", async () => {
  vi.useFakeTimers();
  const pass = (time: number) => act(() => vi.advanceTimersByTimeAsync(time));
  const { result } = look("");
  await pass(0);
  await answer(0, page(["a"], { next: behind(1), total: 2, unread: 9 }));
  await pass(0);
  act(() => result.current.more());
  await pass(0);
  await answer(1, page(["b"], { total: 2, unread: 9 }));
  await pass(1_600);
  expect(ofAsked(), "one question, however many pages there are").toEqual([
    "name  from the beginning",
    "name  1",
    "name  from the beginning",
  ]);
  await answer(2, page(["a"], { next: behind(1), total: 2, unread: 7 }));
  expect([result.current.unread, result.current.found.length]).toEqual([7, 2]);
  await pass(1_600);
  await answer(3, page(["a"], { next: behind(1), total: 3, unread: 4 }));
  await pass(0);
  expect(asked.length, "what is shown is asked for, since there is more").toBe(5);
  await answer(4, page(["a"], { next: behind(1), total: 3, unread: 0 }));
  await pass(0);
  await answer(5, page(["b", "c"], { total: 3 }));
  await pass(0);
  expect(result.current.found).toHaveLength(3);
  await pass(120_000);
  expect(asked.length, "and it rests when all of them were").toBe(6);
});

it("asks ever more seldom while nothing new is heard", async () => {
  vi.useFakeTimers();
  const pass = (time: number) => act(() => vi.advanceTimersByTimeAsync(time));
  look("");
  await pass(0);
  await answer(0, page(["a"], { unread: 9 }));
  for (let second = 0; second < 120; second += 1) {
    const before = asked.length;
    await pass(1_000);
    if (asked.length > before) await answer(before, page(["a"], { unread: 9 }));
  }
  // Every second and a half it would have been 80.
  expect(asked.length).toBeLessThan(10);
});
