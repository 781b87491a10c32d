// Deleting one letter of the conversation that is open. Who sees it elsewhere than in Trash has it moved there, and by no press
// of theirs does it go for good: that is said of a letter that is seen in Trash.
import type { LetterView, RowView } from "../ipc/backend";
import { isAsideNow, standingNow } from "../state/aside";
import { client } from "../state/client";
import { copiesOf } from "../state/copies";
import { renewUnlisted } from "../state/loneRow";
import { keys } from "../state/queries";
import { keyOf } from "../state/rows";
import { beginDeleting, endDeleting, notDeleted } from "../state/seen";
import { keepChosen, letGo, openRow, putAwayLost, useSelection } from "../state/selection";
import { say } from "../words";
import { wasPerformed } from "./perform";

/** Letters that are on their way to Trash, until it is seen that they are there. */
const leaving = new Set<string>();

/** To Trash, from wherever it is seen. Pressed once more it is on its way already. */
export async function removeLetter(letter: LetterView): Promise<void> {
  if (leaving.has(letter.id)) return;
  // What stands in Sent as well would be there in its place.
  const emails = [letter, ...copiesNow(letter)].map(({ id }) => id);
  const row = rowWithout(emails);
  // The list shows it as it was for a moment yet, where it would be deleted once more with its conversation.
  beginDeleting(emails);
  leaving.add(letter.id);
  const leavesList = row === null ? null : letGo([keyOf(row)]);
  try {
    // Moved, and not deleted: what another window or device has put in Trash meanwhile stays there.
    const action = { kind: "moveToRole", emails, role: "trash" } as const;
    if (!(await wasPerformed(action, say("done-deleted-letter")))) {
      keepChosen(leavesList);
      return notDeleted(emails);
    }
    endDeleting(emails);
    if (row !== null) await putAwayLost([row]);
    else await renewUnlisted();
    await client.invalidateQueries({ queryKey: keys.conversation(letter.thread) });
  } finally {
    leaving.delete(letter.id);
  }
}

/** A letter that is seen in Trash is deleted for good. */
export async function removeForGood(letter: LetterView): Promise<void> {
  const emails = [letter.id];
  const row = rowWithout(emails);
  const leavesList = row === null ? null : letGo([keyOf(row)]);
  const done = await wasPerformed({ kind: "delete", emails }, say("done-deleted-for-good"));
  if (!done) keepChosen(leavesList);
  else if (row !== null) await putAwayLost([row]);
}

/** The other letters that are the same one, as far as is known, without those that were put aside already. */
export function copiesNow(letter: LetterView): LetterView[] {
  const letters = client.getQueryData<LetterView[]>(keys.conversation(letter.thread)) ?? [];
  return copiesOf(letters, letter).filter((copy) => !isAsideNow(copy));
}

/** The row of what is open, if its list has no other letter of it than these: it leaves with them. */
function rowWithout(emails: readonly string[]): RowView | null {
  const row = openRow(useSelection.getState());
  if (row === null) return null;
  const letters = client.getQueryData<LetterView[]>(keys.conversation(row.thread)) ?? [];
  // A row is as it was last seen: what has gone to Trash since then does not keep it in its list.
  const among = new Set(standingNow(letters, row).map(({ id }) => id));
  return row.emails.some((id) => !emails.includes(id) && among.has(id)) ? null : row;
}
