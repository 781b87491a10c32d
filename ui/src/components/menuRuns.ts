// What stands in a menu, and how its entries belong together: those that do something, those that are on or off each by itself, and
// those of which one is chosen.
import type { IconName } from "./Icon";

export interface MenuItem {
  id: string;
  label: string;
  icon?: IconName;
  shortcut?: string | undefined;
  danger?: boolean;
  disabled?: boolean;
  /** A thing that is on or off; the entry says which. */
  checked?: boolean;
  /** It is one of several of which one is on: what they are about. */
  group?: string;
  onAction: () => void;
}

export type MenuEntry = MenuItem | "line";

export interface MenuRun {
  /** `any`: each is on or off; `one`: one of them is on, or none where something else holds. */
  kind: "line" | "plain" | "any" | "one";
  group?: string;
  items: MenuItem[];
}

/** The entries in their order, those beside each other together that are of a kind. */
export function runsOf(entries: readonly MenuEntry[]): MenuRun[] {
  const runs: MenuRun[] = [];
  for (const entry of entries) {
    if (entry === "line") {
      runs.push({ kind: "line", items: [] });
      continue;
    }
    const { checked, group } = entry;
    const kind = checked === undefined ? "plain" : group === undefined ? "any" : "one";
    const last = runs.at(-1);
    if (last !== undefined && last.kind === kind && last.group === group) last.items.push(entry);
    else runs.push({ kind, ...(group === undefined ? {} : { group }), items: [entry] });
  }
  return runs;
}
