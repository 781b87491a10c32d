// What is about to be read is asked for when it is chosen, and not when it is drawn: the conversation and the letter come at the
// same time, while the window still draws what was pressed. Whoever draws them finds them on their way, or here.
import type { LetterView, RowView } from "../ipc/backend";
import { client } from "./client";
import { lookOf } from "./letterLook";
import { bodyQuery, conversationQuery } from "./queries";
import { openLetter, openRow, useSelection } from "./selection";
import { useTheme } from "./theme";

/** Of an unread conversation so many letters at most are asked for at once; the others come as they are drawn. */
const MOST = 5;

/** Follows what is chosen, until the answer is called. */
export function askAhead(): () => void {
  return useSelection.subscribe((state, before) => {
    const row = openRow(state);
    const known = openRow(before);
    const only = openLetter(state);
    if (row !== null && (row.thread !== known?.thread || only !== openLetter(before))) ask(row, only);
  });
}

function ask(row: RowView, only: string | null): void {
  // Of an answered conversation the newest letter is mostly one's own, which no row here has.
  if (only !== null || !row.answered) askForBody(row.email);
  void client
    .query(conversationQuery(row.thread))
    .then((letters) => openedOf(letters, only).forEach(askForBody))
    .catch(() => undefined);
}

/** What is open when a conversation is opened, the newest first. */
function openedOf(letters: readonly LetterView[], only: string | null): string[] {
  if (only !== null) return [only];
  const newest = letters.at(-1);
  const unread = letters.filter((letter) => letter.unread).map((letter) => letter.id);
  return [...new Set([...(newest === undefined ? [] : [newest.id]), ...unread.reverse()])].slice(0, MOST);
}

/** As it will be looked at. A failure is told by whoever draws the letter, who asks again. */
function askForBody(email: string): void {
  const { plain, original, charset } = lookOf(email);
  const look = { dark: useTheme.getState().dark && !original, remoteImages: false, plain, charset };
  void client.query(bodyQuery(email, look)).catch(() => undefined);
}
