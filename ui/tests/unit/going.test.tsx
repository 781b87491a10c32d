// Going to a place of the folder pane, over an engine that answers when it is told to: the place is shown with its rows, or when
// somebody cannot wait for them.
import { QueryClientProvider } from "@tanstack/react-query";
import { act, render, renderHook, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { setBackend } from "../../src/ipc";
import type { Listing, PageView } from "../../src/ipc/backend";
import { openMemory } from "../../src/ipc/memory";
import { client } from "../../src/state/client";
import { askForPlace, goTo, PATIENCE, useRowThere } from "../../src/state/going";
import { askForFirstRows } from "../../src/state/rows";
import { useWindow, type Place } from "../../src/state/window";
import { ListPane } from "../../src/views/main/list/ListPane";
import { forgetList } from "./inbox";

const INBOX: Place = { kind: "mailbox", mailbox: "lena-inbox" };
const STARRED: Place = { kind: "starred" };

/** What was asked for, in order, and how each is answered or refused. */
let asked: { kind: string; answer: () => void; refuse: () => void }[];
const engine = openMemory(new URLSearchParams());

function page(listing: Listing, offset: number, limit: number): Promise<PageView> {
  return new Promise((resolve, reject) => {
    asked.push({
      kind: listing.source.kind,
      answer: () => resolve(engine.page({ ...listing, source: { kind: "allInboxes" } }, offset, limit)),
      refuse: () => reject(Object.assign(new Error("closed"), { code: "closed", sentence: "It is closed." })),
    });
  });
}

const nothing = () => undefined;
const shown = () => useWindow.getState().place.kind;
const kinds = () => asked.map(({ kind }) => kind);
const settle = () => act(() => vi.advanceTimersByTimeAsync(0));
const answer = async () => {
  asked.at(-1)?.answer();
  await settle();
};

beforeEach(() => {
  vi.useFakeTimers();
  client.clear();
  asked = [];
  setBackend({ ...engine, page });
  useWindow.getState().go({ kind: "allInboxes" });
  forgetList();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("shows a place when its rows are here, and its row in the folder pane at once", async () => {
  const { result } = renderHook(() => useRowThere());
  act(() => goTo(STARRED));
  expect(result.current).toBe("place:starred");
  expect(shown(), "nothing of it is here").toBe("allInboxes");
  await answer();
  expect(shown()).toBe("starred");
  expect(result.current).toBe("place:starred");
  await act(() => vi.advanceTimersByTimeAsync(PATIENCE));
  expect(kinds()).toEqual(["starred"]);
});

it("asks when the press begins, and not once more when it ends", async () => {
  askForPlace(STARRED);
  expect(kinds()).toEqual(["starred"]);
  await answer();
  expect(shown(), "a press that has not ended goes nowhere").toBe("allInboxes");
  goTo(STARRED);
  expect(shown(), "they are here").toBe("starred");
  await settle();
  expect(kinds()).toEqual(["starred"]);
});

it("shows what waits for its rows when the patience is over, and when they do not come", async () => {
  goTo(STARRED);
  await act(() => vi.advanceTimersByTimeAsync(PATIENCE - 1));
  expect(shown()).toBe("allInboxes");
  await act(() => vi.advanceTimersByTimeAsync(1));
  expect(shown()).toBe("starred");
  goTo(INBOX);
  asked.at(-1)?.refuse();
  await settle();
  expect(shown()).toBe("mailbox");
});

it.each(["keydown", "pointerdown"])("is there already for whoever goes on: %s", async (kind) => {
  goTo(STARRED);
  await settle();
  let heardAt = "";
  const hear = () => (heardAt = shown());
  document.body.addEventListener(kind, hear);
  document.body.dispatchEvent(new Event(kind, { bubbles: true }));
  document.body.removeEventListener(kind, hear);
  expect(heardAt, "the key is one for the place that was pressed").toBe("starred");
  await answer();
  expect(shown()).toBe("starred");
});

it("stays where somebody was brought meanwhile, and goes to the last of two places", async () => {
  goTo(STARRED);
  act(() => useWindow.getState().search("boat "));
  await answer();
  expect(shown()).toBe("search");
  goTo(STARRED);
  goTo(INBOX);
  await settle();
  for (const { answer: late } of asked) late();
  await settle();
  expect(shown()).toBe("mailbox");
  await act(() => vi.advanceTimersByTimeAsync(2 * PATIENCE));
  expect(shown()).toBe("mailbox");
});

it("goes at once where there is no list", () => {
  goTo({ kind: "outbox" });
  expect(shown()).toBe("outbox");
});

it("draws the list of the next place once, with its rows", async () => {
  // Nothing is measured in a simulated page.
  const blind = { observe: nothing, unobserve: nothing, disconnect: nothing };
  vi.stubGlobal(
    "ResizeObserver",
    vi.fn(function () {
      return blind;
    }),
  );
  askForFirstRows();
  await answer();
  render(
    <QueryClientProvider client={client}>
      <ListPane />
    </QueryClientProvider>,
  );
  await settle();
  const before = screen.getByRole("listbox");
  expect(screen.getAllByRole("option").length).toBeGreaterThan(1);
  const lists: number[] = [];
  const watch = new MutationObserver(() => {
    const list = screen.queryByRole("listbox");
    if (list !== null && list !== before) lists.push(list.querySelectorAll("[role=option]").length);
  });
  watch.observe(document.body, { childList: true, subtree: true });
  act(() => goTo(STARRED));
  await settle();
  expect(screen.getByRole("listbox"), "what is shown stays").toBe(before);
  await answer();
  watch.disconnect();
  expect(lists.length).toBeGreaterThan(0);
  expect(Math.min(...lists), "a list without its rows was never in the page").toBeGreaterThan(1);
});
