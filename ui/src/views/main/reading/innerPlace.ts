// The place within a letter that stands at the top of what is seen, found again when the letter is laid out in another width.

/** Where a letter's element is looked for below the edge, in pixels: between two of them there is only the page. */
const TRIES = [2, 14, 30, 54];

export interface InnerPlace {
  frame: HTMLIFrameElement;
  element: Element;
  /** How much of the element is above the place. */
  share: number;
}

const scaleOf = (frame: HTMLIFrameElement) =>
  frame.offsetWidth === 0 ? 1 : frame.getBoundingClientRect().width / frame.offsetWidth;

/** Null where the letter begins below the edge, or has no page. */
export function placeAt(letter: Element, edge: number): InnerPlace | null {
  const frame = letter.querySelector("iframe");
  const page = frame?.contentDocument;
  if (frame == null || page == null) return null;
  const down = (edge - frame.getBoundingClientRect().top) / scaleOf(frame);
  if (down <= 0) return null;
  for (const more of TRIES) {
    const element = page.elementFromPoint(frame.offsetWidth / 3, down + more);
    if (element === null || element === page.body || element === page.documentElement) continue;
    const { top, height } = element.getBoundingClientRect();
    return { frame, element, share: height === 0 ? 0 : (down - top) / height };
  }
  return null;
}

/** How far down it is now, in pixels of the window; null where it is no more. */
export function topOf({ frame, element, share }: InnerPlace): number | null {
  if (!frame.isConnected || !element.isConnected) return null;
  const { top, height } = element.getBoundingClientRect();
  return frame.getBoundingClientRect().top + (top + share * height) * scaleOf(frame);
}
