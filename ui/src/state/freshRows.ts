// Keeps the list true while it stays where it is: when rows may have changed, the row at the top of the view is found
// again, the rows around it are fetched, and only then are rows, scroll and cursor changed, all at once.
import { useEffect, useRef } from "react";
import type { Listing, RowView } from "../ipc/backend";
import { onListingChanged } from "./pulse";
import { goingOn } from "./reading";
import { followRefiled } from "./refiled";
import { fetchRow, isBehind, keyOf, positionOf, prepareEdition, rowNow, useEdition } from "./rows";
import { chooseFor, useSelection } from "./selection";

export interface View {
  listing: Listing;
  first: number;
  last: number;
  /** The row at the top of the view, when the list was scrolled away from its beginning. */
  anchor: { index: number; key: string } | null;
  /** Moves the view by so many rows, without anyone seeing it. */
  shift: (rows: number) => void;
}

export function useFreshRows(view: View): void {
  const latest = useRef(view);
  useEffect(() => {
    latest.current = view;
  });
  useEffect(() => {
    // One refresh at a time; what changes in the meantime asks for one more, not for many.
    const state = { running: false, again: false, here: true };
    const run = async () => {
      state.again = true;
      if (state.running) return;
      state.running = true;
      while (state.again && state.here) {
        state.again = false;
        await refresh(latest.current, () => state.here).catch(() => undefined);
      }
      state.running = false;
    };
    const stop = onListingChanged(() => void run());
    // What no list was there to follow, or one that went before it had.
    if (isBehind()) void run();
    return () => {
      state.here = false;
      stop();
    };
  }, []);
}

async function refresh(view: View, here: () => boolean): Promise<void> {
  const { listing, anchor } = view;
  const place = anchor === null ? null : await positionOf(listing, anchor.key);
  const shift = anchor === null || place === null ? 0 : place - anchor.index;
  const cursor = useSelection.getState().cursor;
  const cursorAt = cursor?.key == null ? null : await positionOf(listing, cursor.key);
  const show = await prepareEdition(listing, view.first + shift, view.last + shift);
  if (!here()) return;
  const total = show();
  if (shift !== 0) view.shift(shift);
  followCursor(cursor?.key ?? null, cursorAt, total);
  renew();
  void followRefiled();
}

/**
 * The cursor goes where its conversation went. Where that is gone because the person sent it away, the one is chosen that
 * they want to go on with.
 */
function followCursor(key: string | null, at: number | null, total: number): void {
  const { cursor, goesOn } = useSelection.getState();
  // Whoever stepped on while it was asked stands where they stepped to.
  if (cursor === null || cursor.key !== key) return;
  if (at !== null) {
    useSelection.setState((state) => ({
      cursor: { ...cursor, index: at },
      anchor: state.anchor === cursor.index ? at : state.anchor,
    }));
    return;
  }
  if (!goesOn) return;
  useSelection.setState({ goesOn: false });
  const after = goingOn();
  const index = Math.max(0, Math.min(after === "previous" ? cursor.index - 1 : cursor.index, total - 1));
  if (after === "list" && total > 0) {
    useSelection.setState({ chosen: new Map(), cursor: { index, key: null }, anchor: null });
    return;
  }
  if (total === 0) {
    useSelection.setState({ chosen: new Map(), cursor: null, anchor: null });
    return;
  }
  const edition = useEdition.getState().number;
  const { choices } = useSelection.getState();
  void fetchRow(index).then((row) => {
    if (row === undefined || useEdition.getState().number < edition) return;
    // Whoever has chosen another one meanwhile goes on with that.
    if (useSelection.getState().choices === choices) chooseFor(row, index);
  });
}

/** The chosen rows as they are now, as far as they are loaded. */
function renew(): void {
  const { chosen, cursor } = useSelection.getState();
  if (chosen.size === 0 || cursor === null) return;
  const fresh = new Map<string, RowView>(chosen);
  let changed = false;
  for (let index = cursor.index - 60; index <= cursor.index + 60; index++) {
    const row = index < 0 ? undefined : rowNow(index);
    if (row !== undefined && fresh.has(keyOf(row))) {
      fresh.set(keyOf(row), row);
      changed = true;
    }
  }
  if (changed) useSelection.setState({ chosen: fresh });
}
