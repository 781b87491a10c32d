// The window: folders, list, letters, status.

export function MainWindow() {
  return null;
}
