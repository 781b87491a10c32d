// Text that stands beside blocks in one element, as words in front of a folded quote, has a box that belongs to no element. WebKit
// takes the look of a highlight from the element of the box, and so paints none there (WebKitGTK 2.50). Such text gets an element of
// its own, of a name that no style sheet of a letter knows; it is laid out as before.

const NAME = "waxwing-words";

/** What stands as a block within something that stands in a line. */
const BLOCKS =
  "address,article,aside,blockquote,center,dd,details,div,dl,dt,fieldset,figure,footer,form,h1,h2,h3,h4,h5,h6,header,hr,main,nav,ol,p,pre,section,table,ul";

/** Whether the web view paints no highlight there: WebKit's do not, on Linux and on the Mac. Others leave the page as it is. */
export function needsOwnBoxes(userAgent: string): boolean {
  return userAgent.includes("AppleWebKit") && !/Chrom/u.test(userAgent);
}

/** What is known of elements: a letter is looked at once, however often something is looked for in it. */
const known = new WeakMap<Element, boolean>();

/** Gives texts elements of their own where they need one. All are asked before the first is given one, so that the page is laid out once. */
export function giveOwnBoxes(texts: ReadonlySet<Node>, userAgent = navigator.userAgent): void {
  if (!needsOwnBoxes(userAgent)) return;
  const needy = [...texts].filter((text) => {
    const around = text.parentElement;
    if (around === null || text.nodeType !== Node.TEXT_NODE) return false;
    let needs = known.get(around);
    if (needs === undefined) known.set(around, (needs = holdsBlocks(around)));
    return needs;
  });
  for (const text of needy) {
    const own = text.ownerDocument?.createElement(NAME);
    if (own === undefined) continue;
    text.parentNode?.insertBefore(own, text);
    own.append(text);
  }
}

function holdsBlocks(element: Element): boolean {
  const display = displayOf(element);
  if (/flex|grid/u.test(display)) return true;
  if (display === "inline") return false;
  return [...element.children].some((child) => {
    if (child.tagName === "BR") return false;
    const display = displayOf(child);
    if (display === "none") return false;
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
