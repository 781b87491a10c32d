// Places in letters that links in them lead to. A frame cannot go there by itself: every link in it opens outside, so the page
// around it hears of the press and scrolls. The sanitiser writes such links at an address where nobody serves anything.
import { grown, unfoldAround } from "./folds";
import { LETTER } from "./here";
import { paneInFront } from "./pane";

const START = "letter://localhost/here#";

export function isPlace(url: string): boolean {
  return url.startsWith(START);
}

/**
 * Scrolls to the place: in the letter that has the focus, in its frame or around it, or in the one whose link had it last (not every
 * web view gives it to what is pressed), or else in the first letter that has such a place.
 */
export async function goToPlace(url: string): Promise<void> {
  const name = nameOf(url);
  const where = paneInFront() ?? document;
  const frames = [...where.querySelectorAll<HTMLIFrameElement>("iframe[data-letter]")];
  const { activeElement: focus } = document;
  const letter = focus?.closest(`[${LETTER}]`);
  const pressed =
    frames.find((frame) => frame === focus || letter?.contains(frame)) ??
    frames.find(({ contentDocument: page }) => page?.activeElement?.getAttribute("href") === url);
  for (const frame of pressed === undefined ? frames : [pressed]) {
    const { contentDocument: page } = frame;
    // As browsers have it, the top needs no element of that name.
    const place = page?.getElementById(name) ?? (name.toLowerCase() === "top" ? page?.body : null);
    if (place == null) continue;
    if (unfoldAround(place)) await grown(frame);
    place.scrollIntoView({ block: "start" });
    return;
  }
}

function nameOf(url: string): string {
  try {
    return decodeURIComponent(url.slice(START.length));
  } catch {
    return "";
  }
}
