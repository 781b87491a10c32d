// The rich-text editor without React: Squire, our allow-list, our keys, and a cursor that starts above the quotation.
// What stands in it is told outwards as HTML; nothing is stored or sent here.
import Squire from "squire-rte";
import { cleanFragment, isLinkAllowed } from "./clean";
import { isForeign, swapSignature } from "./signature";

export type Format = "bold" | "italic" | "underline" | "link" | "bullets" | "numbers" | "quote";
export type Formats = Record<Format, boolean>;

export interface EditorEvents {
  /** The person changed the letter. */
  input: (html: string) => void;
  /** The cursor moved: these formats are on where it stands. */
  formats: (formats: Formats) => void;
  /** Ctrl+K was pressed. */
  link: () => void;
}

export const NO_FORMATS: Formats = {
  bold: false,
  italic: false,
  underline: false,
  link: false,
  bullets: false,
  numbers: false,
  quote: false,
};

export function sameFormats(one: Formats, other: Formats): boolean {
  return (Object.keys(one) as Format[]).every((format) => one[format] === other[format]);
}

export class LetterEditor {
  #root: HTMLElement;
  #squire: Squire;

  constructor(root: HTMLElement, html: string, events: EditorEvents) {
    this.#root = root;
    // Squire learns where the cursor is from the focus event, so the element must not have the focus already.
    root.blur();
    this.#squire = new Squire(root, {
      blockTag: "DIV",
      addLinks: true,
      sanitizeToDOMFragment: (dirty) => cleanFragment(dirty),
      didError: (error) => {
        throw error;
      },
    });
    this.#squire.setHTML(html);
    this.#makeRoomOnTop();
    this.#bindKeys(events);
    let told = this.html;
    this.#squire.addEventListener("input", () => {
      // Squire also speaks up when only an attribute changed, a spelling mark for one: that is no change of the letter.
      if (this.html === told) return;
      told = this.html;
      events.input(told);
    });
    const tell = () => events.formats(this.formats());
    this.#squire.addEventListener("pathChange", tell);
    this.#squire.addEventListener("select", tell);
    this.#squire.addEventListener("cursor", tell);
  }

  get html(): string {
    return this.#squire.getHTML();
  }

  /** The person's own words, without the quotations. */
  get ownText(): string {
    return ownTextOf(this.#root);
  }

  focusTop(): void {
    this.#squire.focus();
    this.#squire.moveCursorToStart();
  }

  focusEnd(): void {
    this.#squire.focus();
    this.#squire.moveCursorToEnd();
  }

  /** Back to where the cursor was before another field had the focus. */
  refocus(): void {
    this.#squire.focus();
  }

  formats(): Formats {
    const has = (...tags: string[]) => tags.some((tag) => this.#squire.hasFormat(tag));
    return {
      bold: has("B", "STRONG"),
      italic: has("I", "EM"),
      underline: has("U"),
      link: has("A"),
      bullets: has("UL"),
      numbers: has("OL"),
      quote: has("BLOCKQUOTE"),
    };
  }

  toggle(format: Exclude<Format, "link">): void {
    const on = this.formats()[format];
    const editor = this.#squire;
    const change: Record<typeof format, () => unknown> = {
      bold: () => (on ? editor.removeBold() : editor.bold()),
      italic: () => (on ? editor.removeItalic() : editor.italic()),
      underline: () => (on ? editor.removeUnderline() : editor.underline()),
      bullets: () => (on ? editor.removeList() : editor.makeUnorderedList()),
      numbers: () => (on ? editor.removeList() : editor.makeOrderedList()),
      quote: () => (on ? editor.decreaseQuoteLevel() : editor.increaseQuoteLevel()),
    };
    change[format]();
    editor.focus();
  }

  /** The address of the link at the cursor, or an empty text. */
  linkAtCursor(): string {
    let node: Node | null = this.#squire.getSelection().commonAncestorContainer;
    while (node && node !== this.#root) {
      if (node instanceof HTMLAnchorElement) return node.getAttribute("href") ?? "";
      node = node.parentNode;
    }
    return "";
  }

  setLink(address: string): void {
    this.#squire.makeLink(address);
    this.#squire.focus();
  }

  removeLink(): void {
    this.#squire.removeLink();
    this.#squire.focus();
  }

  /** Puts another signature in the place of the one that stands there, or above the quotation. */
  setSignature(former: string, next: string): void {
    this.#squire.saveUndoState();
    swapSignature(this.#root, former, next);
    this.#squire.fireEvent("input");
  }

  destroy(): void {
    this.#squire.destroy();
  }

  // What others wrote, at the very top, would leave no line to write the answer on.
  #makeRoomOnTop(): void {
    const first = this.#root.firstElementChild;
    if (first && !isForeign(first)) return;
    const line = document.createElement("div");
    line.append(document.createElement("br"));
    this.#root.prepend(line);
  }

  #bindKeys(events: EditorEvents): void {
    const control = /Mac/.test(navigator.userAgent) ? "Meta-" : "Ctrl-";
    this.#squire.setKeyHandler(`${control}k`, (_editor, event) => {
      event.preventDefault();
      event.stopPropagation();
      events.link();
    });
    // Squire marks deletions with Ctrl+D, which people know as "bookmark": better nothing.
    this.#squire.setKeyHandler(`${control}d`, null);
  }
}

/** A link address as a person types it, or null where it is none. */
export function linkFrom(typed: string): string | null {
  const text = typed.trim();
  if (text === "" || /\s/.test(text)) return null;
  if (/^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^:/]+:\d+(?:\/|$)/.test(text))
    return isLinkAllowed(text) ? text : null;
  if (/^[^@/]+@[^@/]+\.[^@/]+$/.test(text)) return `mailto:${text}`;
  return /^[^/]+\.[^/.]+/.test(text) ? `https://${text}` : null;
}

/** The text of a letter without what is quoted, a line for each block. */
export function ownTextOf(root: Node): string {
  const words: string[] = [];
  const walk = (node: Node) => {
    if (node.nodeType === Node.TEXT_NODE) words.push(node.textContent ?? "");
    else if (node instanceof Element && node.tagName === "BLOCKQUOTE") return;
    else {
      node.childNodes.forEach(walk);
      if (node instanceof Element && /^(?:DIV|P|LI|BR|H\d|TR|PRE)$/.test(node.tagName)) words.push("\n");
    }
  };
  walk(root);
  // The editor writes hard spaces and marks its cursor with invisible ones.
  return words.join("").replaceAll("\u00a0", " ").replaceAll("\u200b", "");
}
