// Where rows stand in a list that is higher than a browser can draw.
import { describe, expect, it } from "vitest";
import {
  extentOf,
  follow,
  MAX_HEIGHT,
  offsetAt,
  offsetToShow,
  ROW_HEIGHT,
  standAt,
  topAt,
  visible,
} from "../../src/state/geometry";

const VIEW = 800;

describe("a list that fits", () => {
  const extent = extentOf(1000, VIEW);
  it("has the scrollbar stand for itself", () => {
    expect(extent.element).toBe(1000 * ROW_HEIGHT);
    expect(offsetAt(12_345, extent)).toBe(12_345);
    expect(topAt(12_345, extent)).toBe(12_345);
    expect(follow({ offset: 0, top: 0 }, 500, extent)).toEqual({ offset: 500, top: 500 });
  });
  it("cannot be scrolled beyond its ends", () => {
    expect(standAt(-50, extent).offset).toBe(0);
    expect(standAt(1e9, extent).offset).toBeCloseTo(1000 * ROW_HEIGHT - VIEW);
  });
});

describe("a list of a million rows", () => {
  const extent = extentOf(1_000_000, VIEW);
  const end = extent.element - VIEW;
  const far = extent.rows - VIEW;
  it("is drawn no higher than a browser can", () => {
    expect(extent.element).toBe(MAX_HEIGHT);
    expect(extent.rows).toBeGreaterThan(70_000_000);
  });
  it("begins at the beginning and ends at the end", () => {
    expect(offsetAt(0, extent)).toBe(0);
    expect(offsetAt(end, extent)).toBeCloseTo(far);
  });
  it("goes the same way back, everywhere", () => {
    for (let step = 0; step <= 100; step++) {
      const offset = (far * step) / 100;
      expect(offsetAt(topAt(offset, extent), extent)).toBeCloseTo(offset, 1);
    }
  });
  it("never goes backwards when the scrollbar goes on", () => {
    let before = -1;
    for (let top = 0; top <= end; top += end / 1000) {
      const offset = offsetAt(top, extent);
      expect(offset).toBeGreaterThan(before);
      before = offset;
    }
  });
  it("takes a small step as it is, in the middle too, and scales a leap", () => {
    const middle = standAt(far / 2, extent);
    expect(follow(middle, middle.top + 100, extent).offset).toBeCloseTo(middle.offset + 100);
    const leap = follow(middle, middle.top + 1_000_000, extent);
    expect(leap.offset - middle.offset).toBeGreaterThan(2_000_000);
  });
  it("reaches the very end even by small steps", () => {
    const near = standAt(far - 300, extent);
    expect(follow(near, end, extent).offset).toBeCloseTo(far);
  });
});

describe("what is seen", () => {
  it("is a window of rows with some more on both sides, within the list", () => {
    expect(visible(0, VIEW, 1000)).toEqual({ first: 0, last: 15 });
    expect(visible(100 * ROW_HEIGHT, VIEW, 1000)).toEqual({ first: 96, last: 115 });
    expect(visible(0, VIEW, 3)).toEqual({ first: 0, last: 2 });
    expect(visible(0, VIEW, 0)).toEqual({ first: 0, last: 0 });
  });
  it("moves only as far as it must to show a row", () => {
    expect(offsetToShow(5, 0, VIEW)).toBe(0);
    expect(offsetToShow(50, 0, VIEW)).toBeCloseTo(51 * ROW_HEIGHT - VIEW);
    expect(offsetToShow(2, 1000, VIEW)).toBeCloseTo(2 * ROW_HEIGHT);
  });
});
