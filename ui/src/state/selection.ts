// Which conversations are chosen and where the cursor stands, as in a file manager: a plain step chooses one, Shift
// chooses a range from the anchor, Ctrl adds or takes away. Rows that are not loaded yet are fetched.
import { create } from "zustand";
import type { RowView } from "../ipc/backend";
import { fetchRange, fetchRow, keyOf, MOST, positionOf, rowNow, totalHere, totalNow } from "./rows";
import { listingNow } from "./window";
import { toast } from "./toasts";
import { say } from "../words";

export type Step = "only" | "extend" | "cursor";

interface Selection {
  /** By what each row is known by. The row is as it was last seen. */
  chosen: ReadonlyMap<string, RowView>;
  cursor: { index: number; key: string | null } | null;
  anchor: number | null;
  /** Grows when the person moved the cursor, so that the list shows it; mail that arrives does not. */
  moves: number;
  /** Grows when the person chooses. What is chosen for them, since conversations became others or are gone, does not count. */
  choices: number;
  /** After archiving or deleting, the next conversation is chosen; after other changes nothing else is. */
  goesOn: boolean;
}

const nothing: Selection = {
  chosen: new Map(),
  cursor: null,
  anchor: null,
  moves: 0,
  choices: 0,
  goesOn: false,
};

export const useSelection = create<Selection>(() => nothing);

const get = useSelection.getState;
const set = useSelection.setState;

/** What the row is known by that stands there; null while it is not here. */
function keyAt(index: number): string | null {
  const row = rowNow(index);
  return row === undefined ? null : keyOf(row);
}

/** The row that the cursor will stand on, while it is asked where that is now; steps wait for the answer. */
let sought: { key: string; found: Promise<void> } | null = null;

/**
 * The list that is shown has other rows, or has them elsewhere: the numbers of the cursor and the anchor are those of
 * strangers. Both go where the row of the cursor went, and are nowhere where the list does not have it.
 */
export function standAnew(): Promise<void> {
  const { cursor, chosen } = get();
  const open = chosen.size === 1 ? [...chosen.keys()][0] : undefined;
  const key = open ?? cursor?.key ?? sought?.key;
  set({ cursor: null, anchor: null });
  sought = null;
  if (key === undefined) return Promise.resolve();
  const mine = { key, found: Promise.resolve() };
  mine.found = find(key, () => sought === mine).finally(() => {
    if (sought === mine) sought = null;
  });
  sought = mine;
  return mine.found;
}

async function find(key: string, isSought: () => boolean): Promise<void> {
  const listing = listingNow();
  if (listing === null) return;
  const index = await positionOf(listing, key).catch(() => null);
  if (index === null) return;
  // Who chose another row in the meantime has said where the cursor is.
  if (!isSought() || get().cursor !== null) return;
  set((state) => ({ cursor: { index, key }, anchor: index, moves: state.moves + 1 }));
}

export function chooseNothing(): void {
  sought = null;
  set((state) => ({
    chosen: new Map(),
    cursor: null,
    anchor: null,
    choices: state.choices + 1,
    goesOn: false,
  }));
}

/** Nothing is chosen any more, and the cursor stays where it was. */
export function putAway(): void {
  countChoice();
  putAwayFor();
}

/** The same, where nobody has said so just now. */
export function putAwayFor(): void {
  set({ chosen: new Map(), goesOn: false });
}

/**
 * These were sent away from a list that does not have them, so that nothing follows where they stood: they are not chosen
 * any more.
 */
export async function putAwayLost(rows: readonly RowView[]): Promise<void> {
  if (sought !== null) await sought.found;
  const { chosen, cursor } = get();
  if (cursor !== null) return;
  const sent = new Set(rows.map((row) => row.email));
  if ([...chosen.values()].some((row) => sent.has(row.email))) putAwayFor();
}

/** The person chooses this one alone. */
export function choose(row: RowView, index: number): void {
  countChoice();
  chooseFor(row, index);
}

function countChoice(): void {
  set((state) => ({ choices: state.choices + 1 }));
}

/** The same, where nobody has said so just now. */
export function chooseFor(row: RowView, index: number): void {
  set((state) => ({
    chosen: new Map([[keyOf(row), row]]),
    cursor: { index, key: keyOf(row) },
    anchor: index,
    moves: state.moves + 1,
  }));
}

/** Ctrl and a press: one more or one less. */
export function toggle(row: RowView, index: number): void {
  countChoice();
  set((state) => {
    const chosen = new Map(state.chosen);
    if (!chosen.delete(keyOf(row))) chosen.set(keyOf(row), row);
    return { chosen, cursor: { index, key: keyOf(row) }, anchor: index, moves: state.moves + 1 };
  });
}

/** Shift: everything between the anchor and here. */
export async function extendTo(index: number): Promise<void> {
  countChoice();
  if (sought !== null) await sought.found;
  const anchor = get().anchor ?? get().cursor?.index ?? index;
  set((state) => ({
    cursor: { index, key: keyAt(index) },
    anchor,
    moves: state.moves + 1,
  }));
  const [first, last] = anchor <= index ? [anchor, index] : [index, anchor];
  const rows = await fetchRange(first, last);
  if (get().cursor?.index !== index || get().anchor !== anchor) return;
  set({
    chosen: new Map(rows.map((row) => [keyOf(row), row])),
    cursor: { index, key: keyAt(index) },
  });
  if (last - first + 1 > MOST) toast(say("list-too-many", { n: MOST }));
}

export async function chooseAll(): Promise<void> {
  const total = totalNow() ?? 0;
  if (total === 0) return;
  countChoice();
  const rows = await fetchRange(0, total - 1);
  set((state) => ({
    chosen: new Map(rows.map((row) => [keyOf(row), row])),
    anchor: 0,
    cursor: state.cursor ?? { index: 0, key: rows[0] === undefined ? null : keyOf(rows[0]) },
  }));
  if (total > MOST) toast(say("list-too-many", { n: MOST }));
}

/** Moves the cursor to a row, and the selection with it as the step says. */
export async function stepTo(wanted: number, step: Step): Promise<void> {
  // The list is being fetched: the step comes when it is here, unless another one is shown by then.
  const total = totalNow() ?? (await totalHere()) ?? 0;
  if (total === 0) return;
  const index = Math.max(0, Math.min(total - 1, wanted));
  if (step === "extend") return extendTo(index);
  const here = rowNow(index);
  if (here !== undefined && step === "only") return choose(here, index);
  if (step === "only") countChoice();
  set((state) => ({
    cursor: { index, key: here === undefined ? null : keyOf(here) },
    moves: state.moves + 1,
  }));
  if (here !== undefined) return;
  const row = await fetchRow(index);
  if (row === undefined || get().cursor?.index !== index) return;
  if (step === "only") chooseFor(row, index);
  else set({ cursor: { index, key: keyOf(row) } });
}

/** A step from where the cursor is; the first step goes to the first row, or chooses the one the cursor waits on. */
export function stepBy(rows: number, step: Step): Promise<void> {
  if (sought !== null) return sought.found.then(() => stepBy(rows, step));
  const { cursor, chosen } = get();
  if (cursor === null) return stepTo(0, step);
  return stepTo(step === "only" && chosen.size === 0 ? cursor.index : cursor.index + rows, step);
}

/**
 * The keys arrived at the list: the cursor waits on the first row, and nothing is opened yet. Where something is open that
 * the list does not have, the first step goes there.
 */
export async function waitOnFirst(): Promise<void> {
  if (sought !== null) await sought.found;
  if (get().cursor === null && get().chosen.size === 0) void stepTo(0, "cursor");
}

/** Ctrl+Space: takes or leaves the row under the cursor. */
export function toggleCursor(): void {
  const cursor = get().cursor;
  const row = cursor === null ? undefined : rowNow(cursor.index);
  if (cursor !== null && row !== undefined) toggle(row, cursor.index);
}

/** All emails of the chosen conversations. */
export function chosenRows(): RowView[] {
  return [...get().chosen.values()];
}

/** The one row that is read; null when none or several are chosen. */
export function openRow(state: Pick<Selection, "chosen">): RowView | null {
  if (state.chosen.size !== 1) return null;
  return state.chosen.values().next().value ?? null;
}

/** The one conversation that is read. */
export function openThread(state: Pick<Selection, "chosen">): string | null {
  return openRow(state)?.thread ?? null;
}

/** The only letter of it that is shown, where each letter has a row of its own. */
export function openLetter(state: Pick<Selection, "chosen">): string | null {
  return listingNow()?.grouping === "messages" ? (openRow(state)?.email ?? null) : null;
}
