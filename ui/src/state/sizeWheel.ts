// The wheel with Ctrl held makes letters larger and smaller, a step for each notch. A touchpad tells many small turns, which are
// added up; two fingers that are spread come as the same. Not here: what sizes there are.
import { resizeLetters } from "./letterLook";

/** A notch of the least telling wheels, in pixels. */
const NOTCH = 40;
/** What a line and a page are worth where a wheel is told in those (UI Events, section 5.4, `deltaMode`). */
const WORTH = [1, 16, 400] as const;
/** A turn that goes on after so long is a new one, in milliseconds. */
const REST = 400;

let turned = 0;
let last = -Infinity;

/** Takes the event where it means the size, so that nothing is scrolled by it. */
export function resizeByWheel(event: WheelEvent): void {
  if (!event.ctrlKey) return;
  event.preventDefault();
  const turn = event.deltaY * (WORTH[event.deltaMode] ?? 1);
  const isAnew = event.timeStamp - last > REST || Math.sign(turn) !== Math.sign(turned);
  turned = (isAnew ? 0 : turned) + turn;
  last = event.timeStamp;
  if (Math.abs(turned) < NOTCH) return;
  resizeLetters(turned < 0 ? 1 : -1);
  turned = 0;
}

/** Listens on a letter, or on what is around it, until the answer is called. */
export function followSizeWheel(place: EventTarget): () => void {
  const onWheel = (event: Event) => resizeByWheel(event as WheelEvent);
  // What is only watched may not be taken.
  place.addEventListener("wheel", onWheel, { passive: false });
  return () => place.removeEventListener("wheel", onWheel);
}
