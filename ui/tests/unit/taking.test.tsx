// A file that is taken up with the mouse: its copy is made before the drag begins, and not for a press.
import { QueryClientProvider } from "@tanstack/react-query";
import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { setBackend } from "../../src/ipc";
import { openMemory, type MemoryBackend } from "../../src/ipc/memory";
import { client } from "../../src/state/client";
import { Attachments } from "../../src/views/main/reading/Attachments";

const engine: MemoryBackend = openMemory(new URLSearchParams());
const mouse = { button: 0, buttons: 1, pointerType: "mouse" };
/** What every browser has and jsdom has not. */
class PointerEvent extends MouseEvent {
  readonly pointerType: string;
  constructor(kind: string, { pointerType = "", ...more }: PointerEventInit = {}) {
    super(kind, more);
    this.pointerType = pointerType;
  }
}
Object.assign(document.defaultView ?? {}, { PointerEvent });
let copied: ReturnType<typeof vi.spyOn>;

beforeEach(() => {
  setBackend(engine);
  copied = vi.spyOn(engine, "dragOut");
  const email = engine.receive({ subject: "A map", files: [["map.pdf", "application/pdf", 900]] });
  render(
    <QueryClientProvider client={client}>
      <Attachments email={email} files={engine.world.letter(email).attachments} />
    </QueryClientProvider>,
  );
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

const handle = () => screen.getByText("map.pdf");
const wait = (pause: number) => act(() => vi.advanceTimersByTimeAsync(pause));

it("is ready when it was held a moment, though the mouse has not moved: a quick one goes far in one step", async () => {
  fireEvent.pointerDown(handle(), mouse);
  expect(copied, "it may be a press").not.toHaveBeenCalled();
  await wait(120);
  expect(copied).toHaveBeenCalledOnce();
});

it("is ready at the first move, without a wait", () => {
  fireEvent.pointerDown(handle(), { ...mouse, clientX: 10, clientY: 10 });
  fireEvent.pointerMove(handle(), { ...mouse, clientX: 11, clientY: 10 });
  expect(copied, "a hand trembles").not.toHaveBeenCalled();
  fireEvent.pointerMove(handle(), { ...mouse, clientX: 12, clientY: 10 });
  expect(copied).toHaveBeenCalledOnce();
});

it("is not copied for a press, and for no other button or finger", async () => {
  fireEvent.pointerDown(handle(), mouse);
  await wait(60);
  fireEvent.pointerUp(handle(), { ...mouse, buttons: 0 });
  for (const other of [
    { ...mouse, button: 2 },
    { ...mouse, pointerType: "touch" },
  ])
    fireEvent.pointerDown(handle(), other);
  await wait(1_000);
  expect(copied).not.toHaveBeenCalled();
});
