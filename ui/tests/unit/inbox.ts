// How tests of the list begin: the window on all inboxes, as nobody has used it yet, over an engine in memory of its own.
import { setBackend } from "../../src/ipc";
import { openMemory, type MemoryBackend } from "../../src/ipc/memory";
import { client } from "../../src/state/client";
import { usual, useLooks } from "../../src/state/looks";
import { fetchRow, useEdition } from "../../src/state/rows";
import { chooseNothing } from "../../src/state/selection";
import { forgetUndos } from "../../src/state/undo";
import { noFilter, useWindow } from "../../src/state/window";

/** The list is one of which nothing is known yet. */
export function forgetList(): void {
  useEdition.setState({ number: useEdition.getState().number + 1, listing: "", total: null });
}

/** The window of which nothing is chosen and nothing can be undone. Its list is asked for when the test asks. */
export function openWindow(): MemoryBackend {
  client.clear();
  forgetUndos();
  useLooks.setState({ everywhere: usual, places: {} });
  chooseNothing();
  const engine = openMemory(new URLSearchParams());
  setBackend(engine);
  useWindow.setState({ place: { kind: "allInboxes" }, filter: noFilter });
  forgetList();
  return engine;
}

/** The same, and its list has its first rows. */
export async function openInbox(): Promise<MemoryBackend> {
  const engine = openWindow();
  await fetchRow(0);
  return engine;
}
