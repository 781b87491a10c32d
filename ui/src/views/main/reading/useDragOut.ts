// A file that is dragged out of the window, from its letter or from the list of files: what is to be dragged is made ready before the drag
// begins (actions/dragOut).
import { useCallback, useEffect, useRef } from "react";
import { handOut, makeReady } from "../../../actions/dragOut";
import type { FileOfLetter } from "../../../state/window";

/** A mouse that has moved so many pixels is no press any more. It is less than what begins a drag. */
const MOVED = 2;
/** Nor is one that is held so long, in milliseconds: who drags quickly is beyond all pixels in one step. */
const HELD = 120;

/** What is taken up to be dragged is made ready; a press that only opens it has nothing copied. */
function useTaking(take: () => void) {
  /** Where the mouse went down on it, and what ends the wait. */
  const down = useRef<{ x: number; y: number; held: ReturnType<typeof setTimeout> } | null>(null);
  const letGo = () => {
    clearTimeout(down.current?.held);
    down.current = null;
  };
  const taken = () => {
    letGo();
    take();
  };
  useEffect(() => letGo, []);
  return {
    onPointerDownCapture: ({ button, pointerType, target, clientX, clientY }: React.PointerEvent) => {
      letGo();
      if (button !== 0 || pointerType !== "mouse" || !isHandle(target)) return;
      down.current = { x: clientX, y: clientY, held: setTimeout(taken, HELD) };
    },
    onPointerMoveCapture: ({ buttons, clientX, clientY }: React.PointerEvent) => {
      if (buttons === 0) letGo();
      const from = down.current;
      if (from !== null && Math.hypot(clientX - from.x, clientY - from.y) >= MOVED) taken();
    },
    onPointerUpCapture: letGo,
    onPointerCancelCapture: letGo,
  };
}

/** What is pressed can be dragged as well; a button of the library takes no such property. */
function useHandle() {
  return useCallback((button: HTMLButtonElement | null) => button?.setAttribute("draggable", "true"), []);
}

const isHandle = (target: EventTarget) =>
  target instanceof Element && target.closest("[draggable=true]") !== null;

/** For the place of a file: `handle` is for the button in it by which it is taken. */
export function useDragOut({ email, file }: FileOfLetter) {
  const handle = useHandle();
  const taking = useTaking(() => void makeReady(email, file));
  const onDragStart = (event: React.DragEvent) => {
    if (!handOut(event.dataTransfer, email, file)) event.preventDefault();
  };
  return { handle, onDragStart, ...taking };
}
