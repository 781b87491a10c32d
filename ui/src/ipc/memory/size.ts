// How large the window is drawn. The shell has its web view do that, which tells the page that it has less room; the nearest that a
// page can do by itself is to draw larger what it has.
import type { World } from "./world";

export function resizeWindow(world: World, size: number): void {
  world.settings.set("windowSize", String(size));
  document.documentElement.style.zoom = String(size / 100);
}
