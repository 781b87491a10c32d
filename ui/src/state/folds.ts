// Quotes that are folded in a letter, where something in them is gone to: they are opened, and the letter's frame is given the time
// to become as high as it is then. Before that there is no room to scroll to the place.

/** A frame is as high as its letter after so many drawings, or it never will be: a letter without an end is cut off. */
const DRAWINGS = 10;

/** Opens what is folded at a place and around it. `false`: nothing was. */
export function unfoldAround(place: Element | null): boolean {
  let opened = false;
  for (let each = place; each !== null; each = each.parentElement) {
    if (each.tagName !== "DETAILS" || each.hasAttribute("open")) continue;
    each.setAttribute("open", "");
    opened = true;
  }
  return opened;
}

/** Is kept when the frame is as high as what stands in it. */
export async function grown({ contentDocument: page }: HTMLIFrameElement): Promise<void> {
  for (let drawn = 0; drawn < DRAWINGS; drawn++) {
    const root = page?.documentElement;
    if (root === undefined || root.scrollHeight <= root.clientHeight) return;
    await new Promise(requestAnimationFrame);
  }
}
