// Which engine answers: the shell when the page runs inside it, else this page itself (tests and `npm run ui:dev`).
import type { Backend } from "./backend";

let chosen: Backend | null = null;

/** The engine. `chooseBackend` or `setBackend` comes first. */
export function backend(): Backend {
  if (chosen === null) throw new Error("The engine was asked before it was chosen.");
  return chosen;
}

export function setBackend(next: Backend): void {
  chosen = next;
}

export async function chooseBackend(): Promise<Backend> {
  if ("__TAURI_INTERNALS__" in window) {
    const { openTauri } = await import("./tauri");
    chosen = await openTauri();
  } else {
    const { openMemory } = await import("./memory");
    chosen = openMemory(new URLSearchParams(location.search));
  }
  return chosen;
}
