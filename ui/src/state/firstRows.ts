// The moment in which the window first showed rows, for whoever measures how long a start takes (scripts/bench/window.mjs).
let noted = false;

export function noteFirstRows(): void {
  if (noted) return;
  noted = true;
  // What is asked for by a message in the callback of a frame comes when that frame was painted.
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      performance.mark("waxwing-first-rows");
      port1.close();
    };
    port2.postMessage(null);
  });
}
