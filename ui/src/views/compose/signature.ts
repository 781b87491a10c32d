// The signature in a letter that is being written: the line of two hyphens (RFC 3676, section 4.3) and what stands below it.
// When another identity is chosen, it makes room for the other one's. What the person has typed stays where it is, above and
// below it; a signature that they have changed is theirs, and stays too.
import { cleanFragment } from "./clean";

const BLOCKS = "ADDRESS BLOCKQUOTE DIV H1 H2 H3 H4 HR LI OL P PRE TABLE TBODY TD TR UL".split(" ");

/** Puts `next` in the place of `former`, or above the quotation where there was none. */
export function swapSignature(root: HTMLElement, former: string, next: string): void {
  const blocks = Array.from(root.children);
  const foreign = blocks.findIndex(isForeign);
  const own = foreign < 0 ? blocks : blocks.slice(0, foreign);
  const lines = own.flatMap((block) => leavesOf(block));
  const mark = lines.findLastIndex((line) => textOf(line) === "--");
  const formerLines = linesOf(former);
  if (mark >= 0 && formerLines.length > 0) {
    const end = endOf(lines, mark + 1, formerLines);
    if (end === null) return;
    const first = lines[mark];
    if (first) insert(next, first.parentNode ?? root, first);
    for (const line of lines.slice(mark, end)) removeWithEmptyParents(line, root);
    if (root.firstElementChild === null || (foreign >= 0 && root.firstElementChild === blocks[foreign]))
      root.prepend(emptyLine());
    return;
  }
  let before: Element | null = blocks[own.length] ?? null;
  const last = own.at(-1);
  // The empty line above a quotation stays there.
  if (before && own.length > 1 && last && textOf(last) === "") before = last;
  insert(next, root, before);
}

/** A quotation, the line that announces one, or the head of a forwarded letter. */
export function isForeign(block: Element): boolean {
  if (block.tagName === "BLOCKQUOTE") return true;
  const text = block.textContent.trim();
  if (/^-{5,}/.test(text)) return true;
  return text !== "" && block.nextElementSibling?.matches('blockquote[type="cite"]') === true;
}

function emptyLine(): HTMLElement {
  const line = document.createElement("div");
  line.append(document.createElement("br"));
  return line;
}

function insert(signature: string, parent: Node, before: Node | null): void {
  if (linesOf(signature).length === 0 && !/<img\b/i.test(signature)) return;
  const mark = document.createElement("div");
  mark.textContent = "-- ";
  const text = document.createElement("div");
  text.append(cleanFragment(signature));
  parent.insertBefore(mark, before);
  parent.insertBefore(text, before);
}

// Where the signature ends that begins there, if it is the one that is expected: its lines in their order, with nothing but
// empty lines between them.
function endOf(lines: readonly Node[], from: number, expected: readonly string[]): number | null {
  let at = from;
  for (const text of expected) {
    while (at < lines.length && textOf(lines[at]) === "") at += 1;
    if (textOf(lines[at]) !== text) return null;
    at += 1;
  }
  return at;
}

function linesOf(signature: string): string[] {
  const root = document.createElement("div");
  root.append(cleanFragment(signature));
  return leavesOf(root)
    .map(textOf)
    .filter((line) => line !== "");
}

// The lines below a node, each as the node that holds it. Lines that a <br> parts are first given blocks of their own.
function leavesOf(node: Element): Element[] {
  splitLines(node);
  const inner = Array.from(node.children).filter((child) => BLOCKS.includes(child.tagName));
  return inner.length === 0 ? [node] : inner.flatMap(leavesOf);
}

function splitLines(node: Element): void {
  const children = Array.from(node.childNodes);
  const isBreak = (child: Node) => child instanceof HTMLBRElement;
  const isBlock = (child: Node) => child instanceof Element && BLOCKS.includes(child.tagName);
  const text = children.some((child) => !isBreak(child) && !isBlock(child) && textOf(child) !== "");
  const parted = children.slice(0, -1).some(isBreak) || children.some(isBlock);
  if (!text || !parted) return;
  let line: HTMLElement | null = null;
  for (const child of children) {
    if (isBlock(child)) {
      line = null;
      continue;
    }
    if (line === null) {
      line = document.createElement("div");
      node.insertBefore(line, child);
    }
    line.append(child);
    if (isBreak(child)) line = null;
  }
}

function removeWithEmptyParents(line: Element, root: HTMLElement): void {
  let gone = line;
  while (gone !== root) {
    const parent = gone.parentElement;
    gone.remove();
    if (!parent || parent.childNodes.length > 0) return;
    gone = parent;
  }
}

// The editor writes hard spaces and marks its cursor with invisible ones.
function textOf(node: Node | null | undefined): string {
  return (node?.textContent ?? "").replaceAll("\u200b", "").replaceAll(/\s+/g, " ").trim();
}
