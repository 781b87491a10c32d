// Finding words in the open letters and in their subjects: those that are typed, and those of the search that they were opened
// from, of which the engine says where they stand. The frames run no scripts; the page outside looks through their text and marks
// what is found with highlights, which change no element (but see ownBox.ts). A quote that is folded is unfolded where something in it is found;
// letters that are folded are opened where words are typed (useOpenedToFind.ts).
import { create } from "zustand";
import { backend } from "../ipc";
import { grown, unfoldAround } from "./folds";
import { isComing, isGoing } from "./here";
import { MOST_PLACES, places, rangesOf, textWithin, type TextWithin } from "./letterText";
import { giveOwnBoxes } from "./ownBox";
import { paneInFront } from "./pane";
import { useWindow } from "./window";

interface Found {
  /** The letter's; null where it stands in the window's own page. */
  frame: HTMLIFrameElement | null;
  range: Range;
}

interface FindState {
  /** Words are being typed. */
  open: boolean;
  words: string;
  /** Somebody has typed since it was opened: the words are not those of the last time. */
  typed: boolean;
  found: Found[];
  /** The place that is looked at; before the first where nobody has asked for one. */
  at: number;
  /** What is found are the words of the search. */
  searched: boolean;
  /** The person has switched the marks of the search off, for the letters that are open. */
  off: boolean;
  /** Letters that are open for it are on their way. */
  comes: boolean;
  /** So many folded letters are opened to look through them. */
  reach: number;
  /** So many are folded still, and were not looked through. */
  folded: number;
}

/** Folded letters that are opened at once to look through them; each is a frame and a question to the engine. */
export const REACH = 30;

const NOTHING = { open: false, typed: false, found: [], at: 0, searched: false, comes: false };

export const useFind = create<FindState>(() => ({
  ...NOTHING,
  words: "",
  off: false,
  reach: REACH,
  folded: 0,
}));

/** Words are typed that may stand anywhere. */
export function isFinding({ open, words, typed }: Pick<FindState, "open" | "words" | "typed">): boolean {
  return open && typed && words.trim() !== "";
}

/** Looks through more of the folded letters. */
export function findFurther(): void {
  useFind.setState(({ reach }) => ({ reach: reach + REACH }));
}

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
  useFind.setState({ ...NOTHING, reach: REACH });
  markSearched();
}

/** Another letter is chosen, and comes in a moment: what is looked for from now on is looked for in that. */
export function leaveFound(): void {
  wanted = null;
  if (useFind.getState().open) closeFind();
}

/** How many times other letters were opened in the conversation's pane. */
let opened = 0;

/** Other letters are open. Whoever has begun to look for something since they were chosen goes on. */
export function forgetFound(): void {
  opened += 1;
  beginAnew(false);
}

function beginAnew(off: boolean): void {
  marking += 1;
  clear();
  useFind.setState(({ open, typed }) => ({ ...NOTHING, open, typed, off }));
  markSearched();
}

/**
 * Another pane is in front than before: what was found was found elsewhere. The answer is for when it is gone; marks that were
 * switched off behind it are off still, unless other letters stand there.
 */
export function findElsewhere(): () => void {
  const { off } = useFind.getState();
  const before = opened;
  leaveFound();
  beginAnew(false);
  return () => {
    leaveFound();
    beginAnew(off && opened === before);
  };
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
    .flatMap((frame) => textOf(frame) ?? []);
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
      if (letter !== undefined) known.set(letter.page, { query, found: foundIn(letter, places) });
    });
    if (mine !== marking || !mayMark()) return;
  }
  const found = frames()
    .flatMap(({ contentDocument: page }) => {
      const of = page === null ? undefined : known.get(page);
      return of?.query === query ? of.found : [];
    })
    .slice(0, MOST_PLACES);
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
  useFind.setState({
    words,
    typed: true,
    found: placesOf(words),
    at: 0,
    searched: false,
    comes: isOnTheWay(),
  });
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
  useFind.setState({ found, at: Math.max(0, found.findIndex(same)), comes: isOnTheWay() });
  if (here === undefined) show();
  else draw();
}

/** Where the typed words stand in a letter. */
const knownTyped = new WeakMap<Document, { words: string; found: Found[] }>();

function placesOf(words: string): Found[] {
  if (words.trim() === "") return [];
  const found = soughtIn().flatMap((where): Found[] => {
    if (!(where instanceof HTMLIFrameElement)) {
      const text = textWithin(where);
      return rangesOf(text, places(text.text, words)).map((range) => ({ frame: null, range }));
    }
    const page = where.contentDocument;
    const before = page === null ? undefined : knownTyped.get(page);
    if (before?.words === words) return before.found;
    const letter = textOf(where);
    if (letter === null) return [];
    const found = foundIn(letter, places(letter.text, words));
    if (letter.page.readyState === "complete") knownTyped.set(letter.page, { words, found });
    return found;
  });
  return found.slice(0, MOST_PLACES);
}

/** Letters that words are looked for in are still on their way. */
function isOnTheWay(): boolean {
  return paneInFront()?.querySelector("[data-coming], [data-far]") != null;
}

/** Letters have been opened to look through them: that they are awaited is known before anything is drawn. */
export function noteOnTheWay(): void {
  useFind.setState({ comes: isOnTheWay() });
}

export function findNext(step: 1 | -1): void {
  const { found, at, open } = useFind.getState();
  // Who goes on with the words of the last time looks for them here, too.
  if (open) useFind.setState({ typed: true });
  // In a letter that is about to go nobody walks.
  if (found.length === 0 || isGoing()) return;
  const from = at < 0 && step < 0 ? 0 : at;
  useFind.setState({ at: (from + step + found.length) % found.length });
  show();
}

const LETTERS = "iframe[data-letter]";

/** The letters of the pane in front. */
function frames(): HTMLIFrameElement[] {
  return [...(paneInFront()?.querySelectorAll<HTMLIFrameElement>(LETTERS) ?? [])];
}

/** What typed words are looked for in, in its order: the letters, and what says of itself that it can be found (data-findable). */
function soughtIn(): Element[] {
  return [...(paneInFront()?.querySelectorAll(`${LETTERS}, [data-findable]`) ?? [])];
}

/** The text of a letter that is there. */
interface LetterText extends TextWithin {
  frame: HTMLIFrameElement;
  page: Document;
}

function textOf(frame: HTMLIFrameElement): LetterText | null {
  const page = frame.contentDocument;
  return page?.body == null ? null : { frame, page, ...textWithin(page.body) };
}

function foundIn(letter: LetterText, places: readonly (readonly [number, number])[]): Found[] {
  return rangesOf(letter, places, giveOwnBoxes).map((range) => ({ frame: letter.frame, range }));
}

/** What a web view that knows highlights has in each page. */
interface Marking {
  CSS?: { highlights?: Map<string, unknown> };
  Highlight?: new (...ranges: Range[]) => object;
}

const markingOf = (view: Window | null) => view as unknown as Marking | null;

/** Behind the pane in front, too. */
function clear(): void {
  const everywhere = [...document.querySelectorAll<HTMLIFrameElement>(LETTERS)];
  for (const view of [window, ...everywhere.map((frame) => frame.contentWindow)]) {
    const marking = markingOf(view);
    marking?.CSS?.highlights?.delete(ALL);
    marking?.CSS?.highlights?.delete(HERE);
  }
}

function show(): void {
  const here = draw();
  if (here === undefined) return;
  const { frame, range } = here;
  if (!unfoldAround(range.startContainer.parentElement) || frame === null) return bringIntoView(here);
  void grown(frame).then(() => {
    // Whoever has gone on is not fetched back.
    const { found, at } = useFind.getState();
    if (frame.isConnected && found[at]?.range === range) bringIntoView(here);
  });
}

/** Marks what is found, and gives the place that is looked at. */
function draw(): Found | undefined {
  clear();
  const { found, at } = useFind.getState();
  const ranges = new Map<Window | null, Range[]>();
  for (const each of found) {
    const mine = ranges.get(viewOf(each));
    if (mine === undefined) ranges.set(viewOf(each), [each.range]);
    else mine.push(each.range);
  }
  for (const [view, mine] of ranges) highlight(view, ALL, mine);
  const here = found[at];
  if (here !== undefined) highlight(viewOf(here), HERE, [here.range]);
  return here;
}

const viewOf = ({ frame }: Found) => (frame === null ? window : frame.contentWindow);

function highlight(view: Window | null, name: string, ranges: Range[]): void {
  const marking = markingOf(view);
  if (marking?.CSS?.highlights === undefined || marking.Highlight === undefined) return;
  marking.CSS.highlights.set(name, new marking.Highlight(...ranges));
}

/** The frame is as high as its letter; what scrolls is the pane around it. */
function bringIntoView({ frame, range }: Found): void {
  const pane = paneInFront();
  if (pane === null) return;
  moveSideways(range);
  const top = frame === null ? range.getBoundingClientRect().top : topWithin(frame, range);
  const view = pane.getBoundingClientRect();
  if (top < view.top + 40 || top > view.bottom - 60)
    pane.scrollBy({ top: top - view.top - view.height / 3, behavior: "instant" });
}

/** A table of a plain text that is wider than its letter is moved sideways. */
function moveSideways(range: Range): void {
  const table = range.startContainer.parentElement?.closest(".waxwing-columns");
  if (table == null) return;
  const [place, view] = [range.getBoundingClientRect(), table.getBoundingClientRect()];
  if (place.left < view.left || place.right > view.right)
    table.scrollLeft += place.left - view.left - view.width / 3;
}

function topWithin(frame: HTMLIFrameElement, range: Range): number {
  const { top, width } = frame.getBoundingClientRect();
  return top + range.getBoundingClientRect().top * (width / (frame.clientWidth || 1));
}
