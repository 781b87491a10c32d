// The files of the browser in their orders: as one counts, and put in order when others come, not with each of its draws.
import { QueryClientProvider } from "@tanstack/react-query";
import { renderHook, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { setBackend } from "../../src/ipc";
import type { FileView } from "../../src/ipc/backend";
import { openMemory } from "../../src/ipc/memory";
import { client } from "../../src/state/client";
import { inOrder, useFiles } from "../../src/views/main/questions/useFiles";

const file = (name: string, size: number, from: string): FileView =>
  ({
    file: { name, size },
    letter: { id: name, subject: "", from: [{ name: from, email: "someone@post.example" }] },
  }) as FileView;
const files = [
  file("bill 10.txt", 3, "Mika"),
  file("Apple.txt", 1, "Jonas"),
  file("bill 9.txt", 2, "amara"),
  file("apple.txt", 3, "Jonas"),
];
const names = (some: FileView[]) => some.map((each) => each.file.name);

it("lists as one counts and writes, and what is equal as it came", () => {
  expect(names(inOrder(files, "name"))).toEqual(["Apple.txt", "apple.txt", "bill 9.txt", "bill 10.txt"]);
  expect(names(inOrder(files, "size"))).toEqual(["bill 10.txt", "apple.txt", "bill 9.txt", "Apple.txt"]);
  expect(names(inOrder(files, "sender"))).toEqual(["bill 9.txt", "Apple.txt", "apple.txt", "bill 10.txt"]);
  expect(inOrder(files, "newest")).toBe(files);
});

it("puts them in order when others come, and not when the list is only drawn anew", async () => {
  setBackend({
    ...openMemory(new URLSearchParams()),
    files: (_source, offset) =>
      Promise.resolve({ files: files.slice(offset, offset + 2), next: offset === 0 ? 2 : null }),
  });
  const source = { kind: "starred" } as const;
  const { result, rerender } = renderHook(({ most }) => useFiles(source, "", "name", most), {
    initialProps: { most: 100 },
    wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>,
  });
  await waitFor(() => expect(result.current.found).toHaveLength(4));
  const { found } = result.current;
  rerender({ most: 200 });
  expect(result.current.found).toBe(found);
});
