// The one way to an operation: do it, say what was done, offer the way back.
import type { ActionView, HandedUndo, ListedView, PerformedListedView, PerformedView } from "../ipc/backend";
import { backend } from "../ipc";
import { hurry } from "../state/pace";
import { chooseAgain } from "../state/rearranged";
import { beginMarking, endMarking, notMarked, unmarked, type Marking } from "../state/markedSince";
import { notDeleted, notDeletedListed } from "../state/seen";
import { settle } from "../state/settling";
import { toast, useToasts } from "../state/toasts";
import { newId } from "../state/groups";
import { beginDeed, keepUndo, newestDeed, newestUndo, takeUndo, type Done } from "../state/undo";
import { showUnderWay } from "../state/underWay";
import { say } from "../words";
import { attempt, attempted, isTrouble, sentenceOf } from "./attempt";

/** How an operation is told of. */
interface Told {
  /** What was done, in words; null where nobody would want to take it back. */
  sentence: string | null;
  /** Whether it is said when it is done, or only when it is taken back, since it is plain to see. */
  said: boolean;
}

/** `sentence` is shown with Undo. */
export function perform(action: ActionView, sentence: string): Promise<void> {
  return attempt(() => performed(action, { sentence, said: true }));
}

/** What is plain to see is done without a word; `sentence` says what it was when it is taken back. */
export function performQuietly(action: ActionView, sentence: string): Promise<void> {
  return attempt(() => performed(action, { sentence, said: false }));
}

/** What nobody wants to undo: Ctrl+Z leaves it alone. */
export function performUnnoticed(action: ActionView): Promise<void> {
  return attempt(() => performed(action, { sentence: null, said: false }));
}

/** As `perform`, and says whether it was done. */
export function wasPerformed(action: ActionView, sentence: string): Promise<boolean> {
  return attempted(() => performed(action, { sentence, said: true }));
}

/** The same for a question that stays open while its answer is refused: gives the sentence of the refusal, or null. */
export async function performOrRefusal(action: ActionView, sentence: string): Promise<string | null> {
  try {
    await performed(action, { sentence, said: true });
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
  /** What is being done with so many rows or letters, in words. */
  doing: (what: string) => string;
  /** What was done with so many letters. */
  done: (letters: string) => string;
  /** What is said where nothing was to be done; null: nothing is. */
  none: string | null;
}

/** Does it, and says whether any of it was done. */
export function wasListed(deed: ListedDeed): Promise<boolean> {
  return attempted(async () => {
    const run: Run = { name: newId(), deed: beginDeed(), over: Promise.resolve() };
    run.over = doListed(deed, run).finally(() => runs.delete(run));
    runs.add(run);
    await run.over;
  });
}

/** One of these that is under way. */
interface Run {
  /** What the engine calls it. */
  name: string;
  /** By which its undoing is kept. */
  deed: number;
  over: Promise<void>;
}

const runs = new Set<Run>();

async function doListed({ listed, action, ...words }: ListedDeed, { name, deed }: Run): Promise<void> {
  const { rows, doing } = words;
  const stop = () => void attempt(() => backend().stopListed(name));
  const ended = showUnderWay({ name, doing, rows, stop });
  let outcome = "";
  try {
    const came = await backend().performListed(listed, action, name);
    const { undo, affected, failure } = came;
    const sentence = words.done(say("rows-messages", { n: affected }));
    outcome = outcomeOf(came, sentence, words.none) ?? "";
    if (undo !== null) keepUndo({ undo, sentence }, deed);
    if (undo !== null && action.kind === "delete") listedDeletions.add(undo);
    if (failure !== null) outcome = affected > 0 ? `${failure.sentence} ${outcome}` : failure.sentence;
    const how = failure === null ? {} : ({ tone: "failed", lasts: 12_000 } as const);
    if (outcome === "") return;
    if (undo === null) toast(outcome, how);
    else offerUndo({ undo, sentence }, { text: outcome, kept: true, ...how });
  } catch (refusal) {
    outcome = sentenceOf(refusal);
    throw refusal;
  } finally {
    ended(outcome);
    hurry();
  }
}

/** What came of it, in words. */
function outcomeOf(
  { affected, left }: PerformedListedView,
  sentence: string,
  none: string | null,
): string | null {
  if (affected === 0) return left > 0 ? say("done-stopped-first") : none;
  return left > 0 ? say("done-in-part", { done: sentence, left }) : sentence;
}

/** What is being done beside these. A window waits for it before it closes. */
const underWay = new Set<Promise<void>>();

function performed(action: ActionView, told: Told): Promise<void> {
  const deed = doIt(action, told, beginDeed()).finally(() => underWay.delete(deed));
  underWay.add(deed);
  return deed;
}

/** Everything that was begun has an end. */
export async function allPerformed(): Promise<void> {
  await Promise.allSettled([...underWay, ...[...runs].map(({ over }) => over)]);
}

/** Which letters a deletion that can be taken back has sent away. */
const deletions = new Map<string, string[]>();

/** Those of letters that nobody has named. */
const listedDeletions = new Set<string>();

/** The presses that marked what can be taken back. */
const markings = new Map<string, number>();

async function doIt(action: ActionView, { sentence, said }: Told, deed: number): Promise<void> {
  const { undo, affected } = await answered(action).finally(hurry);
  if (undo !== null && isDeletion(action)) deletions.set(undo, action.emails);
  if (sentence === null) return;
  if (undo !== null) keepUndo({ undo, sentence }, deed);
  if (!said) return;
  if (undo !== null) offerUndo({ undo, sentence }, { text: sentence, kept: true });
  else toast(affected === 0 && isDeletion(action) ? inTrash(action.emails.length) : sentence);
}

const inTrash = (n: number) => say("done-in-trash-already", { n });

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

interface Offer {
  text: string;
  /** Whether Ctrl+Z takes it back too. */
  kept: boolean;
  tone?: "failed";
  lasts?: number;
}

/** What the toast offers to take back that was shown last. */
let offered: { undo: string; toast: number } | null = null;

function offerUndo(done: Done, { text, kept, ...how }: Offer): void {
  const shown = toast(text, {
    ...how,
    action: {
      label: say("undo"),
      ...(kept ? { shortcut: "Ctrl Z" } : {}),
      run: () => void takeBack(done),
    },
  });
  offered = { undo: done.undo, toast: shown };
}

/** It is being taken back, and is not offered once more. */
function offerNoMore(undo: string): void {
  if (offered?.undo === undo) useToasts.getState().dismiss(offered.toast);
}

/** What was done in a letter's own window that has closed is taken back here. */
export function takeOver({ undo, sentence, shown }: HandedUndo): void {
  keepUndo({ undo, sentence });
  if (shown && sentence !== null) offerUndo({ undo, sentence }, { text: sentence, kept: true });
}

function takeBack(done: Done): Promise<void> {
  return settle(() => takenBack(done));
}

function takenBack({ undo, sentence }: Done): Promise<void> {
  return attempt(async () => {
    takeUndo(undo);
    offerNoMore(undo);
    const undone = sentence === null ? say("undone") : say("undone-what", { sentence });
    const doing = () => (sentence === null ? say("doing-undo") : say("doing-undo-what", { sentence }));
    const ended = showUnderWay({ name: undo, doing, rows: "", stop: null });
    let outcome = undone;
    try {
      await backend().undo(undo);
    } catch (refusal) {
      outcome = sentenceOf(refusal);
      // Once there is room again what is left of it can be taken back. Whatever else kept it from that would do so again.
      if (isTrouble(refusal) && refusal.kind === "diskFull") keepUndo({ undo, sentence });
      throw refusal;
    } finally {
      ended(outcome);
      hurry();
    }
    if (listedDeletions.delete(undo)) notDeletedListed();
    notDeleted(deletions.get(undo) ?? []);
    deletions.delete(undo);
    const press = markings.get(undo);
    if (press !== undefined) unmarked(press);
    markings.delete(undo);
    toast(undone, { lasts: 3000 });
    await chooseAgain();
  });
}

/**
 * Ctrl+Z. What was begun before is done first, since that is what is meant. What is done to very many is not waited for to its end:
 * where it is that, it is stopped, and whatever else is under way goes on.
 */
export function undoNewest(): Promise<void> {
  return settle(async () => {
    await Promise.allSettled(underWay);
    const run = [...runs].reduce<Run | null>(
      (one, other) => (one && one.deed > other.deed ? one : other),
      null,
    );
    if (run !== null && run.deed > newestDeed()) {
      await backend().stopListed(run.name);
      await Promise.allSettled([run.over]);
      // Nothing of it can be taken back, and that was said.
      if (newestDeed() !== run.deed) return;
    }
    const done = newestUndo();
    if (done === null) toast(say("nothing-to-undo"), { lasts: 3000 });
    else await takenBack(done);
  });
}
