// What changes while no list is there, or while one goes: the list that comes shows it all the same.
import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { setBackend } from "../../src/ipc";
import type { PageView } from "../../src/ipc/backend";
import { openMemory, type MemoryBackend } from "../../src/ipc/memory";
import { askAhead } from "../../src/state/ahead";
import { followChanges } from "../../src/state/changes";
import { client } from "../../src/state/client";
import { usual, useLooks } from "../../src/state/looks";
import { onListingChanged } from "../../src/state/pulse";
import { askForFirstRows, isBehind, useEdition } from "../../src/state/rows";
import { chooseNothing } from "../../src/state/selection";
import { listingNow, noFilter, useWindow, type Place } from "../../src/state/window";
import { ConversationList } from "../../src/views/main/list/ConversationList";
import { forgetList } from "./inbox";

let engine: MemoryBackend;
let stop: () => void;
const page = vi.fn<MemoryBackend["page"]>();

beforeEach(async () => {
  const observer = class {
    observe() {}
    disconnect() {}
  };
  vi.stubGlobal("ResizeObserver", observer);
  client.clear();
  useLooks.setState({ everywhere: usual, places: {} });
  chooseNothing();
  engine = openMemory(new URLSearchParams());
  page.mockReset().mockImplementation((...asked) => engine.page(...asked));
  const backend = { ...engine, page };
  setBackend(backend);
  stop = await followChanges(backend);
  useWindow.setState({ place: { kind: "allInboxes" }, filter: noFilter });
  forgetList();
});
afterEach(() => {
  cleanup();
  stop();
  vi.unstubAllGlobals();
});

function list(place: Place) {
  useWindow.setState({ place });
  const listing = listingNow();
  if (listing === null) throw new Error("This place has a list.");
  return (
    <QueryClientProvider client={client}>
      <ConversationList key={JSON.stringify(listing)} listing={listing} look={usual} title="A list" />
    </QueryClientProvider>
  );
}
const says = (words: string) =>
  [...document.querySelectorAll("[role=option]")].some((row) => row.textContent.includes(words));
/** It is told a moment later. */
async function arrives(subject: string): Promise<void> {
  const told = vi.fn();
  const stop = await engine.onChanges(told);
  await act(async () => {
    engine.receive({ subject });
    await vi.waitFor(() => expect(told).toHaveBeenCalled());
  });
  stop();
}

it("shows what came between the first answer and the first list, whoever else has heard of it", async () => {
  const end = onListingChanged(() => undefined);
  askForFirstRows();
  await vi.waitFor(() => expect(useEdition.getState().total).not.toBeNull());
  await arrives("While the account is added");
  await act(() => Promise.resolve(render(list({ kind: "allInboxes" }))));
  await vi.waitFor(() => expect(says("While the account is added")).toBe(true));
  end();
});

it("shows what came while the list of another place was about to follow it", async () => {
  const { rerender } = render(list({ kind: "allInboxes" }));
  await vi.waitFor(() => expect(says("")).toBe(true));
  await act(() => Promise.resolve(rerender(list({ kind: "starred" }))));
  await vi.waitFor(() => expect(says("")).toBe(true));
  const answers: (() => void)[] = [];
  page.mockImplementation(
    (...asked) =>
      new Promise<PageView>((resolve) => answers.push(() => void engine.page(...asked).then(resolve))),
  );
  await arrives("While another place is shown");
  await vi.waitFor(() => expect(answers).not.toHaveLength(0));
  page.mockImplementation((...asked) => engine.page(...asked));
  await act(() => Promise.resolve(rerender(list({ kind: "allInboxes" }))));
  await act(() => Promise.resolve(answers.forEach((answer) => answer())));
  await vi.waitFor(() => expect(says("While another place is shown")).toBe(true));
});

it("does not take what a list had asked for when it went for what is asked for later", async () => {
  const { rerender } = render(list({ kind: "allInboxes" }));
  await vi.waitFor(() => expect(says("")).toBe(true));
  const answers: (() => void)[] = [];
  page.mockImplementation(async (...asked) => {
    const answer = await engine.page(...asked);
    return new Promise<PageView>((resolve) => answers.push(() => resolve(answer)));
  });
  await arrives("The first");
  await vi.waitFor(() => expect(answers).not.toHaveLength(0));
  await arrives("The second");
  page.mockImplementation((...asked) => engine.page(...asked));
  await act(() => Promise.resolve(rerender(list({ kind: "starred" }))));
  await act(() => Promise.resolve(answers.forEach((answer) => answer())));
  await vi.waitFor(() => expect(isBehind(), "the other list has followed both").toBe(false));
  await act(() => Promise.resolve(rerender(list({ kind: "allInboxes" }))));
  await vi.waitFor(() => expect(says("The second")).toBe(true));
});

it("is asked for once where somebody comes back to it, and never drawn as it was", async () => {
  const end = askAhead();
  const { rerender } = render(list({ kind: "allInboxes" }));
  await vi.waitFor(() => expect(says("")).toBe(true));
  rerender(<></>);
  useWindow.getState().go({ kind: "outbox" });
  await arrives("While the outbox is shown");
  page.mockClear();
  useWindow.getState().go({ kind: "allInboxes" });
  rerender(list({ kind: "allInboxes" }));
  expect(document.querySelectorAll("[role=option]"), "what is here of it is older").toHaveLength(0);
  await vi.waitFor(() => expect(says("While the outbox is shown")).toBe(true));
  expect(page).toHaveBeenCalledOnce();
  end();
});
