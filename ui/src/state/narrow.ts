// Whether the window is too narrow for three panes, as on a small screen or with everything twice as large. Then list and
// letters share one place, and an open conversation lies over the list. The look is views/main/MainWindow.module.css.

/** The same width as in the style sheet. */
const NARROW = "(max-width: 799px)";

export function isNarrow(): boolean {
  return typeof matchMedia === "function" && matchMedia(NARROW).matches;
}
