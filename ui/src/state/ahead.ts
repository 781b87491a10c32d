// What is about to be seen is asked for when it is chosen, and not when it is drawn: the conversation and the letter come at the
// same time, and the rows of a list, while the window still draws what was pressed. Whoever draws them finds them on their way,
// or here. While one letter is read, those on either side of it are made ready, if they are on this computer; they stay letters that
// nobody has opened.
import type { LetterView, RowView } from "../ipc/backend";
import { standingNow } from "./aside";
import { client } from "./client";
import { lookViewOf } from "./letterLook";
import { isLetterWindow } from "./letterWindow";
import { useLooks } from "./looks";
import { bodyQuery, makeReady } from "./bodies";
import { conversationQuery } from "./queries";
import { askForFirstRows, nameOfListing, rowNow } from "./rows";
import { openLetter, openRow, useSelection } from "./selection";
import { openAtFirst } from "./unfolded";
import { listingNow, useWindow } from "./window";

/** Whoever stays on a row for so long is reading, and not on the way through the list with a key held down. In milliseconds. */
export const READING = 200;

/** Follows what is chosen and where the person goes, until the answer is called. */
export function askAhead(): () => void {
  let listed = listedNow();
  let reading: ReturnType<typeof setTimeout> | undefined;
  const goes = () => {
    // It has a list, and draws none.
    if (isLetterWindow()) return;
    const before = listed;
    listed = listedNow();
    if (listed !== "" && listed !== before) askForFirstRows();
  };
  const ends = [
    useSelection.subscribe((state, before) => {
      const row = openRow(state);
      const known = openRow(before);
      const only = openLetter(state);
      if (row !== null && (row.thread !== known?.thread || only !== openLetter(before)))
        void askFor(row, only);
      if (state.cursor === before.cursor) return;
      clearTimeout(reading);
      // A letter's own window may ask for its letters alone.
      if (row !== null && !isLetterWindow()) reading = setTimeout(() => void makeReadyBeside(), READING);
    }),
    useWindow.subscribe(goes),
    useLooks.subscribe(goes),
    () => clearTimeout(reading),
  ];
  return () => ends.forEach((end) => end());
}

function listedNow(): string {
  const listing = listingNow();
  return listing === null ? "" : nameOfListing(listing);
}

/** Asks for what is drawn at once when this is opened; kept when that is here, or comes to nothing. What is here is not asked again. */
export function askFor(row: RowView, only: string | null): Promise<unknown> {
  // Of an answered conversation the newest letter is mostly one's own, which no row here has.
  const first = only === null && row.answered ? [] : [askForBody(row.email)];
  const drawn = client
    .query(conversationQuery(row.thread))
    .then((letters) => Promise.all(drawnOf(standingNow(letters, row), only).map(askForBody)))
    .catch(() => undefined);
  return Promise.all([...first, drawn]);
}

/** Makes ready what a step down or up would open, one after the other, until the person has made one. */
async function makeReadyBeside(): Promise<void> {
  const { cursor } = useSelection.getState();
  if (cursor === null) return;
  const below = cursor.before === true ? cursor.index : cursor.index + 1;
  for (const index of [below, cursor.index - 1]) {
    const row = rowNow(index);
    if (row === undefined) continue;
    const letters = await client.query(conversationQuery(row.thread)).catch(() => []);
    for (const email of drawnOf(standingNow(letters, row), onlyLetterOf(row))) {
      if (useSelection.getState().cursor !== cursor) return;
      await makeReady(email, lookAt(email));
    }
  }
}

/** The one letter that a row opens, where each letter has a row of its own. */
function onlyLetterOf(row: RowView): string | null {
  return listingNow()?.grouping === "messages" ? row.email : null;
}

/**
 * A press has begun on a row, and ends in about a tenth of a second: what it opens then is here by that time, and is drawn together
 * with the row that is chosen.
 */
export function askForPressed(row: RowView): void {
  void askFor(row, onlyLetterOf(row));
}

/** Whether all is here that is drawn at once when this is opened. */
export function isHere(thread: string, only: string | null): boolean {
  const letters = client.getQueryData<LetterView[]>(conversationQuery(thread).queryKey);
  if (letters === undefined) return false;
  const row = openRow(useSelection.getState());
  return drawnOf(standingNow(letters, row), only).every((email) => {
    const { queryKey } = bodyQuery(email, lookAt(email));
    // What came to nothing says so where it is drawn.
    return (client.getQueryState(queryKey)?.status ?? "pending") !== "pending";
  });
}

/** What is drawn at once when a conversation is opened: its newest letter, and the first that is open. */
function drawnOf(letters: readonly LetterView[], only: string | null): string[] {
  if (only !== null) return [only];
  const open = openAtFirst(letters);
  const [first, newest] = [letters.find(({ id }) => open.has(id)), letters.at(-1)];
  return [...new Set([newest, first].flatMap((letter) => letter?.id ?? []))];
}

/** A failure is told by whoever draws the letter, who asks again. */
function askForBody(email: string): Promise<unknown> {
  return client.query(bodyQuery(email, lookAt(email))).catch(() => undefined);
}

/** As it will be looked at, but for pictures that are shown for once. */
function lookAt(email: string) {
  return { ...lookViewOf(email), remoteImages: false };
}
