// A search whose best matches come first: the order that is asked for, and what leaves it.
import { beforeEach, expect, it } from "vitest";
import { askForDate, sortBy, turnRound } from "../../src/actions/looks";
import { setBackend } from "../../src/ipc";
import { openMemory } from "../../src/ipc/memory";
import { useLooks, usual } from "../../src/state/looks";
import { listingNow, useWindow } from "../../src/state/window";

const asked = () => {
  const listing = listingNow();
  return { source: listing?.source, order: listing?.order };
};
const search = (query: string) => ({ kind: "search", query });

beforeEach(() => {
  setBackend(openMemory(new URLSearchParams()));
  useLooks.setState({ everywhere: { ...usual, by: "size", reversed: true }, places: {} });
  useWindow.getState().search("sort:best boat ");
});

it("asks for the newest first, in which alone the best come first, whatever is chosen for lists", () => {
  expect(asked().order).toEqual({ by: "date", reversed: false });
});

it("is left by a turn, which changes nothing else", () => {
  turnRound();
  expect(asked()).toEqual({ source: search("boat "), order: { by: "size", reversed: true } });
  turnRound();
  expect(asked().order).toEqual({ by: "size", reversed: false });
});

it("is left by an order that is chosen, also by the one that was chosen before", () => {
  sortBy("size");
  expect(asked()).toEqual({ source: search("boat "), order: { by: "size", reversed: false } });
});

it("has no days to go to", () => {
  useLooks.setState({ everywhere: usual });
  askForDate();
  expect(useWindow.getState().question).toBeNull();
});
