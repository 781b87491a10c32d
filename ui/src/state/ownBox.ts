// Text that stands beside blocks in one element, as words in front of a folded quote, has a box that belongs to no element. WebKit
// takes the look of a highlight from the element of the box, and so paints none there (WebKitGTK 2.50). Such text gets an element of
// its own, of a name that no style sheet of a letter knows; it is laid out as before.

const NAME = "waxwing-words";

/** What stands as a block within something that stands in a line. */
const BLOCKS =
  "address,article,aside,blockquote,center,dd,details,div,dl,dt,fieldset,figure,footer,form,h1,h2,h3,h4,h5,h6,header,hr,main,nav,ol,p,pre,section,table,ul";

/** Gives text an element of its own where it needs one. What is found of an element is noted, so that a letter is looked at once. */
export function ownBoxes(): (text: Node) => void {
  const known = new Map<Element, boolean>();
  return (text) => {
    const around = text.parentElement;
    const page = text.ownerDocument;
    if (around === null || page === null || text.nodeType !== Node.TEXT_NODE) return;
    let needs = known.get(around);
    if (needs === undefined) known.set(around, (needs = holdsBlocks(around)));
    if (!needs) return;
    const own = page.createElement(NAME);
    text.parentNode?.insertBefore(own, text);
    own.append(text);
  };
}

function holdsBlocks(element: Element): boolean {
  const display = displayOf(element);
  if (/flex|grid/u.test(display)) return true;
  if (display === "inline") return false;
  return [...element.children].some((child) => {
    const display = displayOf(child);
    if (display === "none" || child.tagName === "BR") return false;
    return (
      !/^(?:inline|contents|ruby)/u.test(display) ||
      (display === "inline" && child.querySelector(BLOCKS) !== null)
    );
  });
}

function displayOf(element: Element): string {
  const { display } = element.ownerDocument.defaultView?.getComputedStyle(element) ?? { display: "" };
  return display === "" ? "inline" : display;
}
