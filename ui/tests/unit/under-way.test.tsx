// What takes long is shown as under way, with how far it is, and can be stopped or taken back before it is over.
import { act, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import { archive } from "../../src/actions/letters";
import { undoNewest } from "../../src/actions/perform";
import { ToastRegion } from "../../src/components/Toast";
import type { PerformedListedView } from "../../src/ipc/backend";
import type { MemoryBackend } from "../../src/ipc/memory";
import { followChanges } from "../../src/state/changes";
import { useSelection } from "../../src/state/selection";
import { between } from "../../src/state/wide";
import { listingNow } from "../../src/state/window";
import { openInbox } from "./inbox";

let engine: MemoryBackend;
let answer: (came: PerformedListedView) => void;

beforeEach(async () => {
  engine = await openInbox();
  const came = new Promise<PerformedListedView>((done) => (answer = done));
  vi.spyOn(engine, "performListed").mockReturnValue(came);
  const listing = listingNow();
  if (listing !== null) useSelection.setState({ wide: between(listing, null, null) });
});

const part = () => ({
  undo: engine.world.remember(() => undefined),
  affected: 500,
  left: 9_500,
  failure: null,
});

it("shows how far it is, and Stop", async () => {
  const stop = vi.spyOn(engine, "stopListed");
  const ended = await followChanges(engine);
  render(<ToastRegion />);
  const deed = archive();
  expect(screen.queryByRole("progressbar"), "what is over soon is not worth a sentence").toBeNull();
  const bar = await screen.findByRole("progressbar");
  act(() => engine.world.tell({ kind: "progress", done: 500, total: 10_000 }));
  await waitFor(() => expect(bar).toHaveProperty("value", 500));
  expect(bar).toHaveProperty("max", 10_000);
  act(() => screen.getByRole("button", { name: "Stop" }).click());
  expect(stop).toHaveBeenCalledOnce();
  answer(part());
  await act(() => deed);
  expect(screen.queryByRole("progressbar")).toBeNull();
  expect(screen.getByText("Done for 500 letters, 9,500 left as they were")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Undo" })).toBeTruthy();
  ended();
});

it("is stopped and taken back by Ctrl+Z", async () => {
  const undone = vi.spyOn(engine, "undo");
  const came = part();
  vi.spyOn(engine, "stopListed").mockImplementation(() => Promise.resolve(answer(came)));
  const deed = archive();
  await undoNewest();
  await deed;
  expect(undone).toHaveBeenCalledWith(came.undo);
});
