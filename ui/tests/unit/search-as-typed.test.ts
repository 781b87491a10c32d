// What is asked and shown while one types a search, key by key, with an engine that answers when it is told to.
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { setBackend } from "../../src/ipc";
import type { Listing, PageView } from "../../src/ipc/backend";
import { openMemory } from "../../src/ipc/memory";
import { client } from "../../src/state/client";
import { listingChanged } from "../../src/state/pulse";
import { isBehind, useEdition } from "../../src/state/rows";
import { PATIENCE, searchAsTyped, stopTyping } from "../../src/state/searchAsTyped";
import { useWindow } from "../../src/state/window";

interface Question {
  query: string;
  answer: () => void;
  refuse: () => void;
}
/** In the order in which they were asked; those that had no answer yet. */
let asked: string[];
let open: Question[];

const NONE: PageView = { rows: [], total: 0, more: false };

function page(listing: Listing): Promise<PageView> {
  const query = listing.source.kind === "search" ? listing.source.query : listing.source.kind;
  asked.push(query);
  return new Promise((resolve, reject) => {
    const question = { query, answer: () => end(() => resolve(NONE)), refuse: () => end(() => reject(gone)) };
    const end = (how: () => void) => {
      open = open.filter((each) => each !== question);
      how();
    };
    open.push(question);
  });
}
const gone = Object.assign(new Error("the store is closed"), { code: "closed", sentence: "It is closed." });

/** The only question that is under way. */
function only(): Question {
  expect(open, "one question at a time").toHaveLength(1);
  return open[0] as Question;
}
const shown = () => {
  const { place } = useWindow.getState();
  return place.kind === "search" ? place.query : place.kind;
};
const type = (word: string) => {
  for (let end = 1; end <= word.length; end += 1) searchAsTyped(word.slice(0, end));
};
/** Until all is done that an answer has led to. */
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  client.clear();
  asked = [];
  open = [];
  setBackend({ ...openMemory(new URLSearchParams()), page });
  useWindow.getState().go({ kind: "allInboxes" });
});
afterEach(async () => {
  stopTyping();
  while (open.length > 0) {
    open[0]?.answer();
    await settle();
  }
  vi.useRealTimers();
});

it("asks with the first key, and then for the newest word only, the moment an answer is here", async () => {
  type("boat");
  expect(asked, "nobody waits for a rest").toEqual(["b"]);
  expect(shown(), "what is shown stays meanwhile").toBe("allInboxes");
  only().answer();
  await settle();
  expect(shown(), "it is shown while one types on").toBe("b");
  expect(asked, "what was typed between is not asked any more").toEqual(["b", "boat"]);
  searchAsTyped("boats");
  searchAsTyped("boats ");
  only().answer();
  await settle();
  expect([shown(), only().query]).toEqual(["boat", "boats "]);
  only().answer();
  await settle();
  expect(shown()).toBe("boats ");
  expect(asked).toEqual(["b", "boat", "boats "]);
});

it("shows that it waits where an answer takes long, and still asks one thing at a time", async () => {
  type("bo");
  await vi.advanceTimersByTimeAsync(PATIENCE - 1);
  expect(shown()).toBe("allInboxes");
  await vi.advanceTimersByTimeAsync(1);
  expect(shown(), "with no rows yet").toBe("b");
  only().answer();
  await settle();
  expect([shown(), only().query]).toEqual(["b", "bo"]);
});

it("goes on after a question that failed", async () => {
  type("bo");
  only().refuse();
  await settle();
  expect([shown(), only().query], "the list says what is wrong").toEqual(["b", "bo"]);
});

it("leads nobody back who went elsewhere meanwhile, and asks no more for them", async () => {
  type("bo");
  useWindow.getState().go({ kind: "starred" });
  only().answer();
  await settle();
  expect(shown()).toBe("starred");
  await vi.advanceTimersByTimeAsync(PATIENCE);
  expect([shown(), asked]).toEqual(["starred", ["b"]]);
});

it("shows nothing more once one has stopped typing, and asks again for who begins anew", async () => {
  type("bo");
  stopTyping();
  only().answer();
  await settle();
  await vi.advanceTimersByTimeAsync(PATIENCE);
  expect([shown(), asked]).toEqual(["allInboxes", ["b"]]);
  type("k");
  only().answer();
  await settle();
  expect(shown()).toBe("k");
  searchAsTyped("");
  expect(shown(), "an empty field is no search").toBe("allInboxes");
});

it("does not ask again for what is shown, as while an operator wants its value", async () => {
  type("k");
  only().answer();
  await settle();
  const place = useWindow.getState().place;
  searchAsTyped("k");
  expect([asked, open]).toEqual([["k"], []]);
  expect(useWindow.getState().place, "or servers would be asked again").toBe(place);
});

it("brings rows that know of the last change, where the list has not followed it yet", async () => {
  listingChanged();
  const before = useEdition.getState().number;
  type("b");
  only().answer();
  await settle();
  expect(shown()).toBe("b");
  expect(asked, "nor are they asked for twice").toEqual(["b"]);
  expect(isBehind()).toBe(false);
  expect(useEdition.getState().number).toBeGreaterThan(before);
});
