// What a letter's own window leaves to the main window when it closes, and what it may ask of the engine.
import { expect, it } from "vitest";
import { closeWindow } from "../../src/actions/letterWindow";
import { star, remove } from "../../src/actions/letters";
import { takeOver, undoNewest } from "../../src/actions/perform";
import { setBackend } from "../../src/ipc";
import { openMemory } from "../../src/ipc/memory";
import { forgetUndos } from "../../src/state/undo";
import { useToasts } from "../../src/state/toasts";
import { noFilter } from "../../src/state/window";

it("hands over what can be taken back, also what is still being done, and the main window takes it back", async () => {
  forgetUndos();
  const engine = openMemory(new URLSearchParams());
  setBackend({ ...engine, closeLetter: () => Promise.resolve() });
  const order = { by: "date", reversed: false } as const;
  const listing = { source: { kind: "allInboxes" }, filter: noFilter, order, grouping: "messages" } as const;
  const [row] = (await engine.page(listing, 0, 1)).rows;
  if (row === undefined) throw new Error("There is a letter.");
  await star([row]);
  void remove([row]);
  await closeWindow();
  expect(engine.handedUndos.map(({ shown }) => shown)).toEqual([false, true]);
  useToasts.setState({ toast: null });
  engine.handedUndos.forEach(takeOver);
  expect(useToasts.getState().toast?.action).toBeDefined();
  await undoNewest();
  const { mailboxes } = engine.world.letter(row.email);
  expect(mailboxes.map((id) => engine.world.mailbox(id).role)).toEqual(["inbox"]);
});

it("may read and mark, and neither send nor empty a folder", async () => {
  const shows = JSON.stringify({ thread: "", email: null, list: "" });
  const engine = openMemory(new URLSearchParams({ letter: shows }));
  await expect(engine.marks("lamp", [{ part: "text", text: "lamp" }])).resolves.toEqual([[[0, 4]]]);
  await expect(engine.outbox()).rejects.toMatchObject({ kind: "invalid" });
  expect(engine.refused).toEqual(["outbox"]);
});
