// Going to a row of a list by the beginning of its name. Pure, but for the time that is passed in.
/** What takes longer begins anew. In milliseconds. */
const PAUSE = 1_000;

/** Without accents and capitals: names are written in more than one way. */
export function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

/** What was typed until now without a pause. */
export interface TypedAhead {
  text: string;
  at: number;
}

export function isBegun(typed: TypedAhead, now: number): boolean {
  return typed.text !== "" && now - typed.at < PAUSE;
}

export function typedOn(typed: TypedAhead, key: string, now: number): TypedAhead {
  return { text: isBegun(typed, now) ? typed.text + key : key, at: now };
}

/**
 * Which of the names is meant by what was typed, beginning at the one that one is at and going round; null: none begins so. One sign,
 * also when it is typed again and again, means the next of those that begin with it.
 */
export function ahead(names: readonly string[], from: number, typed: string): number | null {
  const [first = "", ...others] = [...typed];
  const isOne = others.every((each) => each === first);
  const wanted = folded(isOne ? first : typed);
  for (let step = isOne ? 1 : 0; step < names.length + (isOne ? 1 : 0); step += 1) {
    const at = (Math.max(from, 0) + step) % names.length;
    if (folded(names[at] ?? "").startsWith(wanted)) return at;
  }
  return null;
}
