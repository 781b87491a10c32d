// Whether two subjects are of one conversation: without what programs put before them when a letter is answered or passed on, and
// without the tags of mailing lists. What is not known as such is another subject, and is shown.

/** "Re:" in the tongues of mail programs, "Re[2]:", "Re^2:", and "[list]", from one place of a subject on. */
const BEFORE =
  /(?:(?:re|ref|aw|antw|antwort|sv|vs|rif|res|odp|ynt|vá|отв|ответ|fwd?|wg|tr|rv|vl|i|enc|vb|doorst|пер|пересл|回复|答复|转发|轉寄|回覆)\s*(?:\[\d+\]|\^\d+)?\s*[:：]|\[[^\]]{1,60}\](?=\s*\S))\s*/iuy;
const BEHIND = "(fwd)";

/** It is gone through once from each end: a stranger writes it, and nobody says how long it is. */
function baseOf(subject: string): string {
  const whole = subject.replace(/\s+/gu, " ").trim().toLowerCase();
  let start = 0;
  BEFORE.lastIndex = 0;
  while (BEFORE.test(whole)) start = BEFORE.lastIndex;
  let end = whole.length;
  while (end - BEHIND.length >= start && whole.endsWith(BEHIND, end)) {
    end -= BEHIND.length;
    if (end > start && whole[end - 1] === " ") end -= 1;
  }
  return whole.slice(start, end);
}

export function isSameSubject(one: string, other: string): boolean {
  return one === other || baseOf(one) === baseOf(other);
}
