// How wide the panes are. Remembered by the engine, within bounds that keep every pane usable in a window of 900 px.
import { create } from "zustand";
import { backend } from "../ipc";

export interface Panes {
  folders: number;
  list: number;
}

export const bounds = {
  folders: { least: 180, most: 360, usual: 232 },
  list: { least: 260, most: 620, usual: 372 },
} as const;

export const usePanes = create<Panes>(() => ({ folders: bounds.folders.usual, list: bounds.list.usual }));

const within = (pane: keyof Panes, width: number) =>
  Math.round(Math.max(bounds[pane].least, Math.min(bounds[pane].most, width)));

export async function restorePanes(): Promise<void> {
  const kept = await backend()
    .setting("panes")
    .catch(() => null);
  const [folders, list] = (kept ?? "").split(",").map(Number);
  if (folders !== undefined && list !== undefined && Number.isFinite(folders) && Number.isFinite(list)) {
    usePanes.setState({ folders: within("folders", folders), list: within("list", list) });
  }
}

export function resizePane(pane: keyof Panes, width: number): void {
  usePanes.setState(pane === "folders" ? { folders: within(pane, width) } : { list: within(pane, width) });
}

/** At the end of a drag, so that not every pixel is written down. */
export function keepPanes(): void {
  const { folders, list } = usePanes.getState();
  void backend().putSetting("panes", `${folders},${list}`);
}
