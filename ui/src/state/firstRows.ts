// The moment in which the window first showed rows, for whoever measures how long a start takes (scripts/bench/window.mjs).
import { inNextTurn } from "./turns";

let noted = false;

export function noteFirstRows(): void {
  if (noted) return;
  noted = true;
  // What follows the callback of a frame comes when that frame was painted.
  requestAnimationFrame(() => inNextTurn(() => performance.mark("waxwing-first-rows")));
}
