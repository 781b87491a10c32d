// Keeps the editor's document within a short allow-list. HTML from a draft, a quoted letter or the clipboard is parsed
// into a document that runs and fetches nothing, and rebuilt element by element, so that nothing unknown is carried
// over. This protects the composer; what leaves is sanitised again in Rust, which this does not replace.

/** The allowed part of some HTML, as nodes that belong to the page. Squire calls this for all that enters it. */
export function cleanFragment(html: string): DocumentFragment {
  const inert = new DOMParser().parseFromString(html, "text/html");
  const clean = document.createDocumentFragment();
  copyChildren(inert.body, clean, 0);
  return clean;
}

/** Whether a link may stand in a letter. Everything else, javascript: before all, is left out. */
export function isLinkAllowed(href: string): boolean {
  // Control characters and spaces are ignored by the URL parser, so `java\nscript:` must not get past us.
  const compact = Array.from(href)
    .filter((letter) => letter > " " && letter !== "\u007f")
    .join("");
  return /^(?:https?:|mailto:|tel:)/i.test(compact);
}

// Deeper nesting is flattened: no letter needs it, and browsers slow down badly.
const DEEPEST = 80;

const KEPT = new Set(
  "A B BLOCKQUOTE BR CODE DIV EM H1 H2 H3 H4 HR I IMG LI OL P PRE S SPAN STRONG SUB SUP TABLE TBODY TD TFOOT TH THEAD TR U UL".split(
    " ",
  ),
);
// Their text is no text of the letter.
const DROPPED = new Set(
  "SCRIPT STYLE TITLE HEAD META LINK BASE TEMPLATE NOSCRIPT IFRAME FRAME OBJECT EMBED SVG MATH TEXTAREA SELECT OPTION BUTTON INPUT AUDIO VIDEO CANVAS".split(
    " ",
  ),
);
const ATTRIBUTES: Record<string, readonly string[]> = {
  A: ["href", "title"],
  BLOCKQUOTE: ["type", "cite"],
  IMG: ["alt", "width", "height"],
  OL: ["start", "type"],
  TD: ["colspan", "rowspan"],
  TH: ["colspan", "rowspan"],
};

function copyChildren(from: Node, to: Node, depth: number): void {
  for (const child of Array.from(from.childNodes)) {
    if (child.nodeType === Node.TEXT_NODE) {
      to.appendChild(document.createTextNode(child.nodeValue ?? ""));
    } else if (child.nodeType === Node.ELEMENT_NODE) {
      copyElement(child as Element, to, depth);
    }
  }
}

function copyElement(element: Element, to: Node, depth: number): void {
  const name = element.tagName.toUpperCase();
  if (DROPPED.has(name) || element.namespaceURI !== "http://www.w3.org/1999/xhtml") return;
  if (depth >= DEEPEST) {
    to.appendChild(document.createTextNode(element.textContent));
    return;
  }
  if (!KEPT.has(name) || (name === "IMG" && !isPictureAllowed(element))) {
    copyChildren(element, to, depth + 1);
    return;
  }
  const copy = document.createElement(name);
  copyAttributes(element, copy, name);
  copyChildren(element, copy, depth + 1);
  to.appendChild(copy);
}

function copyAttributes(from: Element, to: Element, name: string): void {
  for (const attribute of ATTRIBUTES[name] ?? []) {
    const value = from.getAttribute(attribute);
    if (value === null) continue;
    if ((attribute === "href" || attribute === "cite") && !isLinkAllowed(value)) continue;
    to.setAttribute(attribute, value);
  }
  const direction = from.getAttribute("dir");
  if (direction === "rtl" || direction === "ltr" || direction === "auto") to.setAttribute("dir", direction);
  if (name === "IMG") to.setAttribute("src", from.getAttribute("src") ?? "");
}

// A picture is shown only where its bytes are in the letter itself: a remote one would tell its server that it was
// opened. cid: is kept for the engine to resolve.
function isPictureAllowed(element: Element): boolean {
  return /^(?:data:image\/(?:png|jpeg|gif|webp);base64,|cid:)/i.test(element.getAttribute("src") ?? "");
}
