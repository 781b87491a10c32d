// Keeps the list true while it stays where it is: when rows may have changed, the row at the top of the view is found
// again, the rows around it are fetched, and only then are rows, scroll and cursor changed, all at once.
import { useEffect, useRef } from "react";
import type { Listing, RowView } from "../ipc/backend";
import { onListingChanged } from "./pulse";
import { renewWide } from "./meant";
import { goingOn } from "./reading";
import { followRefiled } from "./refiled";
import {
  fetchRow,
  isBehind,
  keyOf,
  nameOfListing,
  positionOf,
  prepareEdition,
  rowNow,
  rowsHere,
  useEdition,
  type Standing,
} from "./rows";
import { chooseFor, holding, keyAt, useSelection, type Cursor, type Selection } from "./selection";
import { isByMarks, successionOf, type Succession } from "./succession";
import { changed } from "./wide";

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
  const { listing } = view;
  const was = useSelection.getState();
  const stood = rowsHere(listing);
  const anchor = steadyAnchor(view, stood, was);
  const place = anchor === null ? null : await positionOf(listing, anchor.key);
  const shift = anchor === null || place === null ? 0 : place - anchor.index;
  const { rows, row, show } = await prepareEdition(listing, view.first + shift, view.last + shift);
  const places = new Map(rows.map(({ key, index }) => [key, index]));
  const find = async (key: string) => places.get(key) ?? (await positionOf(listing, key));
  const isElsewhere = (key: string) => haveMoved(was.chosen.get(key), row(places.get(key) ?? -1));
  const succession = await successionOf(listing, was, stood, find, isElsewhere);
  const { wide } = was;
  const isIn = wide !== null && wide.listing === nameOfListing(listing);
  const ends = isIn ? await changed(wide, stood, find) : undefined;
  if (!here()) return;
  const total = show();
  if (shift !== 0) view.shift(shift);
  if (succession !== null) follow(was, succession, total);
  if (wide !== null && ends !== undefined) void renewWide(wide, ends).catch(() => undefined);
  renew();
  void followRefiled();
}

/** Where marks sort the list, the row that is read may go far away: the view stays with those around it. */
function steadyAnchor(view: View, stood: readonly Standing[], { chosen }: Selection): View["anchor"] {
  const { anchor, last, listing } = view;
  if (anchor === null || !isByMarks(listing)) return anchor;
  const isSteady = ({ index, key }: Standing) => index >= anchor.index && index <= last && !chosen.has(key);
  return stood.find(isSteady) ?? anchor;
}

/** The cursor goes where its conversation went, or stands where that stood, or goes on from what was sent away. */
function follow(was: Selection, succession: NonNullable<Succession>, total: number): void {
  const { to, place } = succession;
  const { cursor, leaving } = useSelection.getState();
  // Whoever stepped on while it was asked stands where they stepped to.
  if (cursor === null || cursor.key !== was.cursor?.key || cursor.before !== was.cursor.before) return;
  if (to === "next") {
    if (leaving === was.leaving) goOn(place.index, succession.above ?? place.index - 1, total);
    return;
  }
  const index = Math.min(place.index, total);
  const now: Cursor = { index, key: place.key ?? keyAt(index) };
  if (to === "before") now.before = true;
  useSelection.setState((state) => ({
    cursor: now,
    anchor: to === "before" || state.anchor === cursor.index ? index : state.anchor,
  }));
}

/** Whether a row, as it is now, is shown by other folders than it was. */
function haveMoved(was: RowView | undefined, now: RowView | undefined): boolean {
  if (was === undefined || now === undefined) return false;
  const before = new Set(was.mailboxes);
  return now.mailboxes.length !== before.size || now.mailboxes.some((mailbox) => !before.has(mailbox));
}

/** What was sent away is gone from this place: the one is chosen that the person wants to go on with. */
function goOn(place: number, above: number, total: number): void {
  useSelection.setState({ leaving: null });
  const after = goingOn();
  const index = Math.max(0, Math.min(after === "previous" ? above : place, total - 1));
  if (after === "list" && total > 0) {
    useSelection.setState({ ...holding([]), cursor: { index, key: keyAt(index) }, anchor: null });
    return;
  }
  if (total === 0) {
    useSelection.setState({ ...holding([]), cursor: null, anchor: null });
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
