// What is done to a choice that names its list (state/wide.ts). It may take a while, so it is shown as under way; who stops it, or
// takes it back before it is over, has the part that was done undone like any other thing.
import { backend } from "../ipc";
import type { ActionView, PerformedListedView } from "../ipc/backend";
import { chooseWide, sizeOfMeant } from "../state/meant";
import { listingChanged } from "../state/pulse";
import { rowsSaid } from "../state/rowsSaid";
import { endDeletingListed } from "../state/seen";
import { putAwayFor, useSelection } from "../state/selection";
import { listedView, type Wide } from "../state/wide";
import { say } from "../words";
import { count } from "../words/times";
import { attempt } from "./attempt";
import { wasListed } from "./perform";

/** The rows leave the list, so nothing of it is chosen any more, unless it was not done. */
export async function sendListedAway(wide: Wide, action: ActionView, sentence: string): Promise<void> {
  const rows = rowsSaid(sizeOfMeant(wide));
  putAwayFor();
  const { choices } = useSelection.getState();
  const isDeletion = action.kind === "delete";
  const told = ({ affected, left }: PerformedListedView) =>
    isDeletion && affected === 0 && left === 0 ? say("done-in-trash-already") : sentence;
  const done = await wasListed({ listed: listedView(wide), action, rows, sentence: told });
  // The letters of rows that are shown still may be in Trash by now.
  if (done && isDeletion) {
    endDeletingListed();
    listingChanged();
  }
  if (!done && useSelection.getState().choices === choices) chooseWide(wide);
}

/** The rows stay where they are and are chosen as before. */
export async function doToListed(wide: Wide, action: ActionView, sentence: string | null): Promise<void> {
  const rows = rowsSaid(sizeOfMeant(wide));
  await wasListed({ listed: listedView(wide), action, rows, sentence: () => sentence });
}

/** A star for the newest letter of each row, or none for any where all have one. */
export function starListed(wide: Wide): Promise<void> {
  return attempt(async () => {
    const { starred } = await backend().listedMarks(listedView(wide));
    await mark(wide, "$flagged", !starred, !starred);
  });
}

/** All are read; where they are, the newest letter of each becomes unread. */
export function readListed(wide: Wide): Promise<void> {
  return attempt(async () => {
    const { unread } = await backend().listedMarks(listedView(wide));
    await mark(wide, "$seen", unread, !unread);
  });
}

export function unreadListed(wide: Wide): Promise<void> {
  return mark(wide, "$seen", false, true);
}

async function mark(wide: Wide, keyword: string, on: boolean, newest: boolean): Promise<void> {
  const rows = rowsSaid(sizeOfMeant(wide));
  const [add, remove] = on ? [[keyword], []] : [[], [keyword]];
  const action: ActionView = { kind: "setKeywords", emails: [], add, remove };
  await wasListed({ listed: listedView(wide, newest), action, rows, sentence: marked });
}

/** Very many marks are not seen at once, so it is said. */
function marked({ affected }: PerformedListedView): string {
  return say("done-marked", { n: affected, count: count(affected) });
}
