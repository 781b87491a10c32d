// How wide the panes are, and how high a list in columns is above its letters. Remembered by the engine, within bounds that
// keep every pane usable in a window of 900 by 600.
import { create } from "zustand";
import { backend } from "../ipc";

export interface Panes {
  folders: number;
  list: number;
  /** Of the height of list and letters together, in hundredths. */
  table: number;
}

export const bounds = {
  folders: { least: 180, most: 360, usual: 232 },
  list: { least: 260, most: 620, usual: 372 },
  table: { least: 20, most: 75, usual: 40 },
} as const;

export const usePanes = create<Panes>(() => ({
  folders: bounds.folders.usual,
  list: bounds.list.usual,
  table: bounds.table.usual,
}));

const within = (pane: keyof Panes, size: number) =>
  Math.round(Math.max(bounds[pane].least, Math.min(bounds[pane].most, size)));

export async function restorePanes(): Promise<void> {
  const kept = await backend()
    .setting("panes")
    .catch(() => null);
  usePanes.setState(panesFrom(kept));
}

/** What was kept. Before lists had columns it had two numbers. */
export function panesFrom(kept: string | null): Partial<Panes> {
  const [folders, list, table = bounds.table.usual] = (kept ?? "").split(",").map(Number);
  if (folders === undefined || list === undefined) return {};
  if (![folders, list, table].every(Number.isFinite)) return {};
  return { folders: within("folders", folders), list: within("list", list), table: within("table", table) };
}

export function resizePane(pane: keyof Panes, size: number): void {
  usePanes.setState({ [pane]: within(pane, size) });
}

/** At the end of a drag, so that not every pixel is written down. */
export function keepPanes(): void {
  const { folders, list, table } = usePanes.getState();
  void backend().putSetting("panes", `${folders},${list},${table}`);
}
