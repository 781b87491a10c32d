// What stands in the search field: chips, and the text between and behind them. Each chip knows where it was typed, so that
// the query is asked in the order in which it was written, and so that a chip is text again once an OR or a parenthesis
// holds it.
import { chipOf, type Chip } from "./search";
import { asAsked, COLON, cut, ended, isOperator, MINUS, PAIRED, plainly, type Piece } from "./searchPieces";
import { without } from "./searchWithout";

export interface TakenChip extends Chip {
  /** Where in the text it stood. */
  at: number;
}

export interface Typed {
  chips: readonly TakenChip[];
  text: string;
  /** Nobody goes on to type: the last word is whole, although no space stands behind it. */
  ended?: boolean;
}

export interface TypedAt extends Typed {
  /** Where one goes on to type in the text. */
  caret: number;
}

export const NOTHING_TYPED: Typed = { chips: [], text: "" };

/**
 * Takes the finished operators out of a query. The piece at the caret is still being typed; null: nothing is any more.
 * Beside an OR or parentheses nothing is taken out: what belongs together would be torn apart.
 */
export function takeChips(query: string, caret: number | null): TypedAt {
  const pieces = cut(query);
  const typing = (piece: Piece) => caret !== null && piece.start < caret && caret <= piece.end;
  // The last OR may go on as ORANGE.
  const holds = ({ kind }: Piece) => kind === "or" || kind === "open";
  const isHeld = pieces.some(
    (piece) => holds(piece) && !(piece === pieces.at(-1) && piece.kind === "or" && typing(piece)),
  );
  const at = caret ?? query.length;
  if (isHeld) return { chips: [], text: query, caret: at };
  const chips: TakenChip[] = [];
  let text = "";
  let from = 0;
  let before = 0;
  for (const piece of plainly(pieces)) {
    const chip = typing(piece) ? null : chipOf(piece.text);
    if (chip === null) continue;
    text += query.slice(from, piece.start);
    chips.push({ ...chip, at: text.length });
    from = piece.end + (/^\s*/u.exec(query.slice(piece.end))?.[0].length ?? 0);
    if (piece.start < at) before += Math.min(at, from) - piece.start;
  }
  return { chips, text: text + query.slice(from), caret: at - before };
}

interface Written {
  query: string;
  caret: number;
  /** Where each chip ends in it. */
  ends: ReadonlyMap<TakenChip, number>;
}

/** The query as it was typed, with each chip where it stood. */
export function putBack({ chips, text }: Typed, caret = text.length): Written {
  const ends = new Map<TakenChip, number>();
  let query = "";
  let from = 0;
  let before = 0;
  for (const chip of chips) {
    query += text.slice(from, chip.at);
    const token = `${query === "" || /\s$/u.test(query) ? "" : " "}${chip.token} `;
    query += token;
    ends.set(chip, query.length - 1);
    from = chip.at;
    if (chip.at <= caret) before += token.length;
  }
  return { query: query + text.slice(from), caret: caret + before, ends };
}

/** The field after its text became another; the caret stands where the change ended. */
export function retype(typed: Typed, text: string, caret = text.length): TypedAt {
  const pieces = cut(text);
  const moved = movedBy(typed.text, text, caret);
  const chips = typed.chips.map((chip) => ({ ...chip, at: outside(pieces, moved(chip.at)) }));
  const whole = putBack({ chips, text }, caret);
  const next = takeChips(whole.query, whole.caret);
  // Where no chip comes or goes the text is what was typed, sign by sign: a letter that is still being composed would be lost otherwise,
  // and a space that was erased would come again.
  const isSame = next.chips.length === chips.length && next.chips.every(isTokenOf(chips));
  return isSame ? { chips, text, caret } : next;
}

/**
 * The field without some of its chips, and without what held them to the rest. Where nothing did, the text stays what was typed, sign by
 * sign.
 */
export function withoutChips(typed: Typed, gone: readonly TakenChip[]): Typed {
  const { query, ends } = putBack(typed);
  const places = new Set(gone.map((chip) => ends.get(chip)));
  const left = without(query, ({ end }) => places.has(end));
  const { chips, text } = takeChips(left, typed.ended === true ? null : left.length);
  const isSame = plainWords(text) === plainWords(typed.text);
  return isSame
    ? { ...typed, chips: typed.chips.filter((chip) => !gone.includes(chip)) }
    : { ...typed, chips, text };
}

const plainWords = (text: string) => text.replace(/\s+/gu, "");

const isTokenOf = (chips: readonly TakenChip[]) => (chip: TakenChip, index: number) =>
  chip.token === chips[index]?.token;

/** Where a place in the text before is in the text after. */
function movedBy(before: string, text: string, caret: number): (at: number) => number {
  let kept = text.length - caret;
  if (kept > before.length || !before.endsWith(text.slice(caret))) kept = 0;
  const most = Math.min(before.length, text.length) - kept;
  let same = 0;
  while (same < most && before[same] === text[same]) same += 1;
  return (place) => {
    const at = Math.min(place, before.length);
    if (at <= same) return at;
    return at >= before.length - kept ? at + text.length - before.length : same;
  };
}

/** A chip stands in front of the word or the open quotes that were typed over its place. */
function outside(pieces: readonly Piece[], at: number): number {
  const over = pieces.find((piece) => piece.start < at && (at < piece.end || piece.unclosed));
  return over?.start ?? at;
}

/** The whole query, as the engine is asked. An operator that still wants its value asks for nothing yet. */
export function queryOf(typed: Typed): string {
  const query = without(putBack(typed).query, isWanting);
  return (typed.ended === true ? ended : asAsked)(query);
}

const WANTING = new RegExp(`^${MINUS}?([a-z]+)${COLON}["${PAIRED}]?\\s*$`, "iu");

/** An operator behind which nothing stands yet. */
function isWanting({ kind, text }: Piece): boolean {
  const [, name] = WANTING.exec(text) ?? [];
  return kind === "words" && name !== undefined && isOperator(name.toLowerCase());
}

/** The field after Enter, or with a query that was written elsewhere. */
export function done(query: string): Typed {
  const { chips, text } = takeChips(query, null);
  return { chips, text: text.trimEnd(), ended: true };
}
