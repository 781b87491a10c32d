// Where the rows of a long list stand. A browser draws no element higher than about 33 million pixels, which is some
// 400,000 rows: beyond that the scrollbar stands for more than its own pixels. Near both ends, and while someone
// scrolls in small steps, a pixel is a pixel; only a leap of the scrollbar is scaled. Pure numbers, no page.
import type { Density, Form } from "./looks";

/** Three lines of text at 1.45 (13.5, 13.5 and 12.5 px), 10 px above and below, and the line between two rows. */
export const ROW_HEIGHT = 78.275;
const HEIGHTS: Record<Form, Record<Density, number>> = {
  // Closely, the beginning of the letter is left out; with more room, there is 6 px more above and below.
  lines: { roomy: ROW_HEIGHT + 12, normal: ROW_HEIGHT, dense: 54.15 },
  table: { roomy: 42, normal: 34, dense: 27 },
};

/** How high a row is, with the line below it. The style sheet of the rows says the same. */
export function rowHeight(look: { form: Form; density: Density }): number {
  return HEIGHTS[look.form][look.density];
}

/** Under WebKit's limit for one element. */
export const MAX_HEIGHT = 30_000_000;
/** How far from either end the scrollbar is exact. */
const EXACT = 200_000;

export interface Extent {
  /** How high all rows are together. */
  rows: number;
  /** How high the element is that scrolls. */
  element: number;
  /** How much of it is seen. */
  view: number;
}

/** `offset` is how far the top of the view is from the first row; `top` is the element's scrollTop. */
export interface Standing {
  offset: number;
  top: number;
}

export function extentOf(count: number, view: number, height = ROW_HEIGHT): Extent {
  const rows = count * height;
  return { rows, element: Math.min(rows, MAX_HEIGHT), view };
}

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));

function spans({ rows, element, view }: Extent): { far: number; end: number } {
  return { far: Math.max(0, rows - view), end: Math.max(0, element - view) };
}

/** Where a leap of the scrollbar leads. */
export function offsetAt(top: number, extent: Extent): number {
  const { far, end } = spans(extent);
  if (far === end) return clamp(top, 0, far);
  if (top <= EXACT) return Math.max(0, top);
  if (top >= end - EXACT) return Math.min(far, far - (end - top));
  return EXACT + ((top - EXACT) * (far - 2 * EXACT)) / (end - 2 * EXACT);
}

/** Where the scrollbar stands for a place in the list: the other direction. */
export function topAt(offset: number, extent: Extent): number {
  const { far, end } = spans(extent);
  if (far === end) return clamp(offset, 0, end);
  if (offset <= EXACT) return Math.max(0, offset);
  if (offset >= far - EXACT) return Math.min(end, end - (far - offset));
  return EXACT + ((offset - EXACT) * (end - 2 * EXACT)) / (far - 2 * EXACT);
}

/** The new standing after the element was scrolled to `top`: a small step is taken as it is, a leap is scaled. */
export function follow(before: Standing, top: number, extent: Extent): Standing {
  const { far, end } = spans(extent);
  const step = top - before.top;
  const small = far !== end && Math.abs(step) < 2 * extent.view && top > 0 && top < end;
  return { top, offset: small ? clamp(before.offset + step, 0, far) : offsetAt(top, extent) };
}

/** The standing that shows `offset` at the top of the view. */
export function standAt(offset: number, extent: Extent): Standing {
  const at = clamp(offset, 0, spans(extent).far);
  return { offset: at, top: topAt(at, extent) };
}

/** The rows that are seen, with a few more above and below. */
export function visible(
  offset: number,
  view: number,
  count: number,
  height = ROW_HEIGHT,
  more = 4,
): { first: number; last: number } {
  const first = Math.floor(offset / height) - more;
  const last = Math.ceil((offset + view) / height) + more;
  return { first: clamp(first, 0, Math.max(0, count - 1)), last: clamp(last, 0, Math.max(0, count - 1)) };
}

/** How far to go so that a row stands so far below the top of the view, and is wholly seen there. */
export function offsetToHold(index: number, top: number, view: number, height = ROW_HEIGHT): number {
  return index * height - clamp(top, 0, Math.max(0, view - height));
}

/** How far to go so that a row is wholly seen; unchanged where it is already. */
export function offsetToShow(index: number, offset: number, view: number, height = ROW_HEIGHT): number {
  const top = index * height;
  if (top < offset) return top;
  if (top + height > offset + view) return top + height - view;
  return offset;
}
