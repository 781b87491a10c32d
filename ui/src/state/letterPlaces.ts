// Places in letters that links in them lead to. A frame cannot go there by itself: every link in it opens outside, so the page
// around it hears of the press and scrolls. The sanitiser writes such links at an address where nobody serves anything.

const START = "letter://localhost/here#";

export function isPlace(url: string): boolean {
  return url.startsWith(START);
}

/** Scrolls to the place, in the letter whose link has the focus, or else in the first letter that has such a place. */
export function goToPlace(url: string): void {
  const name = nameOf(url);
  const pages = [...document.querySelectorAll<HTMLIFrameElement>("iframe[data-letter]")]
    .map(({ contentDocument }) => contentDocument)
    .filter((page) => page !== null);
  const pressed = pages.find((page) => page.activeElement?.getAttribute("href") === url);
  for (const page of pressed === undefined ? pages : [pressed]) {
    // As browsers have it, the top needs no element of that name.
    const place = page.getElementById(name) ?? (name.toLowerCase() === "top" ? page.body : null);
    if (place === null) continue;
    openAround(place);
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

/** A place in a quote that is folded can be seen. */
function openAround(place: Element): void {
  for (
    let fold = place.closest("details");
    fold !== null;
    fold = fold.parentElement?.closest("details") ?? null
  )
    fold.open = true;
}
