// The scroll of the list: what is in view, in rows, while the box itself may be lower than all rows together.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import {
  extentOf,
  follow,
  offsetToHold,
  offsetToShow,
  standAt,
  topAt,
  type Standing,
} from "../../../state/geometry";

/** After so long without a movement the scrollbar is put where the rows really are. */
const REST = 160;
/** How high the last list was, in pixels: the next is as high in most cases, and is drawn once then. */
let lastView = 800;

export function useScroll(box: React.RefObject<HTMLDivElement | null>, count: number, rowHeight: number) {
  const [view, setView] = useState(lastView);
  const [standing, setStanding] = useState<Standing>({ offset: 0, top: 0 });
  const latest = useRef(standing);
  const extent = useRef(extentOf(count, view, rowHeight));
  /** A row that is to be seen as soon as it is known how long the list is. */
  const awaited = useRef<{ index: number; top: number | null } | null>(null);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { element } = extentOf(count, view, rowHeight);
  const empty = count === 0;

  const stand = useCallback((next: Standing) => {
    latest.current = next;
    setStanding(next);
  }, []);
  useLayoutEffect(() => {
    extent.current = extentOf(count, view, rowHeight);
  }, [count, view, rowHeight]);
  useLayoutEffect(() => {
    const at = box.current;
    if (at === null) return;
    const measure = () => {
      lastView = at.clientHeight || lastView;
      // A row that is to be seen at once is shown in the box as it is, and not as the last one was.
      extent.current = { ...extent.current, view: lastView };
      setView(lastView);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(at);
    return () => observer.disconnect();
    // The box is not there while the list is empty.
  }, [box, empty]);
  useEffect(() => () => clearTimeout(rest.current), []);
  // What was decided here is put into the page after the rows are drawn, in the same frame.
  useLayoutEffect(() => {
    const at = box.current;
    if (at !== null && Math.abs(at.scrollTop - standing.top) > 1) at.scrollTop = standing.top;
  }, [box, standing]);

  const onScroll = useCallback(() => {
    const top = box.current?.scrollTop ?? 0;
    if (Math.abs(top - latest.current.top) < 0.5) return;
    // The event comes in the frame that shows the new place: its rows are drawn in that frame, and those that are not here are
    // asked for in it, and not in the next one.
    flushSync(() => stand(follow(latest.current, top, extent.current)));
    clearTimeout(rest.current);
    rest.current = setTimeout(() => {
      const { offset, top: now } = latest.current;
      if (Math.abs(topAt(offset, extent.current) - now) > 1) stand(standAt(offset, extent.current));
    }, REST);
  }, [box, stand]);

  const shift = useCallback(
    (rows: number) => {
      // The count may have grown in this very change; the bounds are kept by the browser.
      const { offset } = latest.current;
      const { rows: all, view: seen } = extent.current;
      const grown = extentOf(Math.max(all, offset + rows * rowHeight + seen) / rowHeight, seen, rowHeight);
      stand(standAt(offset + rows * rowHeight, grown));
    },
    [stand, rowHeight],
  );

  const reveal = useCallback(
    (index: number, top: number | null = null) => {
      awaited.current = extent.current.rows === 0 ? { index, top } : null;
      const { offset } = latest.current;
      const { view } = extent.current;
      const wanted =
        top === null
          ? offsetToShow(index, offset, view, rowHeight)
          : offsetToHold(index, top, view, rowHeight);
      if (wanted !== offset) stand(standAt(wanted, extent.current));
    },
    [stand, rowHeight],
  );
  useLayoutEffect(() => {
    if (!empty && awaited.current !== null) reveal(awaited.current.index, awaited.current.top);
  }, [empty, reveal]);
  /** Puts a row at the top, as far as the list is long enough. */
  const showFirst = useCallback(
    (index: number) => stand(standAt(index * rowHeight, extent.current)),
    [stand, rowHeight],
  );
  /** How far below the top of the view a row stands; null where nothing of it is seen. */
  const topOf = useCallback(
    (index: number) => {
      const top = index * rowHeight - latest.current.offset;
      return top > -rowHeight && top < extent.current.view ? top : null;
    },
    [rowHeight],
  );
  return { standing, height: element, view, onScroll, shift, reveal, showFirst, topOf };
}
