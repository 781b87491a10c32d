// Where somebody leaps to in a long list, what is seen is asked for first.
import { QueryClientProvider } from "@tanstack/react-query";
import { renderHook, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { setBackend } from "../../src/ipc";
import type { PageView } from "../../src/ipc/backend";
import { openMemory } from "../../src/ipc/memory";
import { client } from "../../src/state/client";
import { PAGE, useEdition, useRows } from "../../src/state/rows";
import { listingNow, noFilter, useWindow } from "../../src/state/window";

it("asks for the rows around what is seen when that is here, and not before", async () => {
  client.clear();
  const engine = openMemory(new URLSearchParams());
  const page: PageView = { total: 100 * PAGE, rows: [], more: false };
  let answer: (page: PageView) => void = () => undefined;
  const asked = vi.fn(() => new Promise<PageView>((resolve) => (answer = resolve)));
  setBackend({ ...engine, page: asked });
  useWindow.setState({ place: { kind: "allInboxes" }, filter: noFilter });
  const listing = listingNow();
  if (listing === null) throw new Error("This place has a list.");
  useEdition.setState({
    number: useEdition.getState().number + 1,
    listing: JSON.stringify(listing),
    total: 100 * PAGE,
  });
  const wrapper = ({ children }: { children: React.ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  renderHook(() => useRows(listing, 50 * PAGE + 10, 50 * PAGE + 20), { wrapper });
  expect(asked).toHaveBeenCalledExactlyOnceWith(listing, 50 * PAGE, PAGE);
  answer(page);
  await waitFor(() => expect(asked).toHaveBeenCalledTimes(3));
  expect(asked).toHaveBeenCalledWith(listing, 49 * PAGE, PAGE);
  expect(asked).toHaveBeenCalledWith(listing, 51 * PAGE, PAGE);
});
