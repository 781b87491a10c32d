// What is drawn a few times beside the page, soon after the window shows its first rows.
import { QueryClientProvider } from "@tanstack/react-query";
import { act, render, renderHook, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

vi.mock("../../src/words/times", { spy: true });
// A simulated page does not say who sent a message.
vi.mock("../../src/state/turns", () => ({ inNextTurn: (work: () => void) => queueMicrotask(work) }));

// The first rows of a window are shown once: each test is a window of its own.
beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

/** Until nothing is left to be done, in steps in which one thing is done at most. */
const rest = async () => {
  for (let turn = 0; turn < 40; turn++) await act(() => vi.advanceTimersByTimeAsync(50));
};

it("begins when the first rows were painted, has an end, and is never had again", async () => {
  const { useRehearsal } = await import("../../src/state/rehearsal");
  const { noteFirstRows } = await import("../../src/state/firstRows");
  const turns: number[] = [];
  const watched = () => renderHook(() => turns.push(useRehearsal()));
  const { unmount } = watched();
  await rest();
  expect(turns, "no rows were shown").toEqual([0]);
  noteFirstRows();
  await rest();
  expect(turns).toEqual([0, 1, 2, 3, 4, 0]);
  expect(vi.getTimerCount(), "nothing goes on").toBe(0);
  unmount();
  turns.length = 0;
  watched();
  await rest();
  expect(turns).toEqual([0]);
});

it("draws rows of the list, of which the page has none, and is heard by nobody", async () => {
  const { openInbox } = await import("./inbox");
  await openInbox();
  const { client } = await import("../../src/state/client");
  const { usual } = await import("../../src/state/looks");
  const { RehearsedRows } = await import("../../src/views/main/list/RehearsedRows");
  const { noteFirstRows } = await import("../../src/state/firstRows");
  const said = vi.mocked((await import("../../src/words/times")).fullTime);
  const { container } = render(
    <QueryClientProvider client={client}>
      <RehearsedRows look={usual} />
    </QueryClientProvider>,
  );
  said.mockClear();
  noteFirstRows();
  let most = 0;
  for (let turn = 0; turn < 40; turn++) {
    await act(() => vi.advanceTimersByTimeAsync(50));
    most = Math.max(most, screen.queryAllByRole("option", { hidden: true }).length);
  }
  expect(said.mock.calls.length, "rows were drawn").toBeGreaterThan(1);
  expect(most).toBe(0);
  expect(container.childElementCount).toBe(0);
});
