// The marks of lines are never those of words that were searched for before.
import { act, renderHook } from "@testing-library/react";
import { expect, it } from "vitest";
import { setBackend } from "../../src/ipc";
import { openMemory } from "../../src/ipc/memory";
import { useMarks } from "../../src/state/marks";
import { useWindow } from "../../src/state/window";

const settled = () => act(() => new Promise<void>((resolve) => setTimeout(resolve)));

it("takes no answer that comes when something else is searched for", async () => {
  const engine = openMemory(new URLSearchParams());
  const late: (() => void)[] = [];
  const marks: typeof engine.marks = (query, shown) =>
    query === "boat"
      ? new Promise((resolve) => late.push(() => resolve(shown.map(() => [[0, 4]]))))
      : engine.marks(query, shown);
  setBackend({ ...engine, marks });
  useWindow.getState().search("boat");
  const { result } = renderHook(() => useMarks("subject", "boathouse keys"));
  await settled();
  act(() => useWindow.getState().search("keys"));
  await settled();
  expect(result.current).toEqual([[10, 14]]);
  act(() => late.forEach((answer) => answer()));
  await settled();
  expect(result.current, "the marks of what is searched for now").toEqual([[10, 14]]);
});
