// How large everything in the windows is drawn, letters and all else. The shell draws them so and remembers it. Not here: how much
// larger letters are than the rest (letterLook.ts).

export const WINDOW_SIZE = "windowSize";

/** In hundredths. Twice the size has to be among them (WCAG 2.2, criterion 1.4.4). */
export const WINDOW_SIZES = [80, 90, 100, 110, 125, 150, 175, 200, 250, 300] as const;

export function windowSizeFrom(setting: string | null): number {
  return WINDOW_SIZES.find((size) => String(size) === setting) ?? 100;
}
