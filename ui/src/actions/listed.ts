// What is done to a choice that names its list (state/wide.ts). It may take a while, so it is shown as under way; who stops it, or
// takes it back before it is over, has the part that was done undone like any other thing.
import { backend } from "../ipc";
import type { ActionView } from "../ipc/backend";
import { chooseWide, sizeOfMeant } from "../state/meant";
import { listingChanged } from "../state/pulse";
import { rowsSaid } from "../state/rowsSaid";
import { endDeletingListed } from "../state/seen";
import { putAwayFor, useSelection } from "../state/selection";
import { listedView, type Wide } from "../state/wide";
import { say } from "../words";
import { attempt } from "./attempt";
import { wasListed, type ListedDeed } from "./perform";

/** What is done, by the name of its words: one sentence while it is being done, one when it is. */
export type DeedName = "moved" | "copied" | "deleted-rows-for-good" | Mark;
type Mark = "read" | "unread" | "starred" | "unstarred";

/** The words of a deed. `folder`: where letters go. */
export function wordsOf(deed: DeedName, folder = ""): Pick<ListedDeed, "doing" | "done" | "none"> {
  return {
    doing: (rows) => say(`doing-${deed}`, { rows, folder }),
    done: (rows) => say(`done-${deed}`, { rows, folder }),
    none: say("done-nothing"),
  };
}

/** The rows leave the list, so nothing of it is chosen any more, unless it was not done. */
export async function sendListedAway(
  wide: Wide,
  action: ActionView,
  deed: DeedName,
  folder = "",
): Promise<void> {
  const n = sizeOfMeant(wide);
  const rows = rowsSaid(n);
  putAwayFor();
  const { choices } = useSelection.getState();
  const isDeletion = action.kind === "delete";
  const words = wordsOf(deed, folder);
  const none = isDeletion ? say("done-in-trash-already", { n }) : words.none;
  const done = await wasListed({ listed: listedView(wide), action, rows, ...words, none });
  // The letters of rows that are shown still may be in Trash by now.
  if (done && isDeletion) {
    endDeletingListed();
    listingChanged();
  }
  if (!done && useSelection.getState().choices === choices) chooseWide(wide);
}

/** The rows stay where they are and are chosen as before. */
export async function copyListed(wide: Wide, to: string, folder: string): Promise<void> {
  const rows = rowsSaid(sizeOfMeant(wide));
  const action: ActionView = { kind: "copy", emails: [], to };
  await wasListed({ listed: listedView(wide), action, rows, ...wordsOf("copied", folder) });
}

/** A star for the newest letter of each row, or none for any where all have one. */
export function starListed(wide: Wide): Promise<void> {
  return attempt(async () => {
    const { starred } = await backend().listedMarks(listedView(wide));
    await mark(wide, starred ? "unstarred" : "starred");
  });
}

/** All are read; where they are, the newest letter of each becomes unread. */
export function readListed(wide: Wide): Promise<void> {
  return attempt(async () => {
    const { unread } = await backend().listedMarks(listedView(wide));
    await mark(wide, unread ? "read" : "unread");
  });
}

export function unreadListed(wide: Wide): Promise<void> {
  return mark(wide, "unread");
}

const KEYWORDS: Record<Mark, { keyword: string; on: boolean; newest: boolean }> = {
  read: { keyword: "$seen", on: true, newest: false },
  unread: { keyword: "$seen", on: false, newest: true },
  starred: { keyword: "$flagged", on: true, newest: true },
  unstarred: { keyword: "$flagged", on: false, newest: false },
};

/** Very many marks are not seen at once, so it is said. */
async function mark(wide: Wide, as: Mark): Promise<void> {
  const rows = rowsSaid(sizeOfMeant(wide));
  const { keyword, on, newest } = KEYWORDS[as];
  const [add, remove] = on ? [[keyword], []] : [[], [keyword]];
  const action: ActionView = { kind: "setKeywords", emails: [], add, remove };
  await wasListed({ listed: listedView(wide, newest), action, rows, ...wordsOf(as) });
}
