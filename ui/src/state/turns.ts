// Work that is to go on in the next turn of the page's loop, without a timer. React hands itself from turn to turn with
// `setImmediate` where there is one, and otherwise with a MessageChannel: in WebKitGTK each message of a channel goes by the process
// for the network and back, which takes 6 to 12 ms (2.50, at rest), before every drawing that no press has asked for. A message that
// a window sends itself stays in its own process (HTML, section 9.3.3) and is there at once. Whoever draws comes after this file.

const WORD = "waxwing: the next turn";

const waiting: (() => void)[] = [];

/** Calls it in the next turn, after what is to be drawn in this one. */
export function inNextTurn(work: () => void): void {
  waiting.push(work);
  // It says nothing, and whoever else hears it knows nothing by it.
  window.postMessage(WORD, "*");
}

window.addEventListener(
  "message",
  (event) => {
    if (event.source !== window || event.data !== WORD) return;
    event.stopImmediatePropagation();
    waiting.shift()?.();
  },
  true,
);

const everybody = globalThis as { setImmediate?: unknown };
everybody.setImmediate ??= inNextTurn;
