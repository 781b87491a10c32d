// To the next conversation with something unread: below where the cursor is, else the first of the list.
import { backend } from "../ipc";
import type { RowView } from "../ipc/backend";
import { fetchRange, positionOf, keyOf, totalHere, totalNow } from "../state/rows";
import { choose, useSelection } from "../state/selection";
import { toast } from "../state/toasts";
import { listingNow } from "../state/window";
import { say } from "../words";
import { attempt } from "./attempt";
import { hooks } from "./commands";

/** Rows below the cursor that are looked at. */
const LOOKED_AT = 1_000;

const isOpen = (row: RowView, chosen: ReadonlyMap<string, RowView>) =>
  chosen.size === 1 && chosen.has(keyOf(row));

export function nextUnread(): Promise<void> {
  return attempt(async () => {
    // In its own window a letter may stand that its list does not have, and then nobody has asked for the list.
    const total = totalNow() ?? (await totalHere());
    const listing = listingNow();
    if (listing === null || total === null) return;
    const { cursor, chosen, choices } = useSelection.getState();
    // What the cursor stands before is the next one.
    const first = cursor === null ? 0 : cursor.index + (cursor.before === true ? 0 : 1);
    const last = Math.min(total, first + LOOKED_AT) - 1;
    const below = last < first ? [] : await fetchRange(first, last);
    const at = below.findIndex((row) => row.unread);
    let row = below[at];
    let index: number | null = first + at;
    if (row === undefined) {
      const unread = await backend().page({ ...listing, filter: { ...listing.filter, unread: true } }, 0, 3);
      // The one that is open may be unread still.
      row = unread.rows.find((each) => keyOf(each) !== cursor?.key && !isOpen(each, chosen));
      index = row === undefined ? null : await positionOf(listing, keyOf(row));
    }
    // Who chose something else meanwhile is not led away from it.
    if (useSelection.getState().choices !== choices) return;
    if (row === undefined || index === null) {
      toast(say("unread-none"));
      return;
    }
    choose(row, index);
    hooks.followList();
  });
}
