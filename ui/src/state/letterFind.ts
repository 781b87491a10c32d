// Finding words in the open letters. The frames run no scripts; the page outside looks through their text and marks what it
// finds with highlights, which change no element. A quote that is folded is unfolded where something in it is found.
import { create } from "zustand";

interface Found {
  frame: HTMLIFrameElement;
  range: Range;
}

interface FindState {
  open: boolean;
  words: string;
  found: Found[];
  at: number;
}

export const useFind = create<FindState>(() => ({ open: false, words: "", found: [], at: 0 }));

/** More nobody steps through. */
const MOST = 2000;
const ALL = "waxwing-found";
const HERE = "waxwing-found-here";

export function openFind(): void {
  useFind.setState({ open: true });
}

export function closeFind(): void {
  clear();
  useFind.setState({ open: false, found: [], at: 0 });
}

export function find(words: string): void {
  clear();
  const found = words.trim() === "" ? [] : frames().flatMap((frame) => within(frame, words));
  useFind.setState({ words, found: found.slice(0, MOST), at: 0 });
  show();
}

export function findNext(step: 1 | -1): void {
  const { found, at } = useFind.getState();
  if (found.length === 0) return;
  useFind.setState({ at: (at + step + found.length) % found.length });
  show();
}

function frames(): HTMLIFrameElement[] {
  return [...document.querySelectorAll<HTMLIFrameElement>("#reading iframe[data-letter]")];
}

/** Every place of the words in a letter, however they are spread over its elements. */
function within(frame: HTMLIFrameElement, words: string): Found[] {
  const page = frame.contentDocument;
  if (page?.body == null) return [];
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  const pieces: { node: Node; start: number }[] = [];
  let text = "";
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    pieces.push({ node, start: text.length });
    text += node.nodeValue ?? "";
  }
  return places(text, words).flatMap(([start, end]) => {
    const first = pieces.findLast((piece) => piece.start <= start);
    const last = pieces.findLast((piece) => piece.start < end);
    if (first === undefined || last === undefined) return [];
    const range = page.createRange();
    range.setStart(first.node, start - first.start);
    range.setEnd(last.node, end - last.start);
    return [{ frame, range }];
  });
}

/** Where the words stand in a text; case and the kind of white space make no difference. */
export function places(text: string, words: string): [number, number][] {
  const pattern = words
    .trim()
    .split(/\s+/u)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&"))
    .join("\\s+");
  const found: [number, number][] = [];
  for (const match of text.matchAll(new RegExp(pattern, "giu"))) {
    found.push([match.index, match.index + match[0].length]);
    if (found.length >= MOST) break;
  }
  return found;
}

/** What a web view that knows highlights has in each page. */
interface Marking {
  CSS?: { highlights?: Map<string, unknown> };
  Highlight?: new (...ranges: Range[]) => object;
}

function marking(frame: HTMLIFrameElement): Marking | null {
  return frame.contentWindow as unknown as Marking | null;
}

function clear(): void {
  for (const frame of frames()) {
    const page = marking(frame);
    page?.CSS?.highlights?.delete(ALL);
    page?.CSS?.highlights?.delete(HERE);
  }
}

function show(): void {
  clear();
  const { found, at } = useFind.getState();
  for (const frame of frames()) {
    const page = marking(frame);
    const mine = found.filter((each) => each.frame === frame).map((each) => each.range);
    if (mine.length === 0 || page?.CSS?.highlights === undefined || page.Highlight === undefined) continue;
    page.CSS.highlights.set(ALL, new page.Highlight(...mine));
  }
  const here = found[at];
  if (here === undefined) return;
  for (let each = here.range.startContainer.parentElement; each !== null; each = each.parentElement)
    if (each.tagName === "DETAILS") each.setAttribute("open", "");
  const page = marking(here.frame);
  if (page?.CSS?.highlights !== undefined && page.Highlight !== undefined)
    page.CSS.highlights.set(HERE, new page.Highlight(here.range));
  bringIntoView(here);
}

/** The frame is as high as its letter; what scrolls is the pane around it. */
function bringIntoView({ frame, range }: Found): void {
  const pane = document.getElementById("reading");
  if (pane === null) return;
  const scale = frame.getBoundingClientRect().width / (frame.clientWidth || 1);
  const top = frame.getBoundingClientRect().top + range.getBoundingClientRect().top * scale;
  const view = pane.getBoundingClientRect();
  if (top < view.top + 40 || top > view.bottom - 60)
    pane.scrollBy({ top: top - view.top - view.height / 3, behavior: "instant" });
}
