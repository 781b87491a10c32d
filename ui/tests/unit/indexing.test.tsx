// A search while letters are put into the index says that it is not all, how far that is, and follows it to its end.
import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { setBackend } from "../../src/ipc";
import { openMemory, type MemoryBackend } from "../../src/ipc/memory";
import { followChanges } from "../../src/state/changes";
import { client } from "../../src/state/client";
import { usual } from "../../src/state/looks";
import { onListingChanged } from "../../src/state/pulse";
import { listingOf, noFilter } from "../../src/state/window";
import { Nothing } from "../../src/views/main/list/Nothing";
import { SearchStrip } from "../../src/views/main/search/SearchStrip";

let memory: MemoryBackend;

beforeEach(() => {
  vi.useFakeTimers();
  client.clear();
  memory = openMemory(new URLSearchParams());
  setBackend(memory);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const wait = (time = 0) => act(() => vi.advanceTimersByTimeAsync(time));

async function strip() {
  const place = { kind: "search" as const, query: "4711 " };
  const listing = listingOf({ place, filter: noFilter }, usual);
  if (listing === null) throw new Error("a search has a list");
  render(
    <QueryClientProvider client={client}>
      <SearchStrip place={place} listing={listing} />
    </QueryClientProvider>,
  );
  await wait();
}
const told = () => screen.queryByText(/Still being indexed|are still being read/)?.textContent;

it("says how far the index is, follows it, and asks again when it is done", async () => {
  const changed = vi.fn();
  const stop = onListingChanged(changed);
  memory.world.indexing = { letters: 19_000, of: 50_000, files: 0 };
  await strip();
  expect(told()).toBe("Still being indexed: 62 %. Not everything is found yet.");
  memory.world.indexing = { letters: 1, of: 50_000, files: 7 };
  await wait(2_000);
  expect(told(), "it is not done before it is").toContain("99 %");
  memory.world.indexing = { letters: 0, of: 0, files: 7 };
  await wait(2_000);
  expect(told()).toBe("The files of 7 letters are still being read for the search index.");
  expect(changed, "files are still read").not.toHaveBeenCalled();
  memory.world.indexing = { letters: 0, of: 0, files: 0 };
  await wait(2_000);
  expect(told()).toBeUndefined();
  expect(changed, "what was missed is asked for again").toHaveBeenCalledTimes(1);
  const asked = vi.spyOn(memory, "indexing");
  await wait(60_000);
  expect(asked, "and nothing more is asked").not.toHaveBeenCalled();
  stop();
});

it("speaks of few letters, as new mail is, only when they wait for longer than a moment", async () => {
  memory.world.indexing = { letters: 1, of: 50_000, files: 0 };
  await strip();
  await wait(4_000);
  expect(told()).toBeUndefined();
  await wait(2_000);
  expect(told()).toContain("99 %");
});

it("speaks of files that are read for long", async () => {
  memory.world.indexing = { letters: 0, of: 0, files: 120 };
  await strip();
  expect(told()).toBe("The files of 120 letters are still being read for the search index.");
});

it("looks again when letters come while a search is open", async () => {
  const stop = await followChanges(memory);
  await strip();
  await wait(10_000);
  expect(told()).toBeUndefined();
  memory.world.indexing = { letters: 30_000, of: 40_000, files: 0 };
  memory.receive({ subject: "One of many" });
  await wait();
  expect(told()).toContain("25 %");
  stop();
});

it("says of a search that finds nothing that this may change", async () => {
  memory.world.indexing = { letters: 500, of: 1_000, files: 0 };
  const { by, reversed, grouping } = usual;
  const source = { kind: "search" as const, query: "zebra crossing" };
  render(
    <QueryClientProvider client={client}>
      <Nothing
        listing={{ source, filter: noFilter, order: { by, reversed }, grouping }}
        title="Results"
        failure={null}
        onRetry={() => undefined}
      />
    </QueryClientProvider>,
  );
  await wait();
  expect(screen.getByText("Nothing found yet")).toBeTruthy();
  expect(told()).toContain("50 %");
  expect(screen.queryByText(/Try fewer/), "the words need not be wrong").toBeNull();
});
