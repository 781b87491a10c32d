// Whether two subjects are of one conversation: without what programs put before them when a letter is answered or passed on, and
// without the tags of mailing lists. What is not known as such is another subject, and is shown.

/** "Re:" in the tongues of mail programs, "Re[2]:", "Re^2:", and "[list]". */
const BEFORE =
  /^(?:(?:re|ref|aw|antw|antwort|sv|vs|rif|res|odp|ynt|vá|отв|ответ|fwd?|wg|tr|rv|i|enc|vb|doorst|пересл|回复|答复|转发|轉寄|回覆)\s*(?:\[\d+\]|\^\d+)?\s*[:：]|\[[^\]]{1,60}\](?=\s*\S))\s*/iu;

function baseOf(subject: string): string {
  let base = subject.replace(/\s+/gu, " ").trim();
  for (let before = ""; before !== base;) {
    before = base;
    base = base.replace(BEFORE, "").replace(/\s*\(fwd\)$/iu, "");
  }
  return base.toLowerCase();
}

export function isSameSubject(one: string, other: string): boolean {
  return baseOf(one) === baseOf(other);
}
