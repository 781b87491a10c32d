// What takes long is shown as under way, with how far it is, and each thing can be stopped by itself, or taken back before it is over.
import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { archive, remove, star } from "../../src/actions/letters";
import { hooks } from "../../src/actions/commands";
import { undoNewest } from "../../src/actions/perform";
import { ToastRegion } from "../../src/components/Toast";
import type { PerformedListedView, TroubleView } from "../../src/ipc/backend";
import type { MemoryBackend } from "../../src/ipc/memory";
import { followChanges } from "../../src/state/changes";
import { fetchRow } from "../../src/state/rows";
import { useSelection } from "../../src/state/selection";
import { useToasts } from "../../src/state/toasts";
import { useUnderWay } from "../../src/state/underWay";
import { between } from "../../src/state/wide";
import { listingNow } from "../../src/state/window";
import { openInbox } from "./inbox";

interface Asked {
  run: string;
  answer: (came: PerformedListedView) => void;
  fail: (why: TroubleView) => void;
}

let engine: MemoryBackend;
/** What the engine is busy with, the oldest first. */
let asked: Asked[];
let ended: () => void;

beforeEach(async () => {
  engine = await openInbox();
  asked = [];
  vi.spyOn(engine, "performListed").mockImplementation(
    (_listed, _action, run) => new Promise((answer, fail) => asked.push({ run, answer, fail })),
  );
  ended = await followChanges(engine);
});

afterEach(() => {
  ended();
  cleanup();
  useUnderWay.setState({ works: [] });
  useToasts.setState({ toast: null });
});

function chooseAll(): void {
  const listing = listingNow();
  if (listing !== null) useSelection.setState({ wide: between(listing, null, null) });
}

const trouble = (kind: TroubleView["kind"], sentence: string): TroubleView => ({
  kind,
  sentence,
  detail: null,
  certificate: null,
});

const came = (affected: number, left: number): PerformedListedView => ({
  undo: engine.world.remember(() => undefined),
  affected,
  left,
  failure: null,
});

function at(place: number): Asked {
  const one = asked[place];
  if (one === undefined) throw new Error("The engine was not asked.");
  return one;
}

const tell = (place: number, done: number, total: number) =>
  act(() => engine.world.tell({ kind: "progress", of: { kind: "run", run: at(place).run }, done, total }));

const bars = () => screen.findAllByRole("progressbar");

it("says what is done to how many letters, how far it is, and what came of it", async () => {
  const stop = vi.spyOn(engine, "stopListed").mockResolvedValue();
  render(<ToastRegion />);
  chooseAll();
  const deed = archive();
  expect(screen.queryByRole("progressbar"), "what is over soon is not worth a sentence").toBeNull();
  const [bar] = await bars();
  tell(0, 500, 10_000);
  await waitFor(() => expect(bar).toHaveProperty("value", 500));
  expect(bar).toHaveProperty("max", 10_000);
  expect(screen.getByText("Moving 10,000 letters to Archive: 500 done")).toBeTruthy();
  act(() => screen.getByRole("button", { name: "Stop: Moving 10,000 letters to Archive" }).click());
  expect(stop.mock.calls).toEqual([[at(0).run]]);
  act(() => screen.getByRole("button", { name: /^Stopping/ }).click());
  expect(stop, "it is stopped already").toHaveBeenCalledOnce();
  at(0).answer(came(500, 9_500));
  await act(() => deed);
  expect(screen.queryByRole("progressbar")).toBeNull();
  expect(screen.getByText("Moved 500 letters to Archive. 9,500 letters are as they were.")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Undo" })).toBeTruthy();
});

it("is read out when it begins, and not with every portion", async () => {
  const { container } = render(<ToastRegion />);
  chooseAll();
  const deed = remove();
  await bars();
  tell(0, 0, 3_000);
  tell(0, 1_500, 3_000);
  await screen.findByText("Moving 3,000 letters to Trash: 1,500 done");
  const read = [...container.querySelectorAll('[role="status"]')].map((each) => each.textContent);
  expect(read.join()).toMatch(/^,?Moving \d[\d,]* conversations to Trash,?$/u);
  at(0).answer(came(3_000, 0));
  await act(() => deed);
  expect(screen.getByText("Moved 3,000 letters to Trash").closest('[role="status"]')).not.toBeNull();
});

it("has a Stop for each, and what is over leaves the others where they are", async () => {
  const stop = vi.spyOn(engine, "stopListed").mockResolvedValue();
  render(<ToastRegion />);
  chooseAll();
  const first = archive();
  chooseAll();
  const second = star();
  await waitFor(async () => expect(await bars()).toHaveLength(2));
  tell(0, 500, 2_000);
  tell(1, 1_000, 4_000);
  const both = [
    await screen.findByText("Putting a star on 4,000 letters: 1,000 done"),
    await screen.findByText("Moving 2,000 letters to Archive: 500 done"),
  ];
  act(() => screen.getByRole("button", { name: "Stop: Putting a star on 4,000 letters" }).click());
  expect(stop.mock.calls).toEqual([[at(1).run]]);
  at(1).answer(came(1_000, 3_000));
  await act(() => second);
  expect(
    both.every((each) => each.isConnected),
    "each is where it was",
  ).toBe(true);
  expect(both[0]?.textContent).toBe("Put a star on 1,000 letters. 3,000 letters are as they were.");
  expect(screen.getAllByRole("button", { name: /^Stop/ }), "and the other can be stopped still").toHaveLength(
    1,
  );
  at(0).answer(came(2_000, 0));
  await act(() => first);
  expect(screen.queryByRole("progressbar"), "all are over").toBeNull();
  expect(screen.getByText("Moved 2,000 letters to Archive")).toBeTruthy();
});

it("gives the keys back to the list when Stop, which had them, goes", async () => {
  const focused = vi.spyOn(hooks, "focusList");
  render(<ToastRegion />);
  chooseAll();
  const deed = archive();
  await bars();
  act(() => screen.getByRole("button", { name: /^Stop/ }).focus());
  at(0).answer(came(20, 0));
  await act(() => deed);
  await waitFor(() => expect(focused).toHaveBeenCalled());
});

it("is stopped and taken back by Ctrl+Z, where nothing was done since", async () => {
  const undone = vi.spyOn(engine, "undo");
  const part = came(500, 9_500);
  const stop = vi.spyOn(engine, "stopListed").mockImplementation(() => Promise.resolve(at(0).answer(part)));
  chooseAll();
  const deed = archive();
  await undoNewest();
  await deed;
  expect(stop.mock.calls).toEqual([[at(0).run]]);
  expect(undone.mock.calls).toEqual([[part.undo]]);
  expect(useToasts.getState().toast?.text).toBe("Undone: Moved 500 letters to Archive");
});

it("goes on where something that was done since is taken back", async () => {
  const stop = vi.spyOn(engine, "stopListed");
  chooseAll();
  const deed = archive();
  const row = await fetchRow(0);
  await star(row === undefined ? [] : [row]);
  await undoNewest();
  expect(useToasts.getState().toast?.text).toBe("Undone: Put a star on 1 conversation");
  expect(stop).not.toHaveBeenCalled();
  const whole = came(10_000, 0);
  at(0).answer(whole);
  await deed;
  const undone = vi.spyOn(engine, "undo");
  await undoNewest();
  expect(undone.mock.calls).toEqual([[whole.undo]]);
});

it("is only stopped by Ctrl+Z where nothing of it can be taken back", async () => {
  const row = await fetchRow(0);
  await star(row === undefined ? [] : [row]);
  const undone = vi.spyOn(engine, "undo");
  vi.spyOn(engine, "stopListed").mockImplementation(() =>
    Promise.resolve(at(0).answer({ undo: null, affected: 500, left: 100, failure: null })),
  );
  chooseAll();
  const deed = remove();
  await undoNewest();
  await deed;
  expect(undone, "the star was before it, and nobody meant that").not.toHaveBeenCalled();
});

it("says what could not be done and what was, and that can be taken back", async () => {
  render(<ToastRegion />);
  chooseAll();
  const deed = archive();
  const failure = { kind: "store", sentence: "The disk is full.", detail: null } as never;
  at(0).answer({ ...came(500, 1), failure });
  await act(() => deed);
  expect(
    screen.getByText("The disk is full. Moved 500 letters to Archive. 1 letter is as it was."),
  ).toBeTruthy();
  expect(screen.getByRole("button", { name: "Undo" })).toBeTruthy();
});

it("is not offered to be taken back once more while it is", async () => {
  render(<ToastRegion />);
  chooseAll();
  const deed = archive();
  at(0).answer(came(2_601, 0));
  await act(() => deed);
  expect(screen.getByRole("button", { name: "Undo" })).toBeTruthy();
  let back: () => void = () => undefined;
  vi.spyOn(engine, "undo").mockReturnValue(new Promise((done) => (back = done)));
  const undoing = undoNewest();
  await bars();
  expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
  back();
  await act(() => undoing);
});

it("says what is being taken back, and how far that is", async () => {
  render(<ToastRegion />);
  chooseAll();
  const deed = archive();
  const whole = came(2_601, 0);
  at(0).answer(whole);
  await act(() => deed);
  let back: () => void = () => undefined;
  vi.spyOn(engine, "undo").mockReturnValue(new Promise((done) => (back = done)));
  act(() => screen.getByRole("button", { name: "Undo" }).click());
  await bars();
  const of = { kind: "undo", undo: whole.undo ?? "" } as const;
  act(() => engine.world.tell({ kind: "progress", of, done: 1_200, total: 2_601 }));
  await screen.findByText("Undoing “Moved 2,601 letters to Archive”: 1,200 done");
  expect(screen.queryByRole("button", { name: /^Stop/ }), "it goes on to its end").toBeNull();
  act(() => back());
  expect(await screen.findByText("Undone: Moved 2,601 letters to Archive")).toBeTruthy();
});

it("says of what failed that it did, and not that it is done, while another goes on", async () => {
  render(<ToastRegion />);
  chooseAll();
  const other = remove();
  chooseAll();
  const whole = came(2_601, 0);
  const deed = archive();
  await bars();
  at(1).answer(whole);
  await act(() => deed);
  let fail: (why: TroubleView) => void = () => undefined;
  vi.spyOn(engine, "undo").mockReturnValue(new Promise((_, failed) => (fail = failed)));
  const undoing = undoNewest();
  await screen.findAllByText("Undoing “Moved 2,601 letters to Archive”");
  act(() => fail(trouble("gone", "The folder is no longer there.")));
  await act(() => undoing);
  const told = () => [...document.querySelectorAll("[data-under-way]")].map((each) => each.textContent);
  expect(told()[0]).toBe("The folder is no longer there.");
  expect(told().join()).not.toContain("Undone");
  at(0).fail(trouble("store", "The store is damaged."));
  await act(() => other);
});

it("says of what was not even begun why, while another goes on", async () => {
  render(<ToastRegion />);
  chooseAll();
  const other = remove();
  chooseAll();
  const deed = archive();
  await waitFor(async () => expect(await bars()).toHaveLength(2));
  at(1).fail(trouble("gone", "A row that was chosen is no longer there."));
  await act(() => deed);
  const [first] = document.querySelectorAll("[data-under-way]");
  expect(first?.textContent, "and not that letters are being moved").toBe(
    "A row that was chosen is no longer there.",
  );
  at(0).answer(came(1, 0));
  await act(() => other);
});

it("can be taken back again where the disk was full, and is not offered again where that would fail as before", async () => {
  chooseAll();
  const deed = archive();
  const whole = came(2_601, 0);
  at(0).answer(whole);
  await deed;
  const undo = vi.spyOn(engine, "undo").mockRejectedValueOnce(trouble("diskFull", "The disk is full."));
  await undoNewest();
  undo.mockRejectedValueOnce(trouble("gone", "The folder is no longer there."));
  await undoNewest();
  await undoNewest();
  expect(undo.mock.calls).toEqual([[whole.undo], [whole.undo]]);
  expect(useToasts.getState().toast?.text).toBe("There is nothing to undo");
});
