// Finding words in the open letters: those that are typed, and those of the search that they were opened from, of which the
// engine says where they stand. The frames run no scripts; the page outside looks through their text and marks what is found
// with highlights, which change no element. A quote that is folded is unfolded where something in it is found.
import { create } from "zustand";
import { backend } from "../ipc";
import { grown, unfoldAround } from "./folds";
import { isComing, isGoing } from "./here";
import { useWindow } from "./window";

interface Found {
  frame: HTMLIFrameElement;
  range: Range;
}

interface FindState {
  /** Words are being typed. */
  open: boolean;
  words: string;
  found: Found[];
  /** The place that is looked at; before the first where nobody has asked for one. */
  at: number;
  /** What is found are the words of the search. */
  searched: boolean;
  /** The person has switched the marks of the search off, for the letters that are open. */
  off: boolean;
}

const NOTHING = { open: false, found: [], at: 0, searched: false };

export const useFind = create<FindState>(() => ({ ...NOTHING, words: "", off: false }));

/** More nobody steps through. */
const MOST = 2000;
/** Of a longer text the index has no more either, so that nothing is found behind it. */
const INDEXED = 1 << 20;
const ALL = "waxwing-found";
const HERE = "waxwing-found-here";

export function openFind(): void {
  useFind.setState({ open: true, searched: false });
}

/** How many times the search was marked, or its marks taken away: an answer that comes late is of no use. */
let marking = 0;
/** Somebody wants to go to the first place of a search, or backwards to the last, before they are known. */
let wanted: 1 | -1 | null = null;

/** Ends finding. The words of the search are marked again. */
export function closeFind(): void {
  marking += 1;
  wanted = null;
  clear();
  useFind.setState(NOTHING);
  markSearched();
}

/** Another letter is chosen, and comes in a moment: what is looked for from now on is looked for in that. */
export function leaveFound(): void {
  wanted = null;
  if (useFind.getState().open) closeFind();
}

/** Other letters are open. Whoever has begun to look for something since they were chosen goes on. */
export function forgetFound(): void {
  marking += 1;
  clear();
  useFind.setState(({ open }) => ({ ...NOTHING, open, off: false }));
  markSearched();
}

/** Takes the marks of the search away, until other letters are opened. */
export function unmark(): void {
  marking += 1;
  wanted = null;
  clear();
  useFind.setState({ ...NOTHING, off: true });
}

/** Somebody wants marks; somebody is looking for them. */
const marksAre = { due: false, underWay: false };

/**
 * Marks what was searched for in the letters that are open, or what is typed, when one has come or gone. Those that come
 * together, or while others are looked through, are looked through together.
 */
export function markSearched(): void {
  if (marksAre.due) return;
  marksAre.due = true;
  if (!marksAre.underWay) setTimeout(() => void markDue(), 0);
}

async function markDue(): Promise<void> {
  marksAre.underWay = true;
  while (marksAre.due) {
    marksAre.due = false;
    findAgain();
    await mark();
  }
  marksAre.underWay = false;
}

/** Where the words of a search stand in a letter: its page does not change while it is open. */
const known = new WeakMap<Document, { query: string; found: Found[] }>();

async function mark(): Promise<void> {
  const { place } = useWindow.getState();
  if (place.kind !== "search") {
    marking += 1;
    wanted = null;
    if (useFind.getState().searched) forgetFound();
    return;
  }
  const { query } = place;
  const mayMark = () => !useFind.getState().open && !useFind.getState().off;
  if (!mayMark()) return;
  const mine = ++marking;
  const letters = frames()
    .filter(({ contentDocument: page }) => page !== null && known.get(page)?.query !== query)
    .map((frame) => textOf(frame))
    .filter((letter) => letter !== null);
  if (letters.length > 0) {
    // Without an answer nothing is marked; the letter can be read all the same.
    const marks = await backend()
      .marks(
        query,
        letters.map(({ text }) => ({ part: "text" as const, text: text.slice(0, INDEXED) })),
      )
      .catch(() => null);
    // Late as it may be, it is true of these pages.
    marks?.forEach((places, at) => {
      const letter = letters[at];
      if (letter !== undefined) known.set(letter.page, { query, found: rangesOf(letter, places) });
    });
    if (mine !== marking || !mayMark()) return;
  }
  const found = frames()
    .flatMap(({ contentDocument: page }) => {
      const of = page === null ? undefined : known.get(page);
      return of?.query === query ? of.found : [];
    })
    .slice(0, MOST);
  const { found: before, at, searched } = useFind.getState();
  // Whoever walks through them stays where he is, whatever comes or goes around it.
  const here = searched ? before[at] : undefined;
  useFind.setState({
    found,
    at: here === undefined ? -1 : found.indexOf(here),
    searched: found.length > 0,
  });
  draw();
  // The letter that is seen may be about to go: they are wanted in the one that comes.
  if (wanted === null || isGoing() || (found.length === 0 && marksToCome())) return;
  const step = wanted;
  wanted = null;
  findNext(step);
}

/** The words of the search are still looked for in a letter that is open, or that letter is still on its way. */
export function marksToCome(): boolean {
  const { place } = useWindow.getState();
  const { open, off } = useFind.getState();
  if (place.kind !== "search" || open || off) return false;
  return (
    isComing() ||
    frames().some(({ contentDocument: page }) => page !== null && known.get(page)?.query !== place.query)
  );
}

/** Goes to the first place of the search, or backwards to the last, when they are known. */
export function findWhenMarked(step: 1 | -1): void {
  wanted = step;
}

export function find(words: string): void {
  clear();
  useFind.setState({ words, found: placesOf(words), at: 0, searched: false });
  show();
}

/** Letters that were far off come one after the other. Whoever stands at a place stays there. */
function findAgain(): void {
  const { open, words, found: before, at } = useFind.getState();
  if (!open) return;
  const found = placesOf(words);
  const here = before[at];
  const same = ({ range }: Found) =>
    range.startContainer === here?.range.startContainer && range.startOffset === here.range.startOffset;
  useFind.setState({ found, at: Math.max(0, found.findIndex(same)) });
  if (here === undefined) show();
  else draw();
}

/** Where the typed words stand in a letter. */
const typed = new WeakMap<Document, { words: string; found: Found[] }>();

function placesOf(words: string): Found[] {
  const letters = words.trim() === "" ? [] : frames();
  const found = letters.flatMap((frame) => {
    const page = frame.contentDocument;
    const before = page === null ? undefined : typed.get(page);
    if (before?.words === words) return before.found;
    const letter = textOf(frame);
    if (letter === null) return [];
    const found = rangesOf(letter, places(letter.text, words));
    if (letter.page.readyState === "complete") typed.set(letter.page, { words, found });
    return found;
  });
  return found.slice(0, MOST);
}

export function findNext(step: 1 | -1): void {
  const { found, at } = useFind.getState();
  // In a letter that is about to go nobody walks.
  if (found.length === 0 || isGoing()) return;
  const from = at < 0 && step < 0 ? 0 : at;
  useFind.setState({ at: (from + step + found.length) % found.length });
  show();
}

function frames(): HTMLIFrameElement[] {
  return [...document.querySelectorAll<HTMLIFrameElement>("#reading iframe[data-letter]")];
}

/** The text of a letter, and which of its nodes begins where. */
interface LetterText {
  frame: HTMLIFrameElement;
  page: Document;
  text: string;
  pieces: { node: Node; start: number }[];
}

/** What stands in elements of these names is beside what stands before and behind them in no word. */
const APART =
  /^(?:address|article|aside|blockquote|br|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|legend|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)$/iu;

function textOf(frame: HTMLIFrameElement): LetterText | null {
  const page = frame.contentDocument;
  if (page?.body == null) return null;
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  const pieces: LetterText["pieces"] = [];
  let text = "";
  let within: Element | null = null;
  const blocks = new Map<Element, Element | null>();
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node.nodeType !== Node.TEXT_NODE) {
      if (APART.test(node.nodeName)) text += "\n";
      continue;
    }
    const block = blockAround(node, blocks);
    // Out of one and back into what is around it.
    if (within !== null && block !== within && !text.endsWith("\n")) text += "\n";
    within = block;
    pieces.push({ node, start: text.length });
    text += node.nodeValue ?? "";
  }
  return { frame, page, text, pieces };
}

/** What is found is noted for all that was passed, so that a letter of many texts in many elements is gone through once. */
function blockAround(node: Node, known: Map<Element, Element | null>): Element | null {
  const passed: Element[] = [];
  let each: Element | null = node.parentElement;
  while (each !== null && !APART.test(each.tagName)) {
    const block = known.get(each);
    if (block !== undefined) {
      each = block;
      break;
    }
    passed.push(each);
    each = each.parentElement;
  }
  for (const element of passed) known.set(element, each);
  return each;
}

function rangesOf(
  { frame, page, pieces }: LetterText,
  places: readonly (readonly [number, number])[],
): Found[] {
  let at = 0;
  return places.flatMap(([start, end]) => {
    // Places are in ascending order.
    while (pieces[at + 1] !== undefined && (pieces[at + 1]?.start ?? 0) <= start) at += 1;
    const first = pieces[at];
    let until = at;
    while (pieces[until + 1] !== undefined && (pieces[until + 1]?.start ?? 0) < end) until += 1;
    const last = pieces[until];
    if (first === undefined || last === undefined || first.start > start) return [];
    const range = page.createRange();
    range.setStart(first.node, within(first.node, start - first.start));
    range.setEnd(last.node, within(last.node, end - last.start));
    return [{ frame, range }];
  });
}

function within(node: Node, place: number): number {
  return Math.min(place, node.nodeValue?.length ?? 0);
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

function highlightsOf(frame: HTMLIFrameElement): Marking | null {
  return frame.contentWindow as unknown as Marking | null;
}

function clear(): void {
  for (const frame of frames()) {
    const page = highlightsOf(frame);
    page?.CSS?.highlights?.delete(ALL);
    page?.CSS?.highlights?.delete(HERE);
  }
}

function show(): void {
  const here = draw();
  if (here === undefined) return;
  if (!unfoldAround(here.range.startContainer.parentElement)) return bringIntoView(here);
  void grown(here.frame).then(() => {
    // Whoever has gone on is not fetched back.
    const { found, at } = useFind.getState();
    if (here.frame.isConnected && found[at]?.range === here.range) bringIntoView(here);
  });
}

/** Marks what is found, and gives the place that is looked at. */
function draw(): Found | undefined {
  clear();
  const { found, at } = useFind.getState();
  const ranges = new Map<HTMLIFrameElement, Range[]>();
  for (const { frame, range } of found) {
    const mine = ranges.get(frame);
    if (mine === undefined) ranges.set(frame, [range]);
    else mine.push(range);
  }
  for (const [frame, mine] of ranges) {
    const page = highlightsOf(frame);
    if (page?.CSS?.highlights === undefined || page.Highlight === undefined) continue;
    page.CSS.highlights.set(ALL, new page.Highlight(...mine));
  }
  const here = found[at];
  const page = here === undefined ? null : highlightsOf(here.frame);
  if (here !== undefined && page?.CSS?.highlights !== undefined && page.Highlight !== undefined)
    page.CSS.highlights.set(HERE, new page.Highlight(here.range));
  return here;
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
