// A query without some of its words, that still means the rest: an AND, an OR or a NOT that has lost its neighbour goes with them, and so
// do parentheses in which nothing is left. What stands elsewhere stays as it was typed. What a query finds is not known here.
import { cut, isBinding, plainly, type Piece } from "./searchPieces";

/** Parentheses within each other, behind which the engine reads nothing (crates/store/src/search/query.rs). */
const DEEPEST = 12;

interface Stretch {
  start: number;
  end: number;
}

/** A word, or parentheses with what stands in them. */
interface Operand extends Stretch {
  /** The ANDs, ORs and NOTs in front of it. */
  bindings: Piece[];
  piece: Piece;
  within: Group | null;
}

interface Group {
  operands: Operand[];
  /** Bindings behind which nothing stands. */
  after: Piece[];
}

/** The query without the words that are to go: `isGone` is asked about each, with the minus that a NOT before it is. */
export function without(query: string, isGone: (piece: Piece) => boolean): string {
  let rest = "";
  let from = 0;
  const pieces = cut(query);
  const { gone } = leaving(grouped(query, pieces), isGone);
  for (const { start, end } of gone.sort((one, other) => one.start - other.start)) {
    // What goes with parentheses has gone.
    if (start < from) continue;
    rest += query.slice(from, start);
    from = end + (/^\s*/u.exec(query.slice(end))?.[0].length ?? 0);
    // Behind a word one that closes nothing would be a sign of it.
    if (pieces.some((piece) => piece.start === from && piece.kind === "close" && piece.depth > 0))
      rest = rest.trimEnd();
  }
  return rest + query.slice(from);
}

function grouped(query: string, pieces: readonly Piece[]): Group {
  const turned = new Map(plainly(pieces).map((piece) => [piece.end, piece]));
  const all: Group = { operands: [], after: [] };
  const open: Operand[] = [];
  for (const piece of pieces) {
    const group = open.at(-1)?.within ?? all;
    if (piece.kind === "close") {
      // One that closes nothing means nothing.
      const closed = open.pop();
      if (closed !== undefined) closed.end = piece.end;
    } else if (isBinding(piece.kind)) group.after.push(piece);
    else if (open.length >= DEEPEST && piece.kind === "open") break;
    else {
      const operand: Operand = {
        bindings: group.after,
        piece: turned.get(piece.end) ?? piece,
        within: piece.kind === "open" ? { operands: [], after: [] } : null,
        start: piece.start,
        end: piece.kind === "open" ? query.length : piece.end,
      };
      group.operands.push(operand);
      group.after = [];
      if (operand.within !== null) open.push(operand);
    }
  }
  return all;
}

/** What goes of a group with some of its words, and whether words are left in it. */
function leaving(group: Group, isGone: (piece: Piece) => boolean): { gone: Stretch[]; hasWords: boolean } {
  const gone: Stretch[] = [];
  let hasWords = false;
  let before: Operand | null = null;
  let lost: Operand[] = [];
  for (const operand of group.operands) {
    const within = operand.within === null ? null : leaving(operand.within, isGone);
    if (within === null ? isGone(operand.piece) : within.gone.length > 0 && !within.hasWords) {
      lost.push(operand);
      continue;
    }
    if (lost.length > 0) gone.push(...lost, ...unbound(before, lost, operand));
    gone.push(...(within?.gone ?? []));
    hasWords ||= within === null || within.hasWords;
    before = operand;
    lost = [];
  }
  if (lost.length > 0) gone.push(...lost, ...lost.flatMap(({ bindings }) => bindings), ...group.after);
  return { gone, hasWords };
}

/**
 * The bindings that go with what is lost between two that stay; with none of them before it nothing is bound. An OR on either side of it
 * holds the two together: what is not there asks for nothing.
 */
function unbound(before: Operand | null, lost: readonly Operand[], next: Operand): Piece[] {
  const runs = [...lost.map(({ bindings }) => bindings), next.bindings];
  // Of several beside each other the first one counts, and none behind a NOT.
  const holding = runs.flatMap(([first]) => (first === undefined || first.kind === "not" ? [] : [first]));
  const kept = before === null ? undefined : (holding.find(({ kind }) => kind === "or") ?? holding[0]);
  const own = next.bindings.filter(({ kind }) => kind === "not");
  return runs.flat().filter((piece) => piece !== kept && !own.includes(piece));
}
