// The way back from searches: from one that is typed to the kept one that it was begun in, from that to where one came from.
import { beforeEach, expect, it } from "vitest";
import { forgetSearch, saveSearch } from "../../src/actions/searches";
import { setBackend } from "../../src/ipc";
import { openMemory } from "../../src/ipc/memory";
import { noFilter, useWindow, type Place } from "../../src/state/window";

const starred: Place = { kind: "starred" };
const kept: Place = { kind: "search", query: "boat ", saved: "s1" };
const other: Place = { kind: "search", query: "lamp ", saved: "s2" };
const state = useWindow.getState;

beforeEach(() => state().go(starred));

it("goes step by step from a search over a kept one", () => {
  state().go(kept);
  state().search("boat quay");
  state().leaveSearch();
  expect(state().place).toEqual(kept);
  state().leaveSearch();
  expect(state().place).toEqual(starred);
  state().leaveSearch();
  expect(state().place, "there is nothing to leave").toEqual(starred);
});

it("goes past all kept searches that were looked at on the way", () => {
  state().go(kept);
  state().go(other);
  state().leaveSearch();
  expect(state().place).toEqual(starred);
  state().search("quay");
  state().leaveSearch();
  expect(state().place, "a kept search that was left is not come back to").toEqual(starred);
});

it("leaves all searches at once, with the filters that are of a kept one and not with others", () => {
  state().setFilter({ ...noFilter, unread: true });
  state().search("quay");
  state().leaveSearches();
  expect(state()).toMatchObject({ place: starred, filter: { unread: true } });
  state().go(kept);
  state().setFilter({ ...noFilter, unread: true });
  state().search("boat quay");
  state().leaveSearches();
  expect(state()).toMatchObject({ place: starred, filter: noFilter });
});

it("has the words of a kept search back where what was typed over it is taken away", () => {
  state().go(kept);
  state().search("boat quay");
  state().search(" ");
  expect(state().place).toEqual(kept);
});

it("goes past a kept search that is removed, also while something is typed over it", async () => {
  setBackend(openMemory(new URLSearchParams()));
  await saveSearch("Boats", "boat");
  const { place } = state();
  const id = place.kind === "search" && "saved" in place ? place.saved : "";
  state().search("boat quay");
  await forgetSearch({ id, name: "Boats", query: "boat", unread: null, found: null });
  expect(state().place).toMatchObject({ kind: "search", query: "boat quay" });
  state().leaveSearch();
  expect(state().place).toEqual(starred);
});
