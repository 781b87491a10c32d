// The text of a letter as words are looked for in it: what elements say one after the other, with an end of line where one of them
// stands apart; and where in the page a place of that text is.

/** More nobody steps through. */
export const MOST_PLACES = 2000;

/** A text, and which of its nodes begins where. */
export interface TextWithin {
  text: string;
  pieces: { node: Node; start: number }[];
}

/** What stands in elements of these names is beside what stands before and behind them in no word. */
const APART =
  /^(?:address|article|aside|blockquote|br|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|legend|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)$/iu;

export function textWithin(root: Element): TextWithin {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  const pieces: TextWithin["pieces"] = [];
  let text = "";
  let within: Element | null = null;
  const blocks = new Map<Element, Element | null>();
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node.nodeType !== Node.TEXT_NODE) {
      if (APART.test(node.nodeName)) text += "\n";
      continue;
    }
    const block = blockAround(node, blocks);
    // Out of one and back into what is around it.
    if (within !== null && block !== within && !text.endsWith("\n")) text += "\n";
    within = block;
    pieces.push({ node, start: text.length });
    text += node.nodeValue ?? "";
  }
  return { text, pieces };
}

/** What is found is noted for all that was passed, so that a letter of many texts in many elements is gone through once. */
function blockAround(node: Node, known: Map<Element, Element | null>): Element | null {
  const passed: Element[] = [];
  let each: Element | null = node.parentElement;
  while (each !== null && !APART.test(each.tagName)) {
    const block = known.get(each);
    if (block !== undefined) {
      each = block;
      break;
    }
    passed.push(each);
    each = each.parentElement;
  }
  for (const element of passed) known.set(element, each);
  return each;
}

/** What stands at these places, which are in ascending order. `prepare` sees all nodes of them before the first range is made. */
export function rangesOf(
  { pieces }: TextWithin,
  places: readonly (readonly [number, number])[],
  prepare: (nodes: ReadonlySet<Node>) => void = () => undefined,
): Range[] {
  let at = 0;
  const nodes = new Set<Node>();
  const found = places.flatMap(([start, end]) => {
    while (pieces[at + 1] !== undefined && (pieces[at + 1]?.start ?? 0) <= start) at += 1;
    const first = pieces[at];
    let until = at;
    while (pieces[until + 1] !== undefined && (pieces[until + 1]?.start ?? 0) < end) until += 1;
    const last = pieces[until];
    if (first === undefined || last === undefined || first.start > start) return [];
    for (const { node } of pieces.slice(at, until + 1)) nodes.add(node);
    return [{ first, last, start, end }];
  });
  prepare(nodes);
  return found.map(({ first, last, start, end }) => {
    const range = (first.node.ownerDocument ?? document).createRange();
    range.setStart(first.node, within(first.node, start - first.start));
    range.setEnd(last.node, within(last.node, end - last.start));
    return range;
  });
}

function within(node: Node, place: number): number {
  return Math.min(place, node.nodeValue?.length ?? 0);
}

/** Where the words stand in a text; case and the kind of white space make no difference. */
export function places(text: string, words: string): [number, number][] {
  const pattern = words
    .trim()
    .split(/\s+/u)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&"))
    .join("\\s+");
  const found: [number, number][] = [];
  for (const match of text.matchAll(new RegExp(pattern, "giu"))) {
    found.push([match.index, match.index + match[0].length]);
    if (found.length >= MOST_PLACES) break;
  }
  return found;
}
