// The files of the browser as they are asked of the engine: an order and words are its, pages follow each other, what is typed while it
// is at work is asked for once, and a list that is not whole is asked for again.
import { QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
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
const source = { kind: "starred" } as const;

/** What was asked for, each with the way to answer it. */
let asked: { of: string; answer: (page: FilesView) => void }[] = [];

beforeEach(() => {
  asked = [];
  client.clear();
  setBackend({
    ...openMemory(new URLSearchParams()),
    files: (_source, order, words, offset) =>
      new Promise((answer) => {
        asked.push({ of: `${order} ${words} ${offset}`, answer });
      }),
  });
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
  await answer(0, page(["a", "b"], { next: 2, total: 3 }));
  await waitFor(() => expect(result.current.hasMore).toBe(true));
  act(() => result.current.more());
  await waitFor(() => expect(ofAsked()).toEqual(["name  0", "name  2"]));
  await answer(1, page(["c"], { total: 3 }));
  await waitFor(() => expect(result.current.found.map((each) => each.file.name)).toEqual(["a", "b", "c"]));
  expect([result.current.total, result.current.hasMore]).toEqual([3, false]);
  const { found } = result.current;
  rerender({ words: "" });
  expect(result.current.found).toBe(found);
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
  await waitFor(() => expect(ofAsked()).toEqual(["name  0", "name b 0", "name bill 0"]));
  await answer(2, page(["bill"]));
  await waitFor(() => expect(result.current.found.map((each) => each.file.name)).toEqual(["bill"]));
  expect(result.current.isLooking).toBe(false);
});

it("asks again while letters are still looked into, and rests when they were", async () => {
  const { result } = look("");
  await answer(0, page(["a"], { unread: 2 }));
  await waitFor(() => expect(result.current.unread).toBe(2));
  await waitFor(() => expect(asked).toHaveLength(2), { timeout: 60_000 });
  await answer(1, page(["a", "b"]));
  await waitFor(() => expect(result.current.found).toHaveLength(2));
  expect([result.current.unread, asked.length]).toEqual([0, 2]);
}, 60_000);
