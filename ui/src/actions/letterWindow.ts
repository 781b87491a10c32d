// Letters in windows of their own: opened from the list, and what such a window does when it begins.
import { backend } from "../ipc";
import type { LetterView, LetterWindowView, RowView } from "../ipc/backend";
import { client } from "../state/client";
import { fromListOf, isLetterWindow } from "../state/letterWindow";
import { mailboxesQuery } from "../state/queries";
import { fetchRow, positionOf, prepareEdition } from "../state/rows";
import { choose, chosenRows, holding, useSelection } from "../state/selection";
import { toast, useToasts } from "../state/toasts";
import { handOutUndos } from "../state/undo";
import { rowOf } from "../state/loneRow";
import { listingNow, useWindow } from "../state/window";
import { say } from "../words";
import { attempt } from "./attempt";
import { allPerformed } from "./perform";

/** As many are opened at once. */
const AT_ONCE = 5;

export function openInWindow(rows: RowView[] = chosenRows()): Promise<void> {
  if (isLetterWindow()) return Promise.resolve();
  if (rows.length === 0 && useSelection.getState().wide !== null) {
    toast(say("windows-far-too-many", { n: AT_ONCE }));
    return Promise.resolve();
  }
  const { place, filter } = useWindow.getState();
  const list = JSON.stringify({ place, filter });
  const single = listingNow()?.grouping === "messages";
  if (rows.length > AT_ONCE) toast(say("windows-too-many", { n: AT_ONCE }));
  return attempt(async () => {
    for (const row of rows.slice(0, AT_ONCE))
      await backend().openLetter({ thread: row.thread, email: single ? row.email : null, list });
  });
}

/** A letter that is known from elsewhere than a list is shown by itself. */
export function openAlone({ thread, id }: LetterView): Promise<void> {
  return attempt(() => backend().openLetter({ thread, email: id, list: "" }));
}

/** Shows the letter, in its place among the others of its list where it still has one. */
export async function standIn({ thread, email, list }: LetterWindowView): Promise<void> {
  const from = fromListOf(list);
  // Which letters of it lie in Trash is known when it is drawn; asked with the rest, it is here before that.
  const folders = client.query(mailboxesQuery).catch(() => undefined);
  if (from !== null) {
    useWindow.setState({ place: from.place, filter: from.filter });
    const listing = listingNow();
    const index = listing === null ? null : await positionOf(listing, email ?? thread).catch(() => null);
    if (listing !== null && index !== null) {
      const { show } = await prepareEdition(listing, index, index);
      show();
      const row = await fetchRow(index);
      await folders;
      if (row !== undefined) return choose(row, index);
    }
  }
  await folders;
  const row = await rowOf(thread, email);
  if (row === null) return closeWindow();
  useSelection.setState({ ...holding([[email ?? thread, row]]), cursor: null, anchor: null });
}

/** What was done here and can be taken back is left to the main window, which shows the last of it in place of this one. */
export async function closeWindow(): Promise<void> {
  await allPerformed();
  const shown = useToasts.getState().toast?.text;
  for (const { undo, sentence } of handOutUndos())
    await attempt(() => backend().handOverUndo(undo, sentence, sentence !== null && sentence === shown));
  await attempt(() => backend().closeLetter());
}
