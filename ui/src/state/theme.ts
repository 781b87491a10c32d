// Light, dark, or as the system has it. The choice is remembered by the engine and stands on <html>.
import { create } from "zustand";
import { backend } from "../ipc";

export type Theme = "system" | "light" | "dark";

interface ThemeState {
  theme: Theme;
  /** What it comes to now. */
  dark: boolean;
}

const media = typeof matchMedia === "function" ? matchMedia("(prefers-color-scheme: dark)") : null;

export const useTheme = create<ThemeState>(() => ({ theme: "system", dark: media?.matches ?? false }));

function apply(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  useTheme.setState({ theme, dark: theme === "dark" || (theme === "system" && (media?.matches ?? false)) });
}

media?.addEventListener("change", () => apply(useTheme.getState().theme));

export async function restoreTheme(): Promise<void> {
  const kept = await backend()
    .setting("theme")
    .catch(() => null);
  apply(kept === "light" || kept === "dark" ? kept : "system");
}

export function chooseTheme(theme: Theme): void {
  apply(theme);
  void backend().putSetting("theme", theme);
}
