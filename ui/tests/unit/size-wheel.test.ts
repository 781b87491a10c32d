// The wheel over a letter: with Ctrl it makes letters larger and smaller, a step for each notch, and scrolls without.
import { beforeEach, expect, it } from "vitest";
import { setBackend } from "../../src/ipc";
import { openMemory } from "../../src/ipc/memory";
import { useLooks } from "../../src/state/letterLook";
import { followSizeWheel } from "../../src/state/sizeWheel";

const place = document.createElement("div");
followSizeWheel(place);

beforeEach(() => {
  setBackend(openMemory());
  useLooks.setState({ size: 100 });
});

let time = 0;
function turn(deltaY: number, { after = 1_000, ctrlKey = true, deltaMode = 0 } = {}): WheelEvent {
  const event = new WheelEvent("wheel", { deltaY, ctrlKey, deltaMode, cancelable: true });
  time += after;
  Object.defineProperty(event, "timeStamp", { value: time });
  place.dispatchEvent(event);
  return event;
}
const size = () => useLooks.getState().size;

it("a notch is a step, upwards larger, and scrolls nothing", () => {
  expect(turn(-120).defaultPrevented).toBe(true);
  expect(size()).toBe(110);
  turn(-3, { deltaMode: 1 });
  expect(size(), "told in lines").toBe(125);
  turn(120);
  turn(120);
  turn(120);
  expect(size()).toBe(90);
});

it("without Ctrl it is for whoever scrolls", () => {
  expect(turn(-120, { ctrlKey: false }).defaultPrevented).toBe(false);
  expect(size()).toBe(100);
});

it("small turns are added up, and forgotten when the finger rests or turns back", () => {
  for (let turns = 0; turns < 10; turns += 1) turn(-4, { after: 10 });
  expect(size(), "forty pixels").toBe(110);
  turn(-30);
  turn(-30);
  expect(size(), "with a rest between").toBe(110);
  turn(30, { after: 10 });
  turn(-30, { after: 10 });
  expect(size(), "to and fro").toBe(110);
});
