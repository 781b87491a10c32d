// The one way to an operation: do it, say what was done, offer the way back.
import type { ActionView, HandedUndo, ListedView, PerformedListedView, PerformedView } from "../ipc/backend";
import { backend } from "../ipc";
import { hurry } from "../state/pace";
import { chooseAgain } from "../state/rearranged";
import { beginMarking, endMarking, notMarked, unmarked, type Marking } from "../state/markedSince";
import { notDeleted, notDeletedListed } from "../state/seen";
import { settle } from "../state/settling";
import { toast } from "../state/toasts";
import { keepUndo, newestUndo, takeUndo, type Done } from "../state/undo";
import { showUnderWay } from "../state/underWay";
import { say } from "../words";
import { count } from "../words/times";
import { attempt, attempted, sentenceOf } from "./attempt";

/** `sentence` is shown with Undo; without one the operation is quiet (and still undoable with Ctrl+Z where `kept`). */
export function perform(action: ActionView, sentence: string | null, kept = true): Promise<void> {
  return attempt(() => performed(action, sentence, kept));
}

/** The same, and says whether it was done. */
export function wasPerformed(action: ActionView, sentence: string): Promise<boolean> {
  return attempted(() => performed(action, sentence, true));
}

/** The same for a question that stays open while its answer is refused: gives the sentence of the refusal, or null. */
export async function performOrRefusal(action: ActionView, sentence: string): Promise<string | null> {
  try {
    await performed(action, sentence, true);
    return null;
  } catch (refusal) {
    return sentenceOf(refusal);
  }
}

/** Something that is done to rows of a list. */
export interface ListedDeed {
  listed: ListedView;
  /** It names no letters. */
  action: ActionView;
  /** How many rows, in words. */
  rows: string;
  /** What is said when it is done; null where that is plain to see. */
  sentence: (came: PerformedListedView) => string | null;
}

/** Does it, and says whether any of it was done. */
export function wasListed(deed: ListedDeed): Promise<boolean> {
  return attempted(() => {
    const mine = doListed(deed).finally(() => underWay.delete(mine));
    underWay.add(mine);
    return mine;
  });
}

/** How many of these are under way. */
let listedUnderWay = 0;

async function doListed({ listed, action, rows, sentence }: ListedDeed): Promise<void> {
  const stop = () => void backend().stopListed();
  const ended = showUnderWay(say("under-way", { rows }), stop);
  listedUnderWay += 1;
  const came = await backend()
    .performListed(listed, action)
    .finally(() => {
      listedUnderWay -= 1;
      ended();
      hurry();
    });
  const { undo, affected, left, failure } = came;
  const said =
    left === 0 ? sentence(came) : say("done-in-part", { n: affected, done: count(affected), left });
  if (undo !== null) keepUndo({ undo, sentence: said });
  if (undo !== null && action.kind === "delete") listedDeletions.add(undo);
  if (failure !== null) toast(failure.sentence, { tone: "failed", lasts: 12_000 });
  else if (said !== null && undo !== null) offerUndo({ undo, sentence: said }, true);
  else if (said !== null) toast(said);
}

/** What is being done. A window waits for it before it closes. */
const underWay = new Set<Promise<void>>();

function performed(action: ActionView, sentence: string | null, kept: boolean): Promise<void> {
  const deed = doIt(action, sentence, kept).finally(() => underWay.delete(deed));
  underWay.add(deed);
  return deed;
}

/** Everything that was begun has an end. */
export async function allPerformed(): Promise<void> {
  await Promise.allSettled(underWay);
}

/** Which letters a deletion that can be taken back has sent away. */
const deletions = new Map<string, string[]>();

/** Those of letters that nobody has named. */
const listedDeletions = new Set<string>();

/** The presses that marked what can be taken back. */
const markings = new Map<string, number>();

async function doIt(action: ActionView, sentence: string | null, kept: boolean): Promise<void> {
  const { undo } = await answered(action).finally(hurry);
  if (undo !== null && isDeletion(action)) deletions.set(undo, action.emails);
  if (undo !== null && kept) keepUndo({ undo, sentence });
  if (sentence === null) return;
  if (undo === null) toast(sentence);
  else offerUndo({ undo, sentence }, kept);
}

/** Until the answer is here, and for rows that were asked for before it, the letters are marked. */
async function answered(action: ActionView): Promise<PerformedView> {
  if (!isMarking(action)) return backend().perform(action);
  const press = beginMarking(action);
  try {
    const performed = await backend().perform(action);
    endMarking(press);
    if (performed.undo !== null) markings.set(performed.undo, press);
    return performed;
  } catch (refusal) {
    notMarked(press);
    throw refusal;
  }
}

function isMarking(action: ActionView): action is Marking {
  return action.kind === "setKeywords";
}

type Deletion = Extract<ActionView, { kind: "delete" | "moveToRole" }>;

function isDeletion(action: ActionView): action is Deletion {
  return action.kind === "delete" || (action.kind === "moveToRole" && action.role === "trash");
}

function offerUndo({ undo, sentence }: { undo: string; sentence: string }, kept: boolean): void {
  toast(sentence, {
    action: {
      label: say("undo"),
      // Ctrl+Z takes back what was kept, and nothing else.
      ...(kept ? { shortcut: "Ctrl Z" } : {}),
      run: () => void takeBack({ undo, sentence }),
    },
  });
}

/** What was done in a letter's own window that has closed is taken back here. */
export function takeOver({ undo, sentence, shown }: HandedUndo): void {
  keepUndo({ undo, sentence });
  if (shown && sentence !== null) offerUndo({ undo, sentence }, true);
}

function takeBack(done: Done): Promise<void> {
  return settle(() => takenBack(done));
}

function takenBack({ undo, sentence }: Done): Promise<void> {
  return attempt(async () => {
    takeUndo(undo);
    const ended = showUnderWay(say("undo-under-way"), null);
    await backend()
      .undo(undo)
      .finally(() => {
        ended();
        hurry();
      });
    if (listedDeletions.delete(undo)) notDeletedListed();
    notDeleted(deletions.get(undo) ?? []);
    deletions.delete(undo);
    const press = markings.get(undo);
    if (press !== undefined) unmarked(press);
    markings.delete(undo);
    toast(sentence === null ? say("undone") : say("undone-what", { sentence }), { lasts: 3000 });
    await chooseAgain();
  });
}

/** Ctrl+Z. What was begun before is done first, since that is what is meant. */
export function undoNewest(): Promise<void> {
  return settle(async () => {
    // What is done to very many is not waited for to its end.
    if (listedUnderWay > 0) await backend().stopListed();
    await allPerformed();
    const done = newestUndo();
    if (done === null) toast(say("nothing-to-undo"), { lasts: 3000 });
    else await takenBack(done);
  });
}
