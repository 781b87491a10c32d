// Which conversations are chosen and where the cursor stands, as in a file manager: a plain step chooses one, Shift
// chooses a range from the anchor, Ctrl adds or takes away. Rows that are not loaded yet are fetched; more than a thousand are
// not, but named by their list (wide.ts).
import { create } from "zustand";
import type { RowView } from "../ipc/backend";
import { fetchRange, fetchRow, keyOf, MOST, positionOf, rowNow, totalHere, totalNow } from "./rows";
import { between, has, HELD, sizeOf, toggled, withRow, type End, type Wide } from "./wide";
import { listingNow } from "./window";
import { toast } from "./toasts";
import { say } from "../words";

export type Step = "only" | "extend" | "cursor";

export interface Cursor {
  index: number;
  key: string | null;
  /** What it stood on has left its place: it stands before this row, or behind the last one, and a step down goes to this row. */
  before?: true;
}

export interface Selection {
  /** By what each row is known by. The row is as it was last seen. */
  chosen: ReadonlyMap<string, RowView>;
  /** More rows than are held, in place of `chosen`, which has none then. */
  wide: Wide | null;
  cursor: Cursor | null;
  anchor: number | null;
  /** Grows when the person moved the cursor, so that the list shows it; mail that arrives does not. */
  moves: number;
  /** Grows when the person chooses. What is chosen for them, since conversations became others or are gone, does not count. */
  choices: number;
  /** With the move of this number the row of the cursor is to stand so many pixels below the top of the view, where it stood before. */
  held: { moves: number; top: number } | null;
  /** What is archived or deleted, chosen ones among them: when they are gone, the next conversation is chosen. */
  leaving: ReadonlySet<string> | null;
}

const nothing: Selection = {
  chosen: new Map(),
  wide: null,
  cursor: null,
  anchor: null,
  moves: 0,
  choices: 0,
  held: null,
  leaving: null,
};

export const useSelection = create<Selection>(() => nothing);

const get = useSelection.getState;
const set = useSelection.setState;

/** These rows are chosen, and nothing else. */
export function holding(rows: Iterable<readonly [string, RowView]>): Pick<Selection, "chosen" | "wide"> {
  return { chosen: new Map(rows), wide: null };
}

type Choice = Pick<Selection, "chosen" | "wide">;

/** Whether a row is chosen. */
export function isChosen({ chosen, wide }: Choice, index: number, key: string): boolean {
  return wide === null ? chosen.has(key) : has(wide, index, key);
}

/** How many rows are chosen. */
export function countOf({ chosen, wide }: Choice): number {
  return wide === null ? chosen.size : sizeOf(wide, totalNow() ?? 0);
}

/** What the row is known by that stands there; null while it is not here. */
export function keyAt(index: number): string | null {
  const row = rowNow(index);
  return row === undefined ? null : keyOf(row);
}

/** The row that the cursor will stand on, while it is asked where that is now; steps wait for the answer. */
let sought: { open: string | null; cursor: Cursor | null; found: Promise<void> } | null = null;

/**
 * The list that is shown has other rows, or has them elsewhere: the numbers of the cursor and the anchor are those of
 * strangers. Both go where the open row went, or else that of the cursor, and are nowhere where the list has neither. `top`: how
 * far below the top of the view that row stood until now, in pixels, so that the eye finds it there; null where it was not seen.
 */
export function standAnew(top: number | null = null): Promise<void> {
  const { chosen } = get();
  const open = chosen.size === 1 ? ([...chosen.keys()][0] ?? null) : null;
  const cursor = get().cursor ?? sought?.cursor ?? null;
  // What was chosen by naming the other list is not in this one.
  set({ wide: null, cursor: null, anchor: null });
  sought = null;
  return open === null && cursor === null ? Promise.resolve() : seek(open, cursor, top);
}

/** The rows are the same and as many, and are drawn otherwise: that of the cursor stays where the eye is. */
export function holdCursor(top: number): void {
  set(({ cursor, moves }) => (cursor === null ? {} : { moves: moves + 1, held: { moves: moves + 1, top } }));
}

/** Nothing is chosen, and the cursor goes to wait on the row that is known by this, if the list has it. */
export function waitOn(key: string, top: number | null = null): Promise<void> {
  return seek(null, { index: 0, key }, top);
}

function seek(open: string | null, cursor: Cursor | null, top: number | null): Promise<void> {
  const mine = { open, cursor, found: Promise.resolve() };
  mine.found = find(open, cursor, top, () => sought === mine).finally(() => {
    if (sought === mine) sought = null;
  });
  sought = mine;
  return mine.found;
}

async function find(
  open: string | null,
  before: Cursor | null,
  top: number | null,
  isSought: () => boolean,
): Promise<void> {
  const listing = listingNow();
  if (listing === null) return;
  const cursors: Cursor[] = open === null ? [] : [{ index: 0, key: open }];
  if (before !== null && before.key !== open) cursors.push(before);
  for (const cursor of cursors) {
    const index = cursor.key === null ? null : await positionOf(listing, cursor.key).catch(() => null);
    // Who chose another row in the meantime has said where the cursor is.
    if (!isSought() || get().cursor !== null) return;
    if (index === null) continue;
    set(({ moves }) => ({
      cursor: { ...cursor, index },
      anchor: index,
      moves: moves + 1,
      held: top === null ? null : { moves: moves + 1, top },
    }));
    return;
  }
}

export function chooseNothing(): void {
  sought = null;
  set((state) => ({
    ...holding([]),
    cursor: null,
    anchor: null,
    choices: state.choices + 1,
    leaving: null,
  }));
}

/** Nothing is chosen any more, and the cursor stays where it was. */
export function putAway(): void {
  countChoice();
  putAwayFor();
}

/** The same, where nobody has said so just now. */
export function putAwayFor(): void {
  set({ ...holding([]), leaving: null });
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

/** Who has chosen says where they go on. */
function countChoice(): void {
  set((state) => ({ choices: state.choices + 1, leaving: null }));
}

/** These are sent away. Where chosen ones are among them, another one is chosen when they are gone. */
export function letGo(keys: readonly string[]): ReadonlySet<string> | null {
  if (!keys.some((key) => get().chosen.has(key))) return null;
  const leaving = new Set(keys);
  set({ leaving });
  return leaving;
}

/** They were not sent away after all: nothing else is to be chosen. */
export function keepChosen(leaving: ReadonlySet<string> | null): void {
  if (leaving !== null && get().leaving === leaving) set({ leaving: null });
}

/** The same, where nobody has said so just now. */
export function chooseFor(row: RowView, index: number): void {
  set((state) => ({
    ...holding([[keyOf(row), row]]),
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
    const wide = state.wide === null ? null : toggled(state.wide, row, index);
    if (wide === null && !chosen.delete(keyOf(row))) chosen.set(keyOf(row), row);
    return { chosen, wide, cursor: { index, key: keyOf(row) }, anchor: index, moves: state.moves + 1 };
  });
}

/** Shift: everything between the anchor and here, alone or beside what was chosen already. */
export async function extendTo(index: number, others: "leave" | "keep" = "leave"): Promise<void> {
  countChoice();
  if (sought !== null) await sought.found;
  const anchor = get().anchor ?? get().cursor?.index ?? index;
  set((state) => ({
    cursor: { index, key: keyAt(index) },
    anchor,
    moves: state.moves + 1,
  }));
  const [first, last] = anchor <= index ? [anchor, index] : [index, anchor];
  const isMany = last - first + 1 > HELD;
  const wide = isMany ? await chosenBetween(first, last) : null;
  const rows = isMany ? [] : await fetchRange(first, last);
  if (get().cursor?.index !== index || get().anchor !== anchor) return;
  const before = get();
  const here = { index, key: keyAt(index) };
  if (isMany) {
    set({ chosen: new Map(), wide, cursor: here });
    if (others === "keep" && countOf(before) > 0) toast(say("list-one-range", { n: HELD }));
  } else if (others === "keep" && before.wide !== null) {
    const joined = rows.reduce((all, row, at) => withRow(all, row, first + at), before.wide);
    set({ wide: joined, cursor: here });
  } else {
    const kept = others === "keep" ? [...before.chosen] : [];
    const all = [...kept, ...rows.map((row) => [keyOf(row), row] as const)];
    set({ ...holding(all.slice(0, MOST)), cursor: here });
    if (all.length > MOST) toast(say("list-too-many", { n: MOST }));
  }
}

/**
 * All rows from one to another, as they are named: where they reach to an end of the list, that is the end of the choice. Null:
 * one of the two is not there any more.
 */
async function chosenBetween(first: number, last: number): Promise<Wide | null> {
  const listing = listingNow();
  const total = totalNow() ?? 0;
  const [from, to] = await Promise.all([
    first === 0 ? null : endAt(first),
    last >= total - 1 ? null : endAt(last),
  ]);
  return listing === null || from === undefined || to === undefined ? null : between(listing, from, to);
}

/** The row that stands there, as an end of a choice. */
export async function endAt(index: number): Promise<End | undefined> {
  const row = await fetchRow(index);
  return row === undefined ? undefined : { index, key: keyOf(row) };
}

export async function chooseAll(): Promise<void> {
  const listing = listingNow();
  const total = totalNow() ?? 0;
  if (total === 0 || listing === null) return;
  countChoice();
  const { choices } = get();
  const isMany = total > HELD;
  const rows = isMany ? [] : await fetchRange(0, total - 1);
  // Whoever has chosen another one meanwhile, or gone to another list, does not mean these any more.
  if (get().choices !== choices) return;
  set((state) => ({
    ...holding(rows.map((row) => [keyOf(row), row] as const)),
    wide: isMany ? between(listing, null, null) : null,
    anchor: 0,
    cursor: state.cursor ?? { index: 0, key: keyAt(0) },
  }));
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
  const { cursor } = get();
  const isAny = countOf(get()) > 0;
  if (cursor === null) return stepTo(0, step);
  if (isAny && cursor.before === true) return stepFromBefore(cursor.index, rows, step);
  return stepTo(step === "only" && !isAny ? cursor.index : cursor.index + rows, step);
}

/** Between two rows the first step down goes to the one below. There may be nothing on that side. */
async function stepFromBefore(index: number, rows: number, step: Step): Promise<void> {
  const total = totalNow() ?? (await totalHere()) ?? 0;
  const isAtEnd = rows > 0 ? index >= total : index === 0;
  if (!isAtEnd) await stepTo(rows > 0 ? index + rows - 1 : index + rows, step);
}

/**
 * The keys arrived at the list: the cursor waits on the first row, and nothing is opened yet. Where something is open that
 * the list does not have, the first step goes there.
 */
export async function waitOnFirst(): Promise<void> {
  if (sought !== null) await sought.found;
  if (get().cursor === null && countOf(get()) === 0) void stepTo(0, "cursor");
}

/** Ctrl+Space: takes or leaves the row under the cursor. */
export function toggleCursor(): void {
  const at = rowOfCursor(get());
  const row = at === null ? undefined : rowNow(at);
  if (at !== null && row !== undefined) toggle(row, at);
}

/** The row that the cursor is on; null where it stands before one, or nowhere. With nothing chosen it waits on that one. */
export function rowOfCursor(state: Choice & Pick<Selection, "cursor">): number | null {
  const { cursor } = state;
  if (cursor === null || (cursor.before === true && countOf(state) > 0)) return null;
  return cursor.index;
}

/** The chosen rows that are held. */
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
