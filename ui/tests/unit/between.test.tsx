// What is drawn between a press and what was asked for: nothing that is of no use. The engine answers when the test says so.
import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render } from "@testing-library/react";
import { Profiler } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setBackend } from "../../src/ipc";
import type { PageView } from "../../src/ipc/backend";
import { openMemory, type MemoryBackend } from "../../src/ipc/memory";
import { askAhead } from "../../src/state/ahead";
import { client } from "../../src/state/client";
import { closeFind, openFind, useFind } from "../../src/state/letterFind";
import { beLetterWindow } from "../../src/state/letterWindow";
import { usual, useLooks } from "../../src/state/looks";
import { fetchRow, PAGE, totalNow, useEdition } from "../../src/state/rows";
import { choose, chooseNothing, toggle } from "../../src/state/selection";
import { PATIENCE } from "../../src/state/shown";
import { listingNow, noFilter, useWindow } from "../../src/state/window";
import { ConversationList } from "../../src/views/main/list/ConversationList";
import { ReadingPane } from "../../src/views/main/reading/ReadingPane";
import { forgetList } from "./inbox";

let engine: MemoryBackend;
let stop: () => void;
const page = vi.fn<MemoryBackend["page"]>();
const body = vi.fn<MemoryBackend["body"]>();
const conversation = vi.fn<MemoryBackend["conversation"]>();
const respond = vi.fn<MemoryBackend["respond"]>();

beforeEach(() => {
  const observer = class {
    observe() {}
    disconnect() {}
  };
  vi.stubGlobal("ResizeObserver", observer);
  vi.stubGlobal("IntersectionObserver", observer);
  client.clear();
  useLooks.setState({ everywhere: usual, places: {} });
  chooseNothing();
  engine = openMemory(new URLSearchParams("scene=million"));
  page.mockReset().mockImplementation((...asked) => engine.page(...asked));
  body.mockReset().mockImplementation((...asked) => engine.body(...asked));
  conversation.mockReset().mockImplementation((...asked) => engine.conversation(...asked));
  respond.mockReset().mockImplementation((...asked) => engine.respond(...asked));
  setBackend({ ...engine, page, body, conversation, respond });
  useWindow.setState({ place: { kind: "allInboxes" }, filter: noFilter });
  forgetList();
  stop = askAhead();
});
afterEach(() => {
  cleanup();
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function listing() {
  const now = listingNow();
  if (now === null) throw new Error("This place has a list.");
  return now;
}

const drawn = (onRender: () => void, what: React.ReactNode) =>
  render(
    <QueryClientProvider client={client}>
      <Profiler id="drawn" onRender={onRender}>
        {what}
      </Profiler>
    </QueryClientProvider>,
  );
const rows = () => document.querySelectorAll("[role=option]").length;
const list = () => <ConversationList listing={listing()} look={usual} title="All inboxes" />;

describe("a list", () => {
  it("is asked for when somebody goes there, and not when it is drawn", () => {
    useWindow.getState().go({ kind: "starred" });
    expect(page).toHaveBeenCalledExactlyOnceWith(listing(), 0, PAGE);
    useWindow.getState().ask({ kind: "keys" });
    expect(page, "and not for a question over it").toHaveBeenCalledTimes(1);
  });

  it("is not asked for in a letter's own window, which draws none", () => {
    beLetterWindow(true);
    useWindow.getState().go({ kind: "starred" });
    beLetterWindow(false);
    expect(page).not.toHaveBeenCalled();
  });

  it("is as long as its rows say that are here already", async () => {
    await fetchRow(0);
    const total = totalNow();
    useWindow.getState().go({ kind: "starred" });
    await fetchRow(0);
    useWindow.getState().go({ kind: "allInboxes" });
    expect(useEdition.getState().listing, "noted when it is taken up again").toBe(JSON.stringify(listing()));
    expect(useEdition.getState().total).toBe(total);
  });

  it("has all its rows with the first drawing after they came", async () => {
    let answer: (page: PageView) => void = () => undefined;
    const whole = await engine.page(listing(), 0, PAGE);
    expect(
      whole.rows.length,
      "there are more than the one that a list of unknown length has",
    ).toBeGreaterThan(5);
    page.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
    const seen: number[] = [];
    drawn(() => seen.push(rows()), list());
    seen.length = 0;
    await act(() => Promise.resolve(answer(whole)));
    expect(seen[0]).toBeGreaterThan(5);
    expect(seen.length, "what is drawn after that is the end of the question").toBeLessThanOrEqual(2);
  });

  it("draws a leap, and asks for its rows, in the frame in which it is scrolled", async () => {
    useWindow.setState({ place: { kind: "mailbox", mailbox: "crowd" } });
    await fetchRow(0);
    drawn(() => undefined, list());
    const box = document.querySelector("[role=listbox]");
    if (box === null) throw new Error("There is a list.");
    page.mockImplementation(() => new Promise(() => undefined));
    page.mockClear();
    box.scrollTop = 4_000_000;
    // As the browser tells it: nothing waits for what comes later.
    vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", false);
    box.dispatchEvent(new Event("scroll"));
    const [asked] = page.mock.calls;
    expect(asked?.[1], "it is asked for before anybody else's turn").toBeGreaterThan(10 * PAGE);
  });
});

describe("the reading pane", () => {
  const title = () => document.querySelector("#reading h1")?.textContent;
  const comes = () => document.querySelector("#reading")?.hasAttribute("data-coming");

  async function two() {
    const found = [];
    for (let index = 0; found.length < 2; index++) {
      const row = await fetchRow(index);
      if (row === undefined) throw new Error("There are conversations of one letter.");
      if (row.emails.length === 1 && !row.answered) found.push({ row, index });
    }
    return found as [(typeof found)[number], (typeof found)[number]];
  }

  it("keeps a letter until the next one is there with its text, and draws nothing in between", async () => {
    const [one, other] = await two();
    const seen: (string | undefined)[] = [];
    drawn(() => seen.push(title() ?? undefined), <ReadingPane />);
    await act(() => Promise.resolve(choose(one.row, one.index)));
    expect(title()).toBe(one.row.subject);
    let answer: () => void = () => undefined;
    body.mockImplementation(async (...asked) => {
      await new Promise<void>((resolve) => (answer = resolve));
      return engine.body(...asked);
    });
    seen.length = 0;
    await act(() => Promise.resolve(choose(other.row, other.index)));
    expect([title(), comes()], "its head is here, and its text is not").toEqual([one.row.subject, true]);
    await act(() => Promise.resolve(answer()));
    await vi.waitFor(() => expect(title()).toBe(other.row.subject));
    expect(comes()).toBe(false);
    expect(document.querySelector("#reading iframe"), "with its text").not.toBeNull();
    expect(new Set(seen), "and no empty pane").toEqual(new Set([one.row.subject, other.row.subject]));
  });

  it("shows where a letter will be if that takes long", async () => {
    const [one, other] = await two();
    drawn(() => undefined, <ReadingPane />);
    await act(() => Promise.resolve(choose(one.row, one.index)));
    body.mockImplementation(() => new Promise(() => undefined));
    vi.useFakeTimers();
    await act(() => Promise.resolve(choose(other.row, other.index)));
    expect(title()).toBe(one.row.subject);
    await act(() => vi.advanceTimersByTimeAsync(PATIENCE));
    expect(title()).toBe(other.row.subject);
    expect(document.querySelector("#reading [data-coming]"), "with a word that it comes").not.toBeNull();
  });

  it("shows the shape of what comes as soon as the patience has run out, and not after another one", async () => {
    const [one, other] = await two();
    drawn(() => undefined, <ReadingPane />);
    await act(() => Promise.resolve(choose(one.row, one.index)));
    conversation.mockImplementation(() => new Promise(() => undefined));
    vi.useFakeTimers();
    await act(() => Promise.resolve(choose(other.row, other.index)));
    await act(() => vi.advanceTimersByTimeAsync(PATIENCE));
    expect(document.querySelector("#reading [role=status]"), "no empty pane").not.toBeNull();
  });

  it("leaves a letter that stays for a moment its tag, and the box that answers it", async () => {
    const [one, other] = await two();
    drawn(() => undefined, <ReadingPane />);
    await act(() => Promise.resolve(choose({ ...one.row, muted: true }, one.index)));
    const head = () => document.querySelector("#reading header")?.textContent;
    expect(head()).toContain("Muted");
    body.mockImplementation(() => new Promise(() => undefined));
    await act(() => Promise.resolve(choose(other.row, other.index)));
    expect([title(), comes()]).toEqual([one.row.subject, true]);
    expect(head(), "as it was").toContain("Muted");
    const box = [...document.querySelectorAll<HTMLElement>("#reading button")].find((each) =>
      each.textContent.startsWith("Reply to"),
    );
    await act(() => Promise.resolve(box?.click()));
    await vi.waitFor(() => expect(respond).toHaveBeenCalledOnce());
    expect(respond.mock.lastCall?.[0], "the letter above the button").toBe(one.row.email);
  });

  it("ends finding when another letter is chosen, and begins it in that before it is there", async () => {
    const [one, other] = await two();
    drawn(() => undefined, <ReadingPane />);
    await act(() => Promise.resolve(choose(one.row, one.index)));
    act(() => openFind());
    let answer: () => void = () => undefined;
    body.mockImplementation(async (...asked) => {
      await new Promise<void>((resolve) => (answer = resolve));
      return engine.body(...asked);
    });
    await act(() => Promise.resolve(choose(other.row, other.index)));
    expect([title(), comes()]).toEqual([one.row.subject, true]);
    expect(useFind.getState().open, "it was begun in the letter that goes").toBe(false);
    act(() => openFind());
    await act(() => Promise.resolve(answer()));
    await vi.waitFor(() => expect(title()).toBe(other.row.subject));
    expect(useFind.getState().open, "it was begun for the letter that has come").toBe(true);
    act(() => closeFind());
  });

  it("shows at once that none is open, or several are", async () => {
    const [one, other] = await two();
    drawn(() => undefined, <ReadingPane />);
    await act(() => Promise.resolve(choose(one.row, one.index)));
    expect(title()).toBe(one.row.subject);
    act(() => chooseNothing());
    expect(title()).toBeUndefined();
    await act(() => Promise.resolve(choose(one.row, one.index)));
    expect(title()).toBe(one.row.subject);
    act(() => toggle(other.row, other.index));
    expect(title(), "two are chosen").toBeUndefined();
    expect(document.querySelector("#reading")?.textContent).toContain("2 conversations");
  });
});
