// Which keys a drag is held with, told truly. WebKitGTK tells a page that something is dragged over with the keys of the last key
// event, and that of letting Ctrl go still says "held": after a Ctrl press on rows, or a copy, the next drag would copy too. What
// it says is allowed comes from the system, which leaves only copying while Ctrl is held: that decides. Other web views tell
// their keys as they are.

const KEYS = ["ctrlKey", "altKey", "shiftKey"] as const;
const EVENTS = ["dragenter", "dragover", "drop"] as const;

/** WebKitGTK calls itself Safari on Linux, which there is none of. */
export function tellsOldKeys(userAgent: string): boolean {
  return /Linux|X11/.test(userAgent) && userAgent.includes("AppleWebKit") && !/Chrom/.test(userAgent);
}

/** A drag that says more keys than the system does is held with none. */
function tellKeysTruly(event: DragEvent): void {
  if (event.dataTransfer?.effectAllowed === "copy") return;
  for (const key of KEYS) if (event[key]) Object.defineProperty(event, key, { value: false });
}

/** Before anybody else sees the event. */
export function mendDragKeys(userAgent = navigator.userAgent): () => void {
  if (!tellsOldKeys(userAgent)) return () => undefined;
  for (const name of EVENTS) document.addEventListener(name, tellKeysTruly, true);
  return () => {
    for (const name of EVENTS) document.removeEventListener(name, tellKeysTruly, true);
  };
}
