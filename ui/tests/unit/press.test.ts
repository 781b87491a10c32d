// A press that lost its pointerdown to a drag gets it back, and no other press gets a second one.
import { afterEach, beforeEach, expect, test } from "vitest";
import { repairPresses } from "../../src/state/press";

let heard: string[];
let button: HTMLButtonElement;
let stop: () => void;

beforeEach(() => {
  // jsdom has no PointerEvent; what counts here is who is told.
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- the types promise what jsdom lacks
  window.PointerEvent ??= class extends MouseEvent {
    pointerId: number;
    pointerType: string;
    constructor(type: string, how: PointerEventInit = {}) {
      super(type, how);
      this.pointerId = how.pointerId ?? 0;
      this.pointerType = how.pointerType ?? "";
    }
  } as typeof PointerEvent;
  heard = [];
  button = document.body.appendChild(document.createElement("button"));
  button.addEventListener("pointerdown", (event) => heard.push(`pointer ${event.pointerId}`));
  stop = repairPresses(window);
});

afterEach(() => {
  stop();
  button.remove();
});

const tell = (type: string) =>
  button.dispatchEvent(
    type.startsWith("pointer")
      ? new PointerEvent(type, { bubbles: true, pointerId: 7, pointerType: "mouse" })
      : new MouseEvent(type, { bubbles: true }),
  );

test("the press after a drag is whole", () => {
  for (const type of ["pointerdown", "mousedown", "dragstart", "mousedown"]) tell(type);
  expect(heard).toEqual(["pointer 7", "pointer 7"]);
});

test("a press that is told rightly is left alone, after a drag too", () => {
  for (const type of ["pointerdown", "mousedown", "dragstart", "pointerdown", "mousedown"]) tell(type);
  expect(heard).toEqual(["pointer 7", "pointer 7"]);
  tell("mousedown");
  expect(heard).toHaveLength(2);
});
